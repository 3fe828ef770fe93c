"""Letters of conversations beside a ticket (questions to departments outside), which a package above keeps.

Such a letter never becomes a message of the ticket: who keeps it decides where it is shown. Which letters these are is
told by their addresses, ids and subject alone, so that ordinary mail costs no statement more.
"""

from collections.abc import Sequence
from typing import Protocol

from tugon.channels.email.parsing.model import ParsedMail
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewMessage

from .steps.machines import Report
from .steps.people import Author


class Aside(Protocol):
    """The conversation that a letter belongs to. is_confirmed: its author is whom we asked."""

    @property
    def ticket(self) -> Ticket: ...

    @property
    def is_confirmed(self) -> bool: ...

    def keep(self, message: NewMessage, *, received_id: int) -> bool:
        """Keep the letter. False where it is there already."""
        ...


class Asides(Protocol):
    """Who knows such conversations."""

    def find(self, mail: ParsedMail, *, addressed: Sequence[str], author: Author) -> Aside | None: ...

    def reported(self, report: Report) -> Ticket | None:
        """Keep a report about a letter of such a conversation. None where it is about none."""
        ...


_provided: list[Asides] = []


def provide(asides: Asides) -> None:
    """Set who keeps them. The last one counts."""
    _provided[:] = [asides]


def find(mail: ParsedMail, *, addressed: Sequence[str], author: Author) -> Aside | None:
    """The conversation beside a ticket to which the letter belongs, if any."""
    return _provided[0].find(mail, addressed=addressed, author=author) if _provided else None


def reported(report: Report) -> Ticket | None:
    """The ticket whose conversation outside the report is about, which then knows of it."""
    return _provided[0].reported(report) if _provided else None
