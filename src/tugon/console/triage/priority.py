"""Why the ticket has its priority, and who decided otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.priority.models import Assessment
from tugon.priority.wording import Reason
from tugon.tickets.models import Priority, Ticket

from .parts import Found, Part, Place


@dataclass(frozen=True, slots=True)
class Shown:
    """by_table: what the table gives, in words. until: when a decision ends, if one was made for a while."""

    reason: Reason
    assessed_at: datetime
    is_overridden: bool
    by_table: str
    until: datetime | None


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"assessment": _assessment(ticket.pk)}


def value(ticket: Ticket, agent: Agent, found: Found) -> Shown | None:
    """None for imports and spam, which nobody assessed."""
    row = next(iter(found["assessment"]), None)
    return shown(row) if row is not None else None


def shown(row: Assessment) -> Shown:
    return Shown(
        row.words(),
        row.assessed_at,
        row.is_overridden,
        str(Priority(row.priority).label),
        row.override.until if row.override else None,
    )


PARTS = (Part("priority", Place.PANEL, reads, value),)


@read
def _assessment(ticket: int) -> QuerySet[Assessment, Assessment]:
    own = [field.name for field in Assessment._meta.concrete_fields]
    decided = ("override__priority", "override__reason", "override__via", "override__until")
    rows = Assessment.objects.filter(ticket=ticket).select_related("override__agent")
    return rows.only(*own, *decided, "override__agent__name")
