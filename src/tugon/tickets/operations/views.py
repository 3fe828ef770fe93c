"""Saved lists: one's own, a team's, everyone's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from tugon.accounts.models import Agent, Team
from tugon.accounts.policies import require
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.errors import NotAllowed
from tugon.lib.remember import remembered

from .. import events, showing
from ..conditions import to_json
from ..conditions.naming import checked
from ..errors import NameMissing, OrderUnknown
from ..lists import ORDERS
from ..models import View

CHANGEABLE = ("name", "icon", "conditions", "order", "columns", "shortcut")


@transaction.atomic
def create_view(
    *,
    name: str,
    conditions: Mapping[str, Any],
    by: Actor,
    team: Team | None = None,
    for_everyone: bool = False,
    order: str = "-updated_at",
    icon: str = "",
    columns: Sequence[str] = (),
    shortcut: str = "",
) -> View:
    """Save a list for oneself, a team or everyone. Conditions are kept with ids in place of names.

    Raises NotAllowed (sharing needs view.share), NameMissing, ConditionInvalid, OrderUnknown, ColumnUnknown.
    """
    shared = team is not None or for_everyone
    _require_owner(by, shared)
    values = _clean(
        {
            "name": name,
            "conditions": conditions,
            "order": order,
            "icon": icon,
            "columns": columns,
            "shortcut": shortcut,
        }
    )
    last = View.objects.aggregate(last=Max("position"))["last"] or 0
    row = View.objects.create(agent=None if shared else by.subject, team=team, position=last + 1, **values)
    record(events.ViewCreated(view_id=row.pk), by=by)
    return row


@transaction.atomic
def change_view(view: View, *, by: Actor, **values: Any) -> View:
    """Set name, icon, conditions, order, columns or shortcut. A repeat does nothing. Raises as `create_view`."""
    row = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    _require_may_change(by, row)
    clean = _clean({name: value for name, value in values.items() if name in CHANGEABLE})
    changed = [name for name, value in clean.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, clean[name])
    if "name" in changed:
        row.names = {}
        changed.append("names")
    if changed:
        row.save(update_fields=changed)
        record(events.ViewChanged(view_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def share_view(view: View, *, by: Actor, team: Team | None = None) -> View:
    """Give one's view to a team, or to everyone without `team`. Raises NotAllowed without view.share."""
    row = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    _require_may_change(by, row)
    require(by, "view.share")
    if row.agent_id is not None or row.team_id != (team and team.pk):
        row.agent, row.team = None, team
        row.save(update_fields=["agent", "team"])
        record(events.ViewChanged(view_id=row.pk, fields=("shared",)), by=by)
    return row


@transaction.atomic
def keep_view_to_oneself(view: View, *, by: Actor) -> View:
    """Make a shared view one's own: nobody else sees it any more. Raises NotAllowed without view.share."""
    row = View.objects.select_for_update(of=("self",)).get(pk=view.pk)
    _require_may_change(by, row)
    if row.agent_id is None and by.kind is ActorKind.AGENT:
        row.agent, row.team = by.subject, None
        row.save(update_fields=["agent", "team"])
        record(events.ViewChanged(view_id=row.pk, fields=("shared",)), by=by)
    return row


@transaction.atomic
def reorder_views(ids: Sequence[int], *, by: Actor) -> None:
    """Put these views in this order, among the places they had. Views one may not change keep theirs."""
    rows = {row.pk: row for row in View.objects.select_for_update(of=("self",)).filter(pk__in=ids)}
    mine = [rows[pk] for pk in dict.fromkeys(ids) if pk in rows and _may_change(by, rows[pk])]
    places = sorted(row.position for row in mine)
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + 1)
    for row, position in zip(mine, places, strict=True):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
            record(events.ViewChanged(view_id=row.pk, fields=("position",)), by=by)


@transaction.atomic
def delete_view(view: View, *, by: Actor) -> None:
    """Forget a saved list; its tickets stay. A repeat does nothing."""
    row = View.objects.select_for_update(of=("self",)).filter(pk=view.pk).first()
    if row is not None:
        _require_may_change(by, row)
        record(events.ViewDeleted(view_id=row.pk), by=by)
        row.delete()


def views_for(agent: Agent) -> list[View]:
    """What an agent finds in the left column: everyone's views, those of its teams, its own. One query."""
    return list(_views_for(agent.pk, agent.team_ids))


@remembered
def _views_for(agent: int, teams: frozenset[int]) -> tuple[View, ...]:
    wanted = Q(agent=agent) | Q(team__in=teams) | Q(agent=None, team=None)
    return tuple(View.objects.filter(wanted).select_related("team"))


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    if "name" in values:
        values["name"] = " ".join(str(values["name"]).split())[:80]
        if not values["name"]:
            raise NameMissing
    if "conditions" in values:
        values["conditions"] = to_json(checked(values["conditions"]))
    if "order" in values and values["order"] not in ORDERS:
        raise OrderUnknown(order=values["order"])
    if "columns" in values:
        values["columns"] = showing.checked(values["columns"])
    for name, length in (("icon", 40), ("shortcut", 1)):
        if name in values:
            values[name] = str(values[name])[:length]
    return values


def _may_change(by: Actor, view: View) -> bool:
    try:
        _require_may_change(by, view)
    except NotAllowed:
        return False
    return True


def _require_may_change(by: Actor, view: View) -> None:
    if view.agent_id is not None and by.kind is ActorKind.AGENT and view.agent_id != by.id:
        raise NotAllowed
    _require_owner(by, shared=view.agent_id is None)


def _require_owner(by: Actor, shared: bool) -> None:
    if shared:
        require(by, "view.share")
    elif by.kind is not ActorKind.AGENT:
        raise NotAllowed
    else:
        require(by, "ticket.view")
