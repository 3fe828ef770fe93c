"""Rules that contradict each other: both can fit one ticket, and each sets the same to something else. Pure.

Whether both can fit is judged from above: only where two conditions that must hold exclude each other for certain, they
cannot. What is said in words of a message excludes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugon.tickets.conditions import Group, Leaf
from tugon.tickets.conditions.context import field_named
from tugon.tickets.conditions.fields import Operator

from .actions import Action, Names
from .actions.giving import GiveAgent, GiveTeam
from .actions.setting import ChangeTags, SetField, SetProperty, SetStatus
from .actions.telling import Reply
from .compiled import Compiled


@dataclass(frozen=True, slots=True)
class Conflict:
    """words: what clashes, and which of the two has the last word."""

    other: Compiled
    words: str


def conflicts(one: Compiled, others: Iterable[Compiled], names: Names | None = None) -> list[Conflict]:
    """What the rule would set differently than another that can fit the same ticket on the same occasion."""
    found = []
    for other in others:
        if not _meet(one, other) or not can_both_hold(one.definition.conditions, other.definition.conditions):
            continue
        clash = _clash(one.definition.actions, other.definition.actions)
        if clash is not None:
            found.append(Conflict(other, _words(one, other, *clash, names or Names())))
    return found


def _meet(one: Compiled, other: Compiled) -> bool:
    """Whether both are weighed together: on one occasion, and the first does not keep the second from it."""
    if one.definition.kind != other.definition.kind:
        return False
    first = min(one, other, key=lambda rule: (rule.rule.position, rule.rule.pk or 0))
    if first.definition.stops:
        return False
    if one.definition.kind == "trigger":
        return bool(set(one.definition.on) & set(other.definition.on))
    return one.definition.kind in ("automation", "filter")


def _words(one: Compiled, other: Compiled, mine: Action, theirs: Action, names: Names) -> str:
    last = max(one, other, key=lambda rule: (rule.rule.position, rule.rule.pk or 0))
    return _(
        "“{name}” says: {mine}. “{other}” says: {theirs}."
        " Both can fit the same ticket; then “{last}” has the last word."
    ).format(
        name=one.rule.name,
        mine=mine.words(names),
        other=other.rule.name,
        theirs=theirs.words(names),
        last=last.rule.name,
    )


def _clash(mine: Iterable[Action], theirs: Iterable[Action]) -> tuple[Action, Action] | None:
    theirs = tuple(theirs)
    for action in mine:
        for other in theirs:
            if _differ(action, other):
                return action, other
    return None


def _differ(one: Action, other: Action) -> bool:
    match one, other:
        case SetProperty(), SetProperty():
            return (
                one.field == other.field and one.value != other.value and not (one.at_least or other.at_least)
            )
        case SetField(), SetField():
            return one.key == other.key and one.value != other.value
        case ChangeTags(), ChangeTags():
            return bool(set(one.add) & set(other.remove) or set(one.remove) & set(other.add))
        case (SetStatus(), SetStatus()) | (GiveTeam(), GiveTeam()) | (GiveAgent(), GiveAgent()):
            return one != other
        case Reply(), Reply():
            return one.acknowledges and other.acknowledges
        case _:
            return False


def can_both_hold(one: Group, other: Group) -> bool:
    """Whether a ticket could fit both. False only for certain."""
    theirs = list(_musts(other))
    return not any(_exclude(mine, leaf) for mine in _musts(one) for leaf in theirs)


def _musts(tree: Group) -> Iterator[Leaf]:
    """What must hold, whatever else: `all`, an `any` of one, and the opposite of `none` where it has one."""
    for node in (*tree.all, *(tree.any if len(tree.any) == 1 else ())):
        if isinstance(node, Leaf):
            yield node
        else:
            yield from _musts(node)
    for node in tree.none:
        opposite = _OPPOSITES.get(node.operator) if isinstance(node, Leaf) else None
        if opposite is not None and isinstance(node, Leaf):
            yield Leaf(node.field, opposite, node.value)


_OPPOSITES = {
    Operator.IN: Operator.NOT_IN,
    Operator.NOT_IN: Operator.IN,
    Operator.ANY_OF: Operator.NONE_OF,
    Operator.NONE_OF: Operator.ANY_OF,
    Operator.EMPTY: Operator.NOT_EMPTY,
    Operator.NOT_EMPTY: Operator.EMPTY,
}


def _exclude(one: Leaf, other: Leaf) -> bool:
    """Whether two conditions on one field can never hold together."""
    if one.field != other.field:
        return False
    return _exclude_so(one, other) or _exclude_so(other, one)


def _exclude_so(one: Leaf, other: Leaf) -> bool:
    mine, theirs = _values(one), _values(other)
    match one.operator, other.operator:
        case Operator.IN, Operator.IN:
            return one.field not in ("assignee", "channel", "language") and not mine & theirs
        case Operator.IN, Operator.NOT_IN:
            return mine <= theirs
        case ((Operator.ALL_OF | Operator.ANY_OF), Operator.NONE_OF):
            return mine <= theirs
        case Operator.ALL_OF, _:
            return False
        case Operator.IS, Operator.IS:
            return bool(one.value != other.value)
        case Operator.EMPTY, (Operator.NOT_EMPTY | Operator.ANY_OF | Operator.ALL_OF):
            return True
        case Operator.EMPTY, Operator.IN:
            return field_named(other.field).type == "reference" and not {"nobody", "none", ""} & theirs
        case Operator.AT_LEAST, (Operator.AT_MOST | Operator.IS):
            return _number(other.value) < _number(one.value)
        case Operator.AT_MOST, Operator.IS:
            return _number(other.value) > _number(one.value)
        case Operator.AT_LEAST, Operator.IN:
            return all(_number(value) < _number(one.value) for value in theirs)
        case Operator.AT_MOST, Operator.IN:
            return all(_number(value) > _number(one.value) for value in theirs)
        case _:
            return False


def _values(leaf: Leaf) -> set[Any]:
    return set(leaf.value) if isinstance(leaf.value, tuple) else {leaf.value}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
