"""Facts about escalation: ids only. Words (reasons, notes, letters) stand in the rows they name."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketEscalated:
    """told_ids: agents who are told besides those who have the ticket."""

    ticket_id: int
    escalation_id: int
    level_id: int
    from_level_id: int | None = None
    how: str = "hand"
    told_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketDeescalated:
    """to_level_id: None where it is not escalated any more. how: one of `Escalation.End`."""

    ticket_id: int
    escalation_id: int
    level_id: int
    to_level_id: int | None = None
    how: str = "lowered"


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PageSent:
    """number: 1 for the first call of this page."""

    ticket_id: int
    page_id: int
    call_id: int
    agent_id: int
    number: int = 1


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PageAcknowledged:
    ticket_id: int
    page_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PageUnanswered:
    """Everybody on the rota was called for a day and nobody said: I have it."""

    ticket_id: int
    page_id: int
    told_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class OutsideAsked:
    """A letter to a department leaves: the first of an inquiry, or a further one."""

    ticket_id: int
    inquiry_id: int
    letter_id: int
    waits: bool = False
    is_first: bool = True


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class OutsideAnswered:
    """A letter of an inquiry came back. confirmed: from the asked address. automatic: a machine wrote it."""

    ticket_id: int
    inquiry_id: int
    letter_id: int
    confirmed: bool = True
    automatic: bool = False
    asked_by_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class OutsideOverdue:
    """The department has not answered in the time expected of it."""

    ticket_id: int
    inquiry_id: int
    asked_by_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class OutsideFailed:
    """A letter to a department did not arrive."""

    ticket_id: int
    inquiry_id: int
    letter_id: int
    asked_by_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class OutsideEnded:
    """Somebody ended an inquiry: nothing is waited for any more."""

    ticket_id: int
    inquiry_id: int
