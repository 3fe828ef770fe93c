from collections.abc import Callable
from typing import Any

import pytest

from tugon.events.facts import all_facts
from tugon.events.models import Event

OWN = ("tickets", "customers", "delivery", "feedback")


@pytest.fixture
def facts(db: None) -> Callable[..., list[str]]:
    """Names of the facts recorded about a row, oldest first: of tickets, and of what has always followed from them.

    What triage and promises make of a ticket is told in their own tests.
    """
    known = {name for name, fact in all_facts().items() if fact.__module__.split(".")[1] in OWN}

    def read(row: Any) -> list[str]:
        about = Event.objects.about(type(row).__name__.lower(), row.pk)
        return [name for name in about.values_list("name", flat=True) if name in known]

    return read
