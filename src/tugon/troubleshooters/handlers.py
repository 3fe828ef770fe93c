"""What follows from facts of packages above; `project/wiring.py` connects them."""

from typing import Protocol

from tugon.events.actors import SYSTEM
from tugon.events.models import Event

from . import operations

WALK = "walk"


class Carried(Protocol):
    """A form brought something along (`intake.events.ContextCarried`)."""

    @property
    def ticket_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...


def join_walk(fact: Carried, _event: Event) -> None:
    """The ticket carries the walk its writer came from."""
    if fact.kind == WALK:
        operations.join(fact.ticket_id, token=fact.value, by=SYSTEM)
