"""Published rules, read once and kept until somebody decides otherwise.

What cannot be read any more (its team is gone, its field) is left out here, with the words why; `health` switches it
off.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import CustomField
from tugon.lib.errors import DomainError
from tugon.lib.remember import remembered
from tugon.tickets.conditions import Group
from tugon.tickets.conditions.fields import EMPTINESS, PREFIX
from tugon.tickets.conditions.naming import resolve
from tugon.tickets.conditions.parsing import leaves
from tugon.tickets.models import State

from . import definitions
from .actions.giving import GiveTeam
from .definitions import Definition
from .models import Rule, Version

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to be weighed."""

    rule: Rule
    version: Version
    definition: Definition

    @property
    def via(self) -> str:
        """How timelines name it."""
        return f"{self.rule.name[:100]} v{self.version.number}"


@dataclass(frozen=True, slots=True)
class Broken:
    rule: Rule
    why: str


@dataclass(frozen=True, slots=True)
class Rulebook:
    """by_kind: kind → rules in their order."""

    by_kind: Mapping[str, tuple[Compiled, ...]]
    broken: tuple[Broken, ...]

    def on(self, occasion: str) -> tuple[Compiled, ...]:
        """Triggers that this occasion starts."""
        return tuple(one for one in self.by_kind.get("trigger", ()) if occasion in one.definition.on)


@dataclass(frozen=True, slots=True)
class There:
    """Which rows exist, for what rules name. teams: lower-case name → id."""

    teams: Mapping[str, int]
    ids: Mapping[str, frozenset[Any]]


@remembered
def rulebook() -> Rulebook:
    """All working rules. Six queries; none where they are remembered."""
    rows = list(Rule.objects.working())
    if not rows:
        return Rulebook({}, ())
    there = _there()
    found: dict[str, list[Compiled]] = {}
    broken = []
    for row in rows:
        try:
            found.setdefault(row.kind, []).append(compile_rule(row, there))
        except DomainError as error:
            broken.append(Broken(row, error.message))
        except Exception as error:
            logger.exception("Rule %s cannot be read", row.pk)
            broken.append(Broken(row, _("It cannot be read: {error}").format(error=type(error).__name__)))
    return Rulebook({kind: tuple(many) for kind, many in found.items()}, tuple(broken))


def compile_rule(rule: Rule, there: There | None = None) -> Compiled:
    """Raises RuleInvalid, ConditionInvalid where its published version can no longer be read."""
    version = rule.published
    if version is None:
        raise ValueError("Not published")
    return compile_version(rule, version, there)


def compile_version(rule: Rule, version: Version, there: There | None = None) -> Compiled:
    """The same of any version, also of one that was never kept (a draft)."""
    there = there or _there()
    definition = definitions.read(version.definition, kind=rule.kind)
    definition = replace(definition, conditions=resolve(definition.conditions))
    _require_rows(definition, there)
    actions = tuple(
        GiveTeam(there.teams[one.team.lower()])
        if isinstance(one, GiveTeam) and isinstance(one.team, str) and one.team.lower() in there.teams
        else one
        for one in definition.actions
    )
    return Compiled(rule, version, replace(definition, actions=actions))


def _there() -> There:
    teams = {name.lower(): pk for pk, name in Team.objects.filter(archived_at=None).values_list("pk", "name")}
    return There(
        teams,
        {
            "team": frozenset(teams.values()),
            "agent": frozenset(Agent.objects.active().values_list("pk", flat=True)),
            "state": frozenset(State.objects.filter(archived_at=None).values_list("pk", flat=True)),
            "field": frozenset(
                CustomField.objects.filter(on="ticket", archived_at=None).values_list("key", flat=True)
            ),
        },
    )


def _require_rows(definition: Definition, there: There) -> None:
    """Raises RuleInvalid when an action, or a condition on teams or fields, names what is gone."""
    from .actions.model import refuse

    words = {
        "team": _("a team it names is no longer there"),
        "agent": _("a person it names can no longer sign in"),
        "state": _("a state it names is no longer in use"),
        "field": _("a field it names is no longer there"),
    }
    for action in definition.actions:
        for kind, ids in action.rows().items():
            if ids - there.ids[kind]:
                refuse(words[kind])
    for kind, ids in _named(definition.conditions).items():
        if ids - there.ids[kind]:
            refuse(words[kind])


def _named(conditions: Group) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = {"team": set(), "field": set()}
    for leaf in leaves(conditions):
        if leaf.field == "team" and leaf.operator not in EMPTINESS:
            found["team"] |= {one for one in leaf.value if isinstance(one, int)}
        elif leaf.field.startswith(PREFIX):
            found["field"].add(leaf.key)
    return found
