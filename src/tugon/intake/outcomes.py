"""What became of something that came in."""

from dataclasses import dataclass

from tugon.tickets.models import Message, Ticket

from .models import Received
from .steps.verdicts import Ignore, Quarantine


@dataclass(frozen=True, slots=True)
class Outcome:
    """A ledger row's end. `reason` is empty for what is on a ticket in the ordinary way."""

    state: str
    reason: str = ""
    ticket: Ticket | None = None
    message: Message | None = None


def set_aside(verdict: Ignore | Quarantine, *, copy_of: Received | None = None) -> Outcome:
    """Ignored or quarantined, with the words why. copy_of: the row of the same letter that is on a ticket."""
    state = Received.State.IGNORED if isinstance(verdict, Ignore) else Received.State.QUARANTINED
    ticket, message = (copy_of.ticket, copy_of.message) if copy_of else (None, None)
    return Outcome(state, verdict.reason[:300], ticket, message)
