"""Reads: who is here, what each carries, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from tugon.accounts.models import Agent, Membership, Team
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import OURS

from .capacity import Lane, resolved
from .deciding import habits
from .models import Availability, TeamRouting
from .operations.giving import loads


@dataclass(frozen=True, slots=True)
class Lot:
    """One lane of one agent: so many of so many."""

    lane: str
    label: str
    load: int
    capacity: int

    @property
    def is_full(self) -> bool:
        return self.load >= self.capacity


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent on the board."""

    agent: Agent
    row: Availability
    teams: list[str]
    lots: list[Lot]

    @property
    def share(self) -> int:
        """Per cent of the fullest lane."""
        return max((100 * lot.load // lot.capacity for lot in self.lots if lot.capacity), default=0)


@dataclass(frozen=True, slots=True)
class Queue:
    """What nobody of a team has. oldest: the next promise of them."""

    team: Team
    routing: TeamRouting
    number: int
    oldest: Any


def seats(team_id: int | None = None) -> list[Seat]:
    """Everybody who works here, or in one team, by name. Five queries, whatever the number."""
    agents = Agent.objects.active().joined().by_name()
    if team_id:
        agents = agents.filter(memberships__team=team_id)
    people = list(agents[:500])
    ids = [agent.pk for agent in people]
    rows = Availability.objects.select_related("substitute").in_bulk(ids)
    carried, house = loads(ids), habits().capacity
    teams: dict[int, list[str]] = {}
    for agent, name in Membership.objects.filter(agent__in=ids, team__archived_at=None).values_list(
        "agent_id", "team__name"
    ):
        teams.setdefault(agent, []).append(name)
    return [
        _seat(agent, rows, carried.get(agent.pk, {}), house, sorted(teams.get(agent.pk, [])))
        for agent in people
    ]


def queues() -> list[Queue]:
    """Every team with what nobody has of it. Three queries."""
    waiting: dict[int | None, dict[str, Any]] = {
        row["team"]: dict(row)
        for row in Ticket.objects.filter(
            assignee=None, status__in=[*OURS], is_spam=False, merged_into=None, snoozed_until=None
        )
        .values("team")
        .annotate(waiting=Count("pk"), oldest=Min("due_at"))
        .order_by()
    }
    routings = {row.team_id: row for row in TeamRouting.objects.all()}
    return [
        Queue(
            team,
            routings.get(team.pk) or TeamRouting(team=team),
            waiting.get(team.pk, {}).get("waiting", 0),
            waiting.get(team.pk, {}).get("oldest"),
        )
        for team in Team.objects.filter(archived_at=None)
    ]


def _seat(
    agent: Agent,
    rows: Mapping[int, Availability],
    load: Mapping[str, int],
    house: Mapping[str, int],
    teams: list[str],
) -> Seat:
    row = rows.get(agent.pk) or Availability(agent=agent)
    capacity = resolved(house, row.capacity)
    lots = [
        Lot(str(lane), str(Lane(lane).label), load.get(lane, 0), most)
        for lane, most in capacity.items()
        if most or load.get(lane, 0)
    ]
    return Seat(agent, row, teams, lots)
