"""How teams give out, what everybody can carry, and who can do and speak what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Team
from tugon.accounts.policies import require
from tugon.company import configuring
from tugon.events.actors import Actor
from tugon.events.operations import record

from ..capacity import MOST, Lane
from ..choosing import primary
from ..errors import RoutingRefused
from ..events import AgentSkillsChanged, TeamRoutingChanged
from ..models import AgentLanguage, AgentSkill, Habits, Level, OnLeave, Skill, Strategy, TeamRouting

PERMISSION = "routing.edit"
LONGEST_WAIT = 7 * 24 * 60
"""Minutes: so that no ticket waits for ever for somebody who fits."""

CHANGEABLE = ("is_automatic", "strategy", "matches_skills", "matches_languages", "waits_for_fit", "on_leave")


@transaction.atomic
def change_team(
    team: Team, *, by: Actor, left_out: Iterable[Agent] | None = None, **values: Any
) -> TeamRouting:
    """Change how a team gives its tickets out. left_out: members outside the rotation; None: as it is.

    Raises NotAllowed, RoutingRefused.
    """
    require(by, PERMISSION)
    unknown = [name for name in values if name not in CHANGEABLE]
    if unknown:
        raise RoutingRefused(reason=", ".join(unknown))
    if values.get("strategy", Strategy.LEAST_LOADED) not in Strategy.values:
        raise RoutingRefused(reason=_("choose how tickets are given out."))
    if values.get("on_leave", OnLeave.STAY) not in OnLeave.values:
        raise RoutingRefused(reason=_("choose what becomes of tickets that wait."))
    if not 0 <= values.get("waits_for_fit", 0) <= LONGEST_WAIT:
        raise RoutingRefused(reason=_("a ticket waits from 0 minutes to a week."))
    row, created = TeamRouting.objects.select_for_update().get_or_create(team=team)
    changed = [name for name, value in values.items() if created or getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    if left_out is not None:
        wanted = {agent.pk for agent in left_out}
        if wanted != set(row.left_out.values_list("pk", flat=True)):
            row.left_out.set(wanted)
            changed.append("left_out")
    if changed:
        record(TeamRoutingChanged(team_id=team.pk, fields=tuple(changed)), by=by)
    return row


def change_habits(*, by: Actor, capacity: Mapping[str, int], away_after: int) -> Habits:
    """What holds for everybody: lane → tickets at once, and minutes unseen until one counts as away.

    Raises NotAllowed, RoutingRefused.
    """
    clean = {str(lane): int(capacity.get(lane, 0)) for lane in Lane.values}
    if any(not 0 <= value <= MOST for value in clean.values()):
        raise RoutingRefused(reason=_("a capacity is a number from 0 to {most}.").format(most=MOST))
    if not 0 <= away_after <= 24 * 60:
        raise RoutingRefused(reason=_("somebody counts as away after 0 minutes to a day."))
    row = Habits.objects.first() or Habits()
    return configuring.configure(
        row, {"capacity": clean, "away_after": away_after}, permission=PERMISSION, by=by
    )


@transaction.atomic
def set_skills(agent: Agent, skills: Mapping[int, int], *, by: Actor) -> None:
    """Replace what an agent can do: skill → level. Raises NotAllowed, RoutingRefused."""
    require(by, PERMISSION)
    _require_levels(skills.values())
    known = set(Skill.objects.filter(pk__in=list(skills)).values_list("pk", flat=True))
    if known != set(skills):
        raise RoutingRefused(reason=_("one of these skills is no longer there."))
    if dict(AgentSkill.objects.filter(agent=agent).values_list("skill_id", "level")) == dict(skills):
        return
    AgentSkill.objects.filter(agent=agent).delete()
    AgentSkill.objects.bulk_create(
        AgentSkill(agent=agent, skill_id=skill, level=level) for skill, level in skills.items()
    )
    record(AgentSkillsChanged(agent_id=agent.pk), by=by)


@transaction.atomic
def set_languages(agent: Agent, languages: Mapping[str, int], *, by: Actor) -> None:
    """Replace what an agent speaks: BCP 47 → level. Raises NotAllowed, RoutingRefused."""
    require(by, PERMISSION)
    _require_levels(languages.values())
    wanted = {primary(code)[:8]: level for code, level in languages.items() if primary(code)}
    if dict(AgentLanguage.objects.filter(agent=agent).values_list("language", "level")) == wanted:
        return
    AgentLanguage.objects.filter(agent=agent).delete()
    AgentLanguage.objects.bulk_create(
        AgentLanguage(agent=agent, language=code, level=level) for code, level in wanted.items()
    )
    record(AgentSkillsChanged(agent_id=agent.pk), by=by)


def _require_levels(levels: Iterable[int]) -> None:
    if any(level not in Level.values for level in levels):
        raise RoutingRefused(reason=_("choose one of the levels."))
