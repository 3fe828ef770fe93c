"""Rules that would begin each other for ever: A changes what begins B, and B changes it back. Pure.

Tugon stops any chain at a rule's second turn; this tells people before, since what such rules do is never what was
meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tugon.tickets.conditions import Group, Leaf
from tugon.tickets.conditions.fields import Operator

from .actions import Action
from .actions.giving import GiveAgent, GiveTeam
from .actions.setting import ChangeTags, SetField, SetProperty, SetStatus
from .compiled import Compiled
from .conflicts import can_both_hold
from .occasions import OCCASIONS

LONGEST = 4
"""Rules in a circle that is looked for."""


def circle(one: Compiled, others: Iterable[Compiled]) -> str:
    """Words about the circle that the rule would close; empty where there is none."""
    if one.definition.kind != "trigger":
        return ""
    if _begins_itself(one):
        return _("“{name}” does again what begins it.").format(name=one.rule.name)
    rules = [one, *(other for other in others if other.definition.kind == "trigger")]
    path = _walk(one, [one], rules)
    if path is None:
        return ""
    names = [f"“{rule.rule.name}”" for rule in (*path, one)]
    return _("{path}, and so on.").format(path=" → ".join(names))


def _begins_itself(one: Compiled) -> bool:
    """Whether what it does anew each time is what begins it: a note on a note."""
    begins = {name for occasion in one.definition.on for name in OCCASIONS[occasion].facts}
    return any(action.repeats and begins & set(action.emits) for action in one.definition.actions)


def _walk(start: Compiled, path: list[Compiled], rules: list[Compiled]) -> list[Compiled] | None:
    for following in rules:
        if not _leads_to(path[-1], following):
            continue
        if following is start:
            if len(path) > 1 and _undo_each_other(path):
                return path
        elif (
            following not in path
            and len(path) < LONGEST
            and (found := _walk(start, [*path, following], rules))
        ):
            return found
    return None


def _leads_to(one: Compiled, other: Compiled) -> bool:
    """Whether what one does begins the other, as far as the conditions tell."""
    emitted = {name for action in one.definition.actions for name in action.emits}
    begins = {name for occasion in other.definition.on for name in OCCASIONS[occasion].facts}
    return bool(emitted & begins) and can_both_hold(_effects(one), other.definition.conditions)


def _effects(one: Compiled) -> Group:
    """How a ticket stands after the rule, as conditions."""
    leaves: list[Leaf] = []
    for action in one.definition.actions:
        match action:
            case SetProperty() if not action.at_least:
                leaves.append(Leaf(action.field, Operator.IN, (action.value,)))
            case SetStatus() if action.status:
                leaves.append(Leaf("status", Operator.IN, (action.status,)))
            case GiveTeam() if isinstance(action.team, int):
                leaves.append(Leaf("team", Operator.IN, (action.team,)))
            case ChangeTags() if action.add:
                leaves.append(Leaf("tags", Operator.ALL_OF, action.add))
            case _:
                pass
    return Group(all=tuple(leaves))


def _undo_each_other(path: list[Compiled]) -> bool:
    """Whether along the way something is set to different values, so that no turn is the last."""
    seen: dict[Any, Any] = {}
    for rule in path:
        for action in rule.definition.actions:
            for key, value in _set_by(action):
                if key in seen and seen[key] != value:
                    return True
                seen[key] = value
    return False


def _set_by(action: Action) -> list[tuple[Any, Any]]:
    match action:
        case SetProperty():
            return [] if action.at_least else [(action.field, action.value)]
        case SetField():
            return [(f"fields.{action.key}", str(action.value))]
        case SetStatus():
            return [("status", action.state or action.status)]
        case GiveTeam():
            return [("team", action.team)]
        case GiveAgent():
            return [("assignee", action.agent)]
        case ChangeTags():
            return [(f"tag:{tag}", True) for tag in action.add] + [
                (f"tag:{tag}", False) for tag in action.remove
            ]
        case _:
            return []
