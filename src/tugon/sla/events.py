"""Facts about promises: ids, kinds and moments."""

from dataclasses import dataclass, field
from datetime import datetime

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PromiseMade:
    """A ticket that stood already got another promise. That a new one has its first, TicketOpened says.

    due: kind of promise → the moment (RFC 3339); None where nobody ever opens."""

    ticket_id: int
    due: dict[str, str | None] = field(default_factory=dict)
    policy_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PromiseKept:
    ticket_id: int
    clock_id: int
    kind: str
    policy_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PromiseBroken:
    """The moment passed (`due_at`), and what was promised was not done."""

    ticket_id: int
    clock_id: int
    kind: str
    due_at: datetime
    policy_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PromiseAtRisk:
    """Little of the promised time is left. Those who can still keep it hear of it before the customer does."""

    ticket_id: int
    clock_id: int
    kind: str
    due_at: datetime
    policy_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class CustomerForewarned:
    """The customer was told that the promise will not be kept, and of a new moment."""

    ticket_id: int
    clock_id: int
    kind: str
    expected_at: datetime


@fact(about="calendar")
@dataclass(frozen=True, slots=True)
class CalendarChanged:
    calendar_id: int
    change: str
    fields: tuple[str, ...] = ()


@fact(about="policy")
@dataclass(frozen=True, slots=True)
class PolicyChanged:
    policy_id: int
    change: str
    fields: tuple[str, ...] = ()
