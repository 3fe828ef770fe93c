import threading
from pathlib import Path

import pytest

from tugon.meaning import client
from tugon.meaning.carried.provider import CarriedWeights
from tugon.meaning.server import Desk, Server

from .tiny import tiny_file


@pytest.fixture
def desk(tmp_path):
    """A desk with a tiny provider."""
    file = tmp_path / "tiny.bin"
    file.write_bytes(tiny_file())
    desk = Desk()
    desk.embedder, desk.patience = CarriedWeights(file, sha256=""), 0.15
    return desk


@pytest.fixture
def warm(desk, tmp_path_factory, monkeypatch):
    """A warm process in a thread. `warm()` starts it, again after `warm.stop()`."""
    path = Path(tmp_path_factory.mktemp("s")) / "m.sock"
    monkeypatch.setenv("TUGON_MEANING_SOCKET", str(path))
    client.forget()
    running = []

    def start():
        server = Server(path, desk)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        running.append(server)

    def stop():
        server = running.pop()
        server.shutdown()
        server.server_close()
        path.unlink()

    start.stop = stop
    yield start
    while running:
        stop()
    client.forget()
