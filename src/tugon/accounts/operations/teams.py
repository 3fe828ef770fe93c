from collections.abc import Iterable

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import NameMissing, TeamNameTaken
from ..events import TeamArchived, TeamChanged, TeamCreated, TeamRestored
from ..models import Agent, Membership, Team


@transaction.atomic
def create_team(*, name: str, description: str = "", members: Iterable[Agent] = (), by: Actor) -> Team:
    """Raises NotAllowed, NameMissing, TeamNameTaken."""
    policies.require(by, "admin.people")
    team = Team.objects.create(name=_free_name(name), description=description.strip())
    Membership.objects.bulk_create(Membership(team=team, agent=agent) for agent in members)
    record(TeamCreated(team_id=team.pk, name=team.name), by=by)
    return team


@transaction.atomic
def change_team(team: Team, *, name: str, description: str, members: Iterable[Agent], by: Actor) -> Team:
    """Name, description and exactly these members; who led it and stays, leads it. Raises as `create_team`."""
    policies.require(by, "admin.people")
    team = Team.objects.select_for_update().get(pk=team.pk)
    clean, wanted = _free_name(name, but=team), {agent.pk for agent in members}
    present = set(team.memberships.values_list("agent_id", flat=True))
    if (clean, description.strip(), wanted) == (team.name, team.description, present):
        return team
    team.name, team.description = clean, description.strip()
    team.save(update_fields=["name", "description"])
    team.memberships.exclude(agent_id__in=wanted).delete()
    Membership.objects.bulk_create(Membership(team=team, agent_id=pk) for pk in sorted(wanted - present))
    record(TeamChanged(team_id=team.pk, name=team.name), by=by)
    return team


@transaction.atomic
def archive_team(team: Team, *, by: Actor) -> Team:
    """Offer the team nowhere any more; its tickets keep it. Raises NotAllowed."""
    policies.require(by, "admin.people")
    if team.archived_at is None:
        team.archived_at = now()
        team.save(update_fields=["archived_at"])
        record(TeamArchived(team_id=team.pk), by=by)
    return team


@transaction.atomic
def restore_team(team: Team, *, by: Actor) -> Team:
    policies.require(by, "admin.people")
    if team.archived_at is not None:
        team.archived_at = None
        team.save(update_fields=["archived_at"])
        record(TeamRestored(team_id=team.pk), by=by)
    return team


def _free_name(name: str, *, but: Team | None = None) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise NameMissing
    if Team.objects.filter(name__iexact=clean).exclude(pk=but.pk if but else 0).exists():
        raise TeamNameTaken(name=clean)
    return clean
