"""Tree × plain dict → true or false. Pure: no database, no clock. Says the same as the compiled query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from . import moments
from .fields import Operator
from .parsing import Group, Leaf, Node, parse


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom "me" and "my teams" mean. colleague_ids: agents of the same teams, oneself too. zone: IANA name."""

    id: int | None = None
    team_ids: frozenset[int] = frozenset()
    colleague_ids: frozenset[int] = frozenset()
    zone: str = "UTC"


NOBODY = Asker()


@runtime_checkable
class Answering(Protocol):
    """A value that knows itself whether a condition holds of it: the words of a message, asked for whole words."""

    def answers(self, leaf: Leaf) -> bool: ...


def matches(
    conditions: Mapping[str, Any] | Group, snapshot: Mapping[str, Any], now: datetime, asker: Asker = NOBODY
) -> bool:
    """Whether a ticket, as `snapshot()` makes it, fits. now: aware. Values must be ids, as `resolve` leaves them.

    Raises ConditionInvalid.
    """
    return _group(parse(conditions), snapshot, now, asker)


def _group(tree: Group, snapshot: Mapping[str, Any], now: datetime, asker: Asker) -> bool:
    def holds(node: Node) -> bool:
        if isinstance(node, Group):
            return _group(node, snapshot, now, asker)
        return _leaf(node, snapshot, now, asker)

    return (
        all(holds(node) for node in tree.all)
        and (not tree.any or any(holds(node) for node in tree.any))
        and not any(holds(node) for node in tree.none)
    )


def _leaf(leaf: Leaf, snapshot: Mapping[str, Any], now: datetime, asker: Asker) -> bool:
    if leaf.key:
        return _custom(leaf, snapshot.get("fields", {}).get(leaf.key), now, asker)
    value = snapshot.get(leaf.field)
    if isinstance(value, Answering):
        return value.answers(leaf)
    match leaf.operator:
        case Operator.EMPTY | Operator.NOT_EMPTY:
            return (value in (None, "") or (isinstance(value, Collection) and not value)) == (
                leaf.operator is Operator.EMPTY
            )
        case Operator.IN | Operator.NOT_IN:
            return _is_in(leaf, value, snapshot, asker) == (leaf.operator is Operator.IN)
        case Operator.ANY_OF | Operator.ALL_OF | Operator.NONE_OF:
            return _members(leaf, set(value or ()), asker)
        case Operator.CONTAINS | Operator.LACKS:
            found = str(leaf.value).upper() in str(value or "").upper()
            return found == (leaf.operator is Operator.CONTAINS)
        case Operator.IS:
            return bool(value == leaf.value)
        case Operator.AT_LEAST:
            return value is not None and value >= leaf.value
        case Operator.AT_MOST:
            return value is not None and value <= leaf.value
        case _:
            return value is not None and _between(
                value, *moments.bounds(leaf.operator, leaf.value, now=now, zone=asker.zone)
            )


def _is_in(leaf: Leaf, value: Any, snapshot: Mapping[str, Any], asker: Asker) -> bool:
    wanted = set(leaf.value)
    match leaf.field:
        case "team":
            wanted |= asker.team_ids if "my_teams" in wanted else set()
            return value in wanted or (value is None and "none" in wanted)
        case "assignee":
            wanted |= {asker.id} - {None} if "me" in wanted else set()
            wanted |= asker.colleague_ids if "my_teams" in wanted else set()
            return value in wanted or (value is None and "nobody" in wanted)
        case "channel":
            return value in wanted or snapshot.get("channel_kind") in wanted
        case "language":
            return value in wanted or any(one and str(value).startswith(f"{one}-") for one in wanted)
        case _:
            return value in wanted


def _members(leaf: Leaf, present: set[Any], asker: Asker) -> bool:
    has_me = leaf.field == "followers"
    wanted = {(asker.id or 0) if has_me and one == "me" else one for one in leaf.value}
    match leaf.operator:
        case Operator.ALL_OF:
            return wanted <= present
        case Operator.ANY_OF:
            return bool(wanted & present)
        case _:
            return not wanted & present


def _custom(leaf: Leaf, value: Any, now: datetime, asker: Asker) -> bool:
    match leaf.operator:
        case Operator.EMPTY | Operator.NOT_EMPTY:
            return (value in (None, "", [])) == (leaf.operator is Operator.EMPTY)
        case Operator.CONTAINS | Operator.LACKS:
            found = isinstance(value, str) and str(leaf.value).upper() in value.upper()
            return found == (leaf.operator is Operator.CONTAINS)
        case Operator.ALL_OF:
            return all(_holds(value, one) for one in leaf.value)
        case Operator.IN | Operator.ANY_OF:
            return any(_holds(value, one) for one in leaf.value)
        case Operator.NOT_IN | Operator.NONE_OF:
            return not any(_holds(value, one) for one in leaf.value)
        case Operator.IS:
            return _holds(value, leaf.value)
        case Operator.AT_LEAST | Operator.AT_MOST:
            if not (_is_number(value) and _is_number(leaf.value)):
                return False
            return bool(value >= leaf.value if leaf.operator is Operator.AT_LEAST else value <= leaf.value)
        case _:
            return isinstance(value, str) and _between(
                value, *moments.day_bounds(leaf.operator, leaf.value, now=now, zone=asker.zone)
            )


def _holds(value: Any, wanted: Any) -> bool:
    """Equal, or a list with an equal member; true is not 1."""
    items = value if isinstance(value, list) else [value]
    return any(isinstance(item, bool) == isinstance(wanted, bool) and item == wanted for item in items)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _between(value: Any, low: Any, high: Any) -> bool:
    return (low is None or value >= low) and (high is None or value < high)
