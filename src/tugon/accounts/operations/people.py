from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies, preferences
from ..errors import NameMissing, ProfileInvalid, RolesMissing
from ..events import AgentChanged, AgentDeactivated, AgentReactivated, AgentRolesChanged, AgentTeamsChanged
from ..models import Agent, Membership, Role, Team
from . import administrators
from .sessions import end_all_sessions

PROFILE = ("name", "public_name", "job_title", "language", "time_zone", "preferences")


@transaction.atomic
def change_roles(agent: Agent, *, roles: Iterable[Role], by: Actor) -> Agent:
    """Give exactly these roles. Raises NotAllowed, GrantsTooMuch, RolesMissing, LastAdministrator."""
    policies.require(by, "admin.people")
    administrators.one_at_a_time()
    wanted = {role.pk: role for role in roles}
    before = set(agent.roles.values_list("pk", flat=True))
    if not wanted:
        raise RolesMissing
    if set(wanted) == before:
        return agent
    policies.require_may_grant(by, [role for pk, role in wanted.items() if pk not in before])
    agent.roles.set(wanted.values())
    administrators.require_one()
    fact = AgentRolesChanged(agent_id=agent.pk, before=tuple(sorted(before)), after=tuple(sorted(wanted)))
    record(fact, by=by)
    return Agent.objects.get(pk=agent.pk)


@transaction.atomic
def change_teams(agent: Agent, *, teams: Iterable[Team], leads: Iterable[Team] = (), by: Actor) -> Agent:
    """Put the agent into exactly these teams, leading some of them. Raises NotAllowed."""
    policies.require(by, "admin.people")
    leading = {team.pk for team in leads}
    wanted = {team.pk for team in teams} | leading
    rows = {row.team_id: row for row in Membership.objects.select_for_update().filter(agent=agent)}
    same = set(rows) == wanted and all(row.leads == (pk in leading) for pk, row in rows.items())
    if same:
        return agent
    Membership.objects.filter(agent=agent).exclude(team_id__in=wanted).delete()
    Membership.objects.bulk_create(
        [Membership(agent=agent, team_id=pk, leads=pk in leading) for pk in sorted(wanted)],
        update_conflicts=True,
        unique_fields=["team", "agent"],
        update_fields=["leads"],
    )
    fact = AgentTeamsChanged(agent_id=agent.pk, before=tuple(sorted(rows)), after=tuple(sorted(wanted)))
    record(fact, by=by)
    return Agent.objects.get(pk=agent.pk)


@transaction.atomic
def deactivate(agent: Agent, *, by: Actor) -> Agent:
    """Take away every right and end every session; what the agent wrote keeps its name.

    Raises NotAllowed, LastAdministrator.
    """
    policies.require(by, "admin.people")
    administrators.one_at_a_time()
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    if not agent.is_active:
        return agent
    agent.is_active, agent.deactivated_at = False, now()
    agent.save(update_fields=["is_active", "deactivated_at"])
    administrators.require_one()
    end_all_sessions(agent, by=by)
    record(AgentDeactivated(agent_id=agent.pk), by=by)
    return agent


@transaction.atomic
def reactivate(agent: Agent, *, by: Actor) -> Agent:
    """Let the agent sign in again with its old password and roles. Raises NotAllowed, GrantsTooMuch."""
    policies.require(by, "admin.people")
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    if agent.is_active:
        return agent
    policies.require_may_grant(by, list(agent.roles.all()))
    agent.is_active, agent.deactivated_at = True, None
    agent.save(update_fields=["is_active", "deactivated_at"])
    record(AgentReactivated(agent_id=agent.pk), by=by)
    return agent


@transaction.atomic
def change_profile(agent: Agent, *, by: Actor, **changes: Any) -> Agent:
    """Change one's own name, public name, job title, language, time zone and preferences.

    Who manages people may do it for others.

    preferences: merged into what is there, see `preferences.cleaned`. Raises NotAllowed, NameMissing, ProfileInvalid.
    """
    if by.kind != "agent" or by.id != agent.pk:
        policies.require(by, "admin.people")
    agent = Agent.objects.select_for_update().get(pk=agent.pk)
    clean = _cleaned(agent, changes)
    changed = tuple(name for name, value in clean.items() if getattr(agent, name) != value)
    if not changed:
        return agent
    for name in changed:
        setattr(agent, name, clean[name])
    agent.save(update_fields=changed)
    record(AgentChanged(agent_id=agent.pk, fields=changed), by=by)
    return agent


def _cleaned(agent: Agent, changes: dict[str, Any]) -> dict[str, Any]:
    unknown = set(changes) - set(PROFILE)
    if unknown:
        raise TypeError(f"no part of a profile: {', '.join(sorted(unknown))}")
    clean: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in changes.items()
    }
    if "name" in clean and not clean["name"]:
        raise NameMissing
    if "language" in clean and clean["language"] not in dict(settings.LANGUAGES):
        raise ProfileInvalid(reason=_("choose a language of the list."))
    if "time_zone" in clean and clean["time_zone"] not in available_timezones():
        raise ProfileInvalid(reason=_("choose a time zone of the list."))
    if "preferences" in clean:
        clean["preferences"] = {**agent.preferences, **preferences.cleaned(clean["preferences"])}
    return clean
