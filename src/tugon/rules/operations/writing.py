from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from tugon.accounts.models import Agent, Team
from tugon.accounts.policies import allowed, require
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed

from .. import events
from ..definitions import verified, write
from ..errors import RuleNameMissing
from ..models import Rule

PERMISSION = "rule.edit"


@transaction.atomic
def create(
    *,
    kind: str,
    name: str,
    definition: Mapping[str, Any],
    by: Actor,
    note: str = "",
    agent: Agent | None = None,
    team: Team | None = None,
) -> Rule:
    """Make a rule as a draft, at the end of its kind. agent, team: whose macro it is; neither: everyone's.

    Raises NotAllowed (one's own macros need no permission), RuleNameMissing, RuleInvalid, ConditionInvalid.
    """
    _require_may_make(by, kind, agent)
    draft = write(verified(definition, kind=kind))
    last = Rule.objects.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    row = Rule.objects.create(
        kind=kind,
        name=_named(name),
        note=_line(note, 300),
        position=last + 1,
        draft=draft,
        agent=agent if kind == Rule.Kind.MACRO else None,
        team=team if kind == Rule.Kind.MACRO and agent is None else None,
    )
    record(events.RuleCreated(rule_id=row.pk, kind=kind), by=by)
    return row


@transaction.atomic
def save_draft(rule: Rule, *, definition: Mapping[str, Any], by: Actor) -> Rule:
    """Keep what somebody works on; what is published goes on until it is published, too. A repeat does nothing.

    Raises NotAllowed, RuleInvalid, ConditionInvalid.
    """
    row = locked(rule, by)
    draft = write(verified(definition, kind=row.kind))
    if row.published is not None and row.published.definition == draft:
        wanted: dict[str, Any] | None = None
    else:
        wanted = draft
    if row.draft != wanted:
        row.draft = wanted
        row.save(update_fields=["draft"])
        record(events.RuleChanged(rule_id=row.pk, fields=("draft",)), by=by)
    return row


@transaction.atomic
def change(rule: Rule, *, by: Actor, name: str | None = None, note: str | None = None) -> Rule:
    """Rename it or say why it is there. A repeat does nothing. Raises NotAllowed, RuleNameMissing."""
    row = locked(rule, by)
    wanted = {
        "name": row.name if name is None else _named(name),
        "note": row.note if note is None else _line(note, 300),
    }
    changed = [field for field, value in wanted.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, wanted[field])
        # What a person wrote stands in place of the words Tugon brought in several languages.
        setattr(row, f"{field}s", {})
    if changed:
        row.save(update_fields=[*changed, *(f"{field}s" for field in changed)])
        record(events.RuleChanged(rule_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def give_macro(rule: Rule, *, by: Actor, agent: Agent | None = None, team: Team | None = None) -> Rule:
    """Whose a macro is: one's own, a team's, everyone's (neither). Raises NotAllowed."""
    row = locked(rule, by)
    _require_may_make(by, row.kind, agent)
    wanted = (agent.pk if agent else None, team.pk if team and not agent else None)
    if row.kind == Rule.Kind.MACRO and (row.agent_id, row.team_id) != wanted:
        row.agent_id, row.team_id = wanted
        row.save(update_fields=["agent", "team"])
        record(events.RuleChanged(rule_id=row.pk, fields=("owner",)), by=by)
    return row


@transaction.atomic
def copy(rule: Rule, *, name: str, by: Actor) -> Rule:
    """A new draft that says the same. Raises as `create`."""
    definition = rule.draft or (rule.published.definition if rule.published else {})
    return create(
        kind=rule.kind,
        name=name,
        note=rule.note,
        definition=definition,
        agent=rule.agent,
        team=rule.team,
        by=by,
    )


@transaction.atomic
def reorder(ids: Sequence[int], *, by: Actor) -> None:
    """Put these rules of one kind in this order, among the places they had. A repeat does nothing. Raises
    NotAllowed."""
    require(by, PERMISSION)
    rows = {row.pk: row for row in Rule.objects.select_for_update(of=("self",)).filter(pk__in=ids)}
    ordered = [rows[pk] for pk in dict.fromkeys(ids) if pk in rows]
    places = sorted(row.position for row in ordered)
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + 1)
    for row, position in zip(ordered, places, strict=True):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
            record(events.RuleChanged(rule_id=row.pk, fields=("position",)), by=by)


@transaction.atomic
def archive(rule: Rule, *, by: Actor, restores: bool = False) -> Rule:
    """Take it out of use; its versions and log stay. restores: back as switched off. A repeat does nothing."""
    row = locked(rule, by)
    if (row.archived_at is None) == restores:
        return row
    row.archived_at, row.is_on = (None if restores else now()), False
    row.save(update_fields=["archived_at", "is_on"])
    fact = events.RuleChanged(rule_id=row.pk, fields=("archived_at",)) if restores else None
    record(fact or events.RuleArchived(rule_id=row.pk), by=by)
    return row


def locked(rule: Rule, by: Actor) -> Rule:
    """The row locked, for who may change it. Raises NotAllowed."""
    row = Rule.objects.select_related("published").select_for_update(of=("self",)).get(pk=rule.pk)
    if not (row.agent_id and by.kind is ActorKind.AGENT and row.agent_id == by.id):
        require(by, PERMISSION)
    return row


def _require_may_make(by: Actor, kind: str, agent: Agent | None) -> None:
    own = kind == Rule.Kind.MACRO and agent is not None and by.kind is ActorKind.AGENT and by.id == agent.pk
    if not (own and allowed(by, "ticket.edit")):
        require(by, PERMISSION)
        if agent is not None and not own:
            raise NotAllowed


def _named(name: str) -> str:
    line = _line(name, 80)
    if not line:
        raise RuleNameMissing
    return line


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
