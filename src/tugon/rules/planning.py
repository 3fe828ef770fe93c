"""Match → plan: which rules fit, and what each would change. Pure: nothing is written, nobody is told.

Rules are weighed in their order, each on the ticket as the rules before it would leave it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tugon.tickets.conditions import Asker, matches
from tugon.tickets.conditions.matching import NOBODY

from .actions import Action
from .compiled import Compiled
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One action on paper. changes: field → (before, after). is_needless: all is so already."""

    action: Action
    changes: Mapping[str, tuple[Any, Any]]
    is_needless: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A rule that fits, with what it would do. standing: how the ticket stood when it was weighed."""

    compiled: Compiled
    steps: tuple[Step, ...]
    standing: Standing

    @property
    def does_nothing(self) -> bool:
        return all(step.is_needless for step in self.steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. after: how the ticket would stand. weighed: how many rules were looked at."""

    planned: tuple[Planned, ...]
    after: Standing
    weighed: int = 0
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def plan(
    rules: Iterable[Compiled],
    standing: Standing,
    *,
    now: datetime,
    without: Collection[int] = (),
    asker: Asker = NOBODY,
) -> Plan:
    """What these rules would do to a ticket that stands so. now: aware. without: ids of rules that acted already on
    this chain of causes. asker: whom "me" means.
    """
    found: list[Planned] = []
    changes: dict[str, tuple[Any, Any]] = {}
    weighed = 0
    for one in rules:
        if one.rule.pk in without or not one.definition.is_active(now):
            continue
        weighed += 1
        if not matches(one.definition.conditions, standing, now, asker):
            continue
        before = standing
        steps, standing = foresee(one.definition.actions, standing)
        found.append(Planned(one, steps, before))
        for step in steps:
            for name, (old, new) in step.changes.items():
                changes[name] = (changes[name][0] if name in changes else old, new)
        if one.definition.stops:
            break
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    return Plan(tuple(found), standing, weighed, changed)


def foresee(actions: Iterable[Action], standing: Standing) -> tuple[tuple[Step, ...], Standing]:
    """The actions on paper, one after the other."""
    steps = []
    for action in actions:
        after = action.effects(standing)
        is_needless = action.needless(standing)
        changes = {name: (standing.get(name), value) for name, value in after.items()}
        steps.append(Step(action, changes, is_needless))
        standing = standing.with_changes(after)
    return tuple(steps), standing
