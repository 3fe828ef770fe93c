"""What became of something that came in."""

from dataclasses import dataclass

from tugon.tickets.models import Ticket

from .models import Received
from .steps.verdicts import Ignore, Quarantine


@dataclass(frozen=True, slots=True)
class Outcome:
    """A ledger row's end. `reason` is empty for what is on a ticket in the ordinary way."""

    state: str
    reason: str = ""
    ticket: Ticket | None = None
    message_id: int | None = None
    is_new: bool = False
    """Whether the ticket was opened just now, so that nobody else can wait for it."""


def set_aside(verdict: Ignore | Quarantine, *, copy_of: Received | None = None) -> Outcome:
    """Ignored or quarantined, with the words why. copy_of: the row of the same letter that is on a ticket."""
    state = Received.State.IGNORED if isinstance(verdict, Ignore) else Received.State.QUARANTINED
    ticket, message_id = (copy_of.ticket, copy_of.message_id) if copy_of else (None, None)
    return Outcome(state, verdict.reason[:300], ticket, message_id)


def opened(ticket: Ticket) -> Outcome:
    """A ticket was opened with what came in as its first message."""
    first = ticket.opened_with
    return Outcome(
        Received.State.TICKETED, ticket=ticket, message_id=first.pk if first else None, is_new=True
    )
