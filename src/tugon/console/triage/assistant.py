"""The assistant on the ticket page: its button beside Reply and Note, and its desk below the composer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.assistant.kinds import State
from tugon.assistant.models import Asking, Setup
from tugon.database.reading import Asked, read
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from .assistant_desk import Desk
from .parts import Found, Part, Place

SHOWN_FOR = timedelta(hours=12)
SETTLED = (State.PUT_AWAY, State.CANCELLED)


@read
def _decided() -> QuerySet[Setup, Setup]:
    return Setup.objects.order_by("pk")[:1]


@read
def _newest(agent: int, ticket: int) -> QuerySet[Asking, Asking]:
    return Asking.objects.filter(agent=agent, ticket=ticket).order_by("-pk")[:1]


def tool_reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"assistant_decided": _decided()}


def tool(ticket: Ticket, agent: Agent, found: Found) -> bool | None:
    """Whether there is a button."""
    decided = found["assistant_decided"]
    may = decided and agent.may("ticket.reply") and ticket.merged_into_id is None
    return True if may and decided[0].is_on and not decided[0].forbids(ticket) else None


def desk_reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"assistant_asking": _newest(agent.pk, ticket.pk)}


def desk(ticket: Ticket, agent: Agent, found: Found) -> Desk | None:
    """What one asked last, where it is not settled; else an empty place that is filled when the button is pressed."""
    if tool(ticket, agent, found) is None:
        return None
    asking = next(iter(found["assistant_asking"]), None)
    if asking is None or asking.state in SETTLED or asking.made_at < now() - SHOWN_FOR:
        return Desk()
    return Desk(asking, host=found["assistant_decided"][0].service("").host)


PARTS = (
    Part("assistant_tool", Place.TOOLS, tool_reads, tool),
    Part("assistant_desk", Place.BELOW, desk_reads, desk),
)
