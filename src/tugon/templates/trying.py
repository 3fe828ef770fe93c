"""What the customer of a ticket did already. Who reads it out of messages provides it (`project/wiring.py`)."""

from collections.abc import Callable, Sequence

from tugon.tickets.models import Ticket

Steps = Callable[[Ticket], Sequence[str]]
"""The steps in words, as the customer or a troubleshooter said them."""

_provided: list[Steps] = []


def provide(steps: Steps) -> None:
    """Set who knows. The last one counts."""
    _provided[:] = [steps]


def steps_of(ticket: Ticket | None) -> Sequence[str]:
    """The steps; none where nobody knows."""
    return _provided[0](ticket) if _provided and ticket is not None and ticket.pk else ()
