"""Why this agent got the ticket, or why nobody has it yet; and whether who has it is here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.routing.models import Availability, RoutedTicket, State
from tugon.routing.wording import skill_name, state_icon, why_words
from tugon.tickets.models import Ticket

from ..choices import Choices, colleagues
from .parts import Found, Part, Place


@dataclass(frozen=True, slots=True)
class Shown:
    """name: of the assignee, empty where nobody has it. state: in words, empty where they are here."""

    name: str
    why: str
    looked_at: datetime | None
    skill: str
    state: str
    state_until: datetime | None
    icon: str
    tone: str
    substitute: str


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {
        "routed": _routed(ticket.pk),
        "assignee_is": _availability(ticket.assignee_id or 0),
        "not_here": _not_here(),
    }


def value(ticket: Ticket, agent: Agent, found: Found) -> Shown | None:
    """None where nothing was given out by itself and the assignee is here."""
    routed: RoutedTicket | None = next(iter(found["routed"]), None)
    there: Availability | None = next(iter(found["assignee_is"]), None)
    is_gone = there is not None and there.state in (State.AWAY, State.OUT) and ticket.is_active
    fits = routed is not None and routed.looked_at is not None and routed.agent_id == ticket.assignee_id
    if not is_gone and not fits and not (routed and routed.skill_id):
        return None
    names = dict(colleagues())
    why = why_words(routed.why, agent_name=lambda pk: names.get(pk or 0, "")) if routed and fits else ""
    icon, tone = state_icon(there.state) if there else ("circle", "neutral")
    return Shown(
        name=ticket.assignee.name if ticket.assignee else "",
        why=why,
        looked_at=routed.looked_at if routed and fits else None,
        skill=skill_name(routed.skill_id) if routed and routed.skill_id else "",
        state=str(State(there.state).label) if there and is_gone else "",
        state_until=there.state_until if there and is_gone else None,
        icon=icon,
        tone=tone,
        substitute=names.get(there.substitute_id or 0, "") if there and is_gone else "",
    )


def with_states(choices: Choices, found: Found) -> Choices:
    """The same choices, each agent with their state where they are not here. Without the reads, as they are."""
    return replace(
        choices, states_of={agent: str(State(state).label) for agent, state in found.get("not_here", ())}
    )


PARTS = (Part("assignment", Place.PANEL, reads, value),)


@read
def _routed(ticket: int) -> QuerySet[RoutedTicket, RoutedTicket]:
    return RoutedTicket.objects.filter(ticket=ticket)


@read
def _availability(agent: int) -> QuerySet[Availability, Availability]:
    return Availability.objects.filter(agent=agent)


@read
def _not_here() -> QuerySet[Availability, tuple[int, str]]:
    """Away by choice or out of office; who is merely not seen or asleep may still be given a ticket by hand."""
    rows = Availability.objects.filter(state__in=["away", "out"], agent__is_active=True)
    return rows.values_list("agent_id", "state")
