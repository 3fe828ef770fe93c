"""What a change of many tickets does to each, in words: "Priority: Normal → Urgent"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Team
from tugon.pages.formats import moment_words
from tugon.tickets.models import Priority, State, Status
from tugon.tickets.operations.bulk_verbs import LABELS

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Of what the values point to, by id."""

    agents: dict[int, str]
    teams: dict[int, str]
    states: dict[int, str]


def names_in(pairs: Iterable[tuple[Values, Values]], language: str) -> Names:
    """Names of all agents, teams and states in these values. Three queries at most."""
    found: dict[str, set[int]] = {"assignee": set(), "team": set(), "state": set()}
    for pair in pairs:
        for values in pair:
            for name, ids in found.items():
                if values.get(name):
                    ids.add(int(values[name]))
    agents, teams, states = found["assignee"], found["team"], found["state"]
    return Names(
        dict(Agent.objects.filter(pk__in=agents).values_list("pk", "name")) if agents else {},
        dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")) if teams else {},
        {row.pk: row.name_in(language) for row in State.objects.filter(pk__in=states)} if states else {},
    )


def words(changes: Mapping[str, tuple[Any, Any]], names: Names) -> str:
    """All changes of one ticket in a line; empty where nothing changes. A state's own word stands for its status."""
    shown = {name: pair for name, pair in changes.items() if name != "status" or "state" not in changes}
    return "; ".join(
        f"{LABELS[name]}: {_value(name, before, names)} → {_value(name, after, names)}"
        for name, (before, after) in shown.items()
        if name in LABELS
    )


def _value(name: str, value: Any, names: Names) -> str:
    if name == "spam":
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return _("none")
    if name == "merged_into":
        return f"#{value}"
    if name == "snoozed_until":
        return moment_words(datetime.fromisoformat(str(value)), "short")
    if name == "tags":
        return ", ".join(value)
    if name == "status":
        return str(Status(value).label)
    if name == "priority":
        return str(Priority(value).label)
    known = {"assignee": names.agents, "team": names.teams, "state": names.states}[name]
    return known.get(int(value), f"{value}")
