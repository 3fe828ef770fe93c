"""How a person's choice of a priority becomes true.

Who keeps the reasons of priorities provides it (`project/wiring.py`); without, the field is simply set.
"""

from collections.abc import Callable

from tugon.events.actors import Actor

from .models import Ticket
from .operations.changing import change

Decision = Callable[[Ticket, int, str, Actor], None]
"""The ticket, its new priority (1–4), the reason, who decides."""

_provided: list[Decision] = []


def provide(decision: Decision) -> None:
    """Set what `prioritise` does. The last one counts."""
    _provided[:] = [decision]


def prioritise(ticket: Ticket, priority: int, *, by: Actor, reason: str = "") -> None:
    """Give the ticket this priority. Raises what the provider raises for a missing reason."""
    if _provided:
        _provided[0](ticket, priority, reason, by)
    else:
        change(ticket, priority=priority, by=by)
