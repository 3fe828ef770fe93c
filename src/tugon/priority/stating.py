"""What the customer says about how many people are affected.

Who understands messages provides it (`project/wiring.py`): this package does not read language.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tugon.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Stated:
    """reach: 1 to 4, None where nothing was said. words: the customer's own, on which it rests."""

    reach: int | None = None
    words: str = ""


Reader = Callable[[Ticket], Stated]

_provided: list[Reader] = []


def provide(reader: Reader) -> None:
    """Set what `stated` asks. The last one counts."""
    _provided[:] = [reader]


def stated(ticket: Ticket) -> Stated:
    """What the customer said; nothing where nobody provides it."""
    return _provided[0](ticket) if _provided else Stated()
