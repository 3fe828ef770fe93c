"""What the company decided about routing, as values, kept in memory while nobody changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from tugon.accounts.models import Membership
from tugon.lib.clock import now
from tugon.lib.remember import remembered
from tugon.tickets.conditions import compile
from tugon.tickets.errors import ConditionInvalid

from .choosing import Ways
from .models import AgentLanguage, AgentSkill, Habits, Skill, TeamRouting


@dataclass(frozen=True, slots=True)
class House:
    capacity: Mapping[str, int]
    away_after: timedelta


@dataclass(frozen=True, slots=True)
class Rotation:
    """How one team gives out, and to whom."""

    team_id: int
    is_automatic: bool
    ways: Ways
    on_leave: str
    agents: frozenset[int]


@remembered
def habits() -> House:
    """One query."""
    row = Habits.objects.first() or Habits()
    return House(row.capacity, timedelta(minutes=row.away_after))


@remembered
def rotation(team_id: int) -> Rotation:
    """The team's, or what holds for one that never chose: nothing by itself, everybody in it. Three queries."""
    row = TeamRouting.objects.filter(team=team_id).first() or TeamRouting(team_id=team_id)
    left_out = set(
        row.left_out.through._default_manager.filter(teamrouting=team_id).values_list("agent_id", flat=True)
    )
    members = Membership.objects.filter(team=team_id, agent__is_active=True, team__archived_at=None)
    agents = frozenset(members.values_list("agent_id", flat=True)) - left_out
    ways = Ways(row.strategy, row.matches_skills, row.matches_languages, timedelta(minutes=row.waits_for_fit))
    return Rotation(team_id, row.is_automatic, ways, row.on_leave, agents)


@remembered
def automatic_teams() -> frozenset[int]:
    """Teams whose tickets are given out. One query."""
    rows = TeamRouting.objects.filter(is_automatic=True, team__archived_at=None)
    return frozenset(rows.values_list("team_id", flat=True))


@remembered
def abilities() -> tuple[dict[int, dict[int, int]], dict[int, dict[str, int]]]:
    """agent → skill → level, and agent → language → level. Two queries."""
    skills: dict[int, dict[int, int]] = {}
    for agent, skill, level in AgentSkill.objects.filter(skill__archived_at=None).values_list(
        "agent_id", "skill_id", "level"
    ):
        skills.setdefault(agent, {})[skill] = level
    languages: dict[int, dict[str, int]] = {}
    for agent, language, level in AgentLanguage.objects.values_list("agent_id", "language", "level"):
        languages.setdefault(agent, {})[language] = level
    return skills, languages


@remembered
def skills_wanted() -> list[tuple[int, int, Mapping[str, Any]]]:
    """(skill, least level, conditions) of skills that name their tickets, in order. One query."""
    rows = Skill.objects.filter(archived_at=None).exclude(conditions={})
    return [(row.pk, row.level, row.conditions) for row in rows]


def skill_conditions() -> list[tuple[int, int, Q]]:
    """The same with conditions ready for the database; a skill whose conditions cannot be used is passed over."""
    found = []
    for skill, level, conditions in skills_wanted():
        try:
            found.append((skill, level, compile(conditions, agent=None, now=now())))
        except ConditionInvalid:
            continue
    return found
