"""Facts about priorities. Numbers and ids, no words of people."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PriorityAssessed:
    """What the table makes of a ticket changed, or the reason did. factors: reach, people, severity, threat.

    before, after: by the table; is_overridden: somebody decided otherwise, so the ticket keeps that.
    """

    ticket_id: int
    before: int
    after: int
    factors: dict[str, Any] = field(default_factory=dict)
    is_overridden: bool = False


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PriorityOverridden:
    """Somebody decided otherwise than the table; the reason stands in the row."""

    ticket_id: int
    override_id: int
    before: int
    after: int
    until: datetime | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class PriorityOverrideEnded:
    """The table counts again. how: "expired", "withdrawn"."""

    ticket_id: int
    override_id: int
    before: int
    after: int
    how: str


@fact(about="matrix")
@dataclass(frozen=True, slots=True)
class PriorityMatrixChanged:
    matrix_id: int
    fields: tuple[str, ...] = ()
