from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tugon.assistant.kinds import Group
from tugon.assistant.models import Setup
from tugon.assistant.setting_up import set_up

from .service import Service, serving


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as server:
        yield server


@pytest.fixture
def switched_on(service: Service, ada: Any) -> Callable[..., Setup]:
    """Let the company use the small service: `switched_on(groups=["draft"])`."""

    def decide(**values: Any) -> Setup:
        given = {"address": service.address, "model": "small-1", "groups": list(Group.values), "seconds": 5}
        return set_up(by=ada.actor, **{"key": None, **given, **values})

    return decide
