import shutil
import tempfile
from pathlib import Path

import pytest

from tugon.database.embedded import EmbeddedServer


@pytest.fixture
def home():
    """A data directory that the unprivileged account can reach when tests run as root."""
    place = Path(tempfile.mkdtemp(prefix="tugon-"))
    place.chmod(0o711)
    yield place
    server = EmbeddedServer(place, durable=False)
    server.stop()
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(server.socket, ignore_errors=True)


@pytest.fixture
def server(home):
    return EmbeddedServer(home, durable=False)
