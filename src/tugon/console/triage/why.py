"""Why this happened: the rules that acted on the ticket, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.rules.models import Firing
from tugon.tickets.models import Ticket

from .parts import Found, Part, Place

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Acted:
    """One rule's act."""

    rule_id: int
    name: str
    version: int
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Why:
    acted: list[Acted]
    has_more: bool


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"rules_acted": _acted(ticket.pk)}


def value(ticket: Ticket, agent: Agent, found: Found) -> Why:
    rows = [Acted(*row) for row in found["rules_acted"]]
    return Why(rows[:SHOWN], len(rows) > SHOWN)


PARTS = (Part("why", Place.PANEL, reads, value),)


@read
def _acted(ticket: int) -> QuerySet[Firing, tuple[Any, ...]]:
    """What only found everything as it should be is left out."""
    rows = Firing.objects.filter(ticket=ticket, outcome__in=["done", "partly", "failed"]).order_by("-pk")
    return rows.values_list("rule_id", "version__name", "version__number", "outcome", "at")[: SHOWN + 1]
