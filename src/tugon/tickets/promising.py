"""By when a new ticket is answered.

Who keeps promises provides it (`project/wiring.py`), so that the first row has it and no second one is written.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Ticket

Promise = Callable[[Ticket], tuple[datetime | None, str]]
"""The moment and the kind, as in `due_at` and `due_kind`."""

_provided: list[Promise] = []


def provide(promise: Promise) -> None:
    """Set what `first_promise` asks. The last one counts."""
    _provided[:] = [promise]


def first_promise(ticket: Ticket) -> tuple[datetime | None, str]:
    """The promise of a ticket that is about to be written; none where nobody provides one."""
    return _provided[0](ticket) if _provided else (None, "")
