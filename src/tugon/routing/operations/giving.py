"""Giving tickets to who should have them, safe with many workers at once.

Whoever gives holds the row of each agent it gives to (`Availability`), and counts what that agent has only then: two
workers never fill one place twice. Nobody waits for such a row: who is being given something is passed over, and the
queue is looked at again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from tugon.accounts.models import Agent
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import policies
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import OURS
from tugon.tickets.operations.assigning import give

from ..capacity import lane_of, resolved
from ..choosing import Choice, Desk, Waiting, Ways, choose, plan
from ..deciding import Rotation, abilities, habits, rotation, skill_conditions
from ..errors import RoutingRefused
from ..events import TicketRouted
from ..models import Availability, RoutedTicket, Skill, State, Strategy

MOST_AT_ONCE = 200
"""Tickets of one queue looked at in one transaction."""


@transaction.atomic
def route(ticket: Ticket, *, by: Actor = SYSTEM, strategy: str = "", again: bool = False) -> Choice:
    """Choose who of the ticket's team gets it, and give it. The choice says why, also where nobody gets it now.

    strategy: of `Strategy`; the team's own where empty. again: also a ticket that somebody has. Who is full, away or
    just being given something by another worker is passed over. Records TicketAssigned and TicketRouted.
    Raises NotAllowed, RoutingRefused for an unknown strategy.
    """
    policies.require(by, "assign", ticket)
    if strategy and strategy not in Strategy.values:
        raise RoutingRefused(reason=strategy)
    row = _waiting_rows(Q(pk=ticket.pk)).select_for_update(of=("self",)).first()
    if row is None or (row.assignee_id is not None and not again):
        return Choice(row.assignee_id if row else None, (("has_somebody", {}),))
    if row.team_id is None:
        return Choice(None, (("no_team", {}),))
    team = rotation(row.team_id)
    ways = _with_strategy(team.ways, strategy)
    waiting = _waiting(row)
    choice = choose(waiting, _desks(team), ways, now=now())
    _carry_out(row, waiting, choice, ways.strategy, by)
    return choice


@transaction.atomic
def drain(team_id: int, *, by: Actor = SYSTEM) -> int:
    """Give out what waits in a team's queue, the oldest promise first, as far as there is room. Returns how many.

    Tickets and agents that another worker is at are passed over.
    """
    team = rotation(team_id)
    if not team.is_automatic:
        return 0
    desks = _desks(team)
    if not any(desk.free(lane) for desk in desks for lane in desk.capacity):
        return 0
    rows = list(
        _waiting_rows(_queue(team_id))
        .order_by(F("due_at").asc(nulls_last=True), "-priority", "created_at", "pk")
        .select_for_update(of=("self",), skip_locked=True)[:MOST_AT_ONCE]
    )
    by_id = {row.pk: row for row in rows}
    given = 0
    for waiting, choice in plan([_waiting(row) for row in rows], desks, team.ways, now=now()):
        if choice.agent_id is not None:
            _carry_out(by_id[waiting.ticket_id], waiting, choice, team.ways.strategy, by)
            given += 1
    return given


@transaction.atomic
def need(ticket: Ticket, *, skill: Skill | None, by: Actor, level: int | None = None) -> None:
    """Say which skill the ticket needs, or none. For people and rules; a repeat does nothing. Raises NotAllowed."""
    policies.require(by, "edit", ticket)
    RoutedTicket.objects.update_or_create(
        ticket=ticket,
        defaults={
            "skill": skill,
            "skill_level": level or (skill.level if skill else 1),
            "is_asked": skill is not None,
        },
    )


def loads(agent_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """agent → lane → tickets in which it is the agent's turn. What waits for the customer takes no place. One query."""
    rows = (
        Ticket.objects.filter(
            assignee__in=list(agent_ids), status__in=[*OURS], is_spam=False, merged_into=None
        )
        .values_list("assignee_id", "channel__kind")
        .annotate(carried=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[str, int]] = {}
    for agent, kind, number in rows:
        lanes = found.setdefault(agent, {})
        lanes[lane_of(kind)] = lanes.get(lane_of(kind), 0) + number
    return found


def _desks(team: Rotation) -> list[Desk]:
    """The rotation with loads. Those who are there are locked first, and counted after: two statements."""
    if not team.agents:
        return []
    rows = (
        Availability.objects.filter(agent__in=team.agents, state=State.ONLINE)
        .order_by("agent_id")
        .select_for_update(of=("self",), skip_locked=True)
        .only("agent_id", "capacity", "last_given_at")
    )
    here = {row.agent_id: row for row in rows}
    carried = loads(list(here)) if here else {}
    skills, languages = abilities()
    house = habits().capacity
    return [
        Desk(
            agent_id=agent,
            capacity=resolved(house, here[agent].capacity if agent in here else {}),
            load=carried.get(agent, {}),
            skills=skills.get(agent, {}),
            languages=languages.get(agent, {}),
            last_given_at=here[agent].last_given_at if agent in here else None,
            is_available=agent in here,
        )
        for agent in sorted(team.agents)
    ]


def _queue(team_id: int) -> Q:
    """What nobody has and somebody should: our turn, not put away."""
    return Q(
        team=team_id,
        assignee=None,
        status__in=[*OURS],
        is_spam=False,
        merged_into=None,
        snoozed_until=None,
    )


def _waiting_rows(which: Q) -> QuerySet[Ticket]:
    """The tickets with what routing asks of each: its skill, who had the customer last, who put it back."""
    before = (
        Ticket.objects.filter(customer=OuterRef("customer"), assignee__isnull=False, merged_into=None)
        .exclude(pk=OuterRef("pk"))
        .order_by("-updated_at")
        .values("assignee")[:1]
    )
    wanted = skill_conditions()
    fitting = (
        Case(*(When(condition, then=Value(skill)) for skill, _level, condition in wanted)) if wanted else None
    )
    asked = F("routing__skill")
    return (
        Ticket.objects.filter(which)
        .select_related("channel", "team")
        .annotate(
            last_agent=Subquery(before),
            skill_needed=Coalesce(asked, fitting) if fitting is not None else asked,
            level_asked=F("routing__skill_level"),
            declined_by=F("routing__declined"),
        )
    )


def _waiting(row: Ticket) -> Waiting:
    levels = {skill: level for skill, level, _condition in skill_conditions()}
    skill = row.skill_needed  # type: ignore[attr-defined]
    asked = row.level_asked  # type: ignore[attr-defined]
    return Waiting(
        ticket_id=row.pk,
        lane=lane_of(row.channel.kind if row.channel else None),
        since=row.created_at,
        due_at=row.due_at,
        priority=row.priority,
        language=row.language,
        skill_id=skill,
        skill_level=levels.get(skill) or asked or 1,
        last_agent_id=row.last_agent,  # type: ignore[attr-defined]
        declined=frozenset(row.declined_by or ()),  # type: ignore[attr-defined]
    )


def _carry_out(row: Ticket, waiting: Waiting, choice: Choice, strategy: str, by: Actor) -> None:
    """Give the locked ticket to who was chosen, whose row is locked too, and keep why."""
    moment = now()
    why = [list(one) for one in choice.why]
    kept = {"skill_id": waiting.skill_id, "strategy": strategy, "why": why, "looked_at": moment}
    if choice.agent_id is None:
        RoutedTicket.objects.update_or_create(ticket=row, defaults=kept)
        return
    agent = Agent.objects.get(pk=choice.agent_id)
    RoutedTicket.objects.update_or_create(ticket=row, defaults={**kept, "agent": agent})
    Availability.objects.filter(agent=agent).update(last_given_at=moment)
    give(row, agent, by=by)
    fact = TicketRouted(ticket_id=row.pk, to_id=agent.pk, strategy=strategy, why=tuple(why))
    record(fact, by=by)


def _with_strategy(ways: Ways, strategy: str) -> Ways:
    if not strategy:
        return ways
    return Ways(strategy, ways.matches_skills, ways.matches_languages, ways.waits_for_fit)
