"""JSON → checked tree. Pure: knows no row of the database; names of teams and people are resolved in `naming`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..errors import ConditionInvalid
from . import moments
from .fields import (
    CUSTOM_OPERATORS,
    DURATIONS,
    EMPTINESS,
    FIELDS,
    LISTS,
    POINTS,
    PREFIX,
    Field,
    Operator,
    Type,
)

VERSION = 1
MOST_DEPTH = 5
MOST_LEAVES = 100
MOST_VALUES = 200
MOST_LETTERS = 200

_KEY = re.compile(r"[-a-zA-Z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question. value: a tuple for lists, None for emptiness, otherwise text, number or true/false."""

    field: str
    operator: Operator
    value: Any = None

    @property
    def key(self) -> str:
        """The key of a custom field; empty for Tugon's own fields."""
        return self.field.removeprefix(PREFIX) if self.field.startswith(PREFIX) else ""


@dataclass(frozen=True, slots=True)
class Group:
    """True when every one of `all`, at least one of `any` (if there is one) and none of `none` is true."""

    all: tuple[Node, ...] = ()
    any: tuple[Node, ...] = ()
    none: tuple[Node, ...] = ()

    def __iter__(self) -> Iterator[Node]:
        yield from (*self.all, *self.any, *self.none)


Node = Leaf | Group


def parse(
    conditions: Mapping[str, Any] | Group,
    *,
    custom: Mapping[str, str] | None = None,
    context: Mapping[str, Field] | None = None,
) -> Group:
    """Check conditions and return them as a tree; an empty document is true for every ticket.

    custom: kind of each custom field by key; without it, custom fields are checked by form only. context: fields that
    may be asked about in addition (`context.fields()`), by name.
    Raises ConditionInvalid, whose words name the part.
    """
    if isinstance(conditions, Group):
        return conditions
    return _Reader(custom, FIELDS | dict(context or {})).group(conditions, "", 1)


def leaves(tree: Group) -> Iterator[Leaf]:
    for node in tree:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from leaves(node)


def fields_in(conditions: Mapping[str, Any] | Group) -> set[str]:
    """Names of all fields the conditions ask about."""
    return {leaf.field for leaf in leaves(parse(conditions))}


def to_json(tree: Group) -> dict[str, Any]:
    """The document a tree is kept as."""
    document: dict[str, Any] = {"version": VERSION}
    return document | _group_json(tree)


def _group_json(tree: Group) -> dict[str, Any]:
    parts = {"all": tree.all, "any": tree.any, "none": tree.none}
    return {name: [_node_json(node) for node in nodes] for name, nodes in parts.items() if nodes}


def _node_json(node: Node) -> dict[str, Any]:
    if isinstance(node, Group):
        return _group_json(node)
    leaf: dict[str, Any] = {"field": node.field, "is": str(node.operator)}
    if node.operator not in EMPTINESS:
        leaf["value"] = list(node.value) if isinstance(node.value, tuple) else node.value
    return leaf


class _Reader:
    """Walks the document once, counting leaves and remembering where it is."""

    def __init__(self, custom: Mapping[str, str] | None, fields: Mapping[str, Field]) -> None:
        self.custom = custom
        self.fields = fields
        self.count = 0

    def group(self, given: Any, path: str, depth: int) -> Group:
        if not isinstance(given, Mapping):
            _refuse(path, _("a group has the parts “all”, “any” and “none”"))
        if depth > MOST_DEPTH:
            _refuse(path, _("groups are nested more than {number} deep").format(number=MOST_DEPTH))
        known = {"all", "any", "none"} | ({"version"} if depth == 1 else set())
        for name in given:
            if name not in known:
                _refuse(path, _("“{name}” is not part of a condition").format(name=str(name)[:60]))
        if given.get("version", VERSION) != VERSION:
            _refuse(path, _("it was written for another version of Tugon"))
        return Group(
            *(self._nodes(given.get(name, []), path, name, depth) for name in ("all", "any", "none"))
        )

    def _nodes(self, given: Any, path: str, name: str, depth: int) -> tuple[Node, ...]:
        if not isinstance(given, list | tuple):
            _refuse(path, _("“{name}” is a list of conditions").format(name=name))
        return tuple(
            self._node(item, _place(path, name, index), depth) for index, item in enumerate(given, start=1)
        )

    def _node(self, given: Any, path: str, depth: int) -> Node:
        if isinstance(given, Mapping) and "field" in given:
            return self._leaf(given, path)
        return self.group(given, path, depth + 1)

    def _leaf(self, given: Mapping[str, Any], path: str) -> Leaf:
        self.count += 1
        if self.count > MOST_LEAVES:
            _refuse(path, _("there are more than {number} conditions").format(number=MOST_LEAVES))
        name = given["field"]
        for part in given:
            if part not in ("field", "is", "value"):
                _refuse(path, _("“{name}” is not part of a condition").format(name=str(part)[:60]))
        if isinstance(name, str) and name.startswith(PREFIX):
            label = name.removeprefix(PREFIX)
            operator = self._operator(given.get("is"), self._custom_operators(name, path), label)
            return Leaf(name, operator, _value(_custom_value, None, operator, given.get("value"), label))
        if not isinstance(name, str) or name not in self.fields:
            _refuse(path, _("there is no field “{name}”").format(name=str(name)[:60]))
        field = self.fields[name]
        label = str(field.label)
        operator = self._operator(given.get("is"), field.operators, label)
        return Leaf(name, operator, _value(_READERS[field.type], field, operator, given.get("value"), label))

    def _custom_operators(self, name: str, path: str) -> tuple[Operator, ...]:
        key = name.removeprefix(PREFIX)
        if not _KEY.fullmatch(key) or (self.custom is not None and key not in self.custom):
            _refuse(path, _("there is no field “{name}”").format(name=name[:60]))
        return CUSTOM_OPERATORS[self.custom[key]] if self.custom is not None else tuple(Operator)

    @staticmethod
    def _operator(given: Any, allowed: tuple[Operator, ...], label: str) -> Operator:
        if not isinstance(given, str) or given not in [str(one) for one in allowed]:
            choices = ", ".join(str(one) for one in allowed)
            _refuse(label, _("“is” must be one of: {choices}").format(choices=choices))
        return Operator(given)


def _value(read: Any, field: Field | None, operator: Operator, given: Any, label: str) -> Any:
    if operator in EMPTINESS:
        return None
    try:
        if operator in LISTS:
            return _list(read, field, given)
        if operator in DURATIONS:
            moments.duration(given)
            return " ".join(str(given).lower().split())
        if operator in POINTS:
            return moments.canonical(given)
        return read(field, given)
    except (ValueError, TypeError) as error:
        _refuse(label, str(error))


def _list(read: Any, field: Field | None, given: Any) -> tuple[Any, ...]:
    items = given if isinstance(given, list | tuple) else [given]
    if not items or given is None:
        raise ValueError(_("choose at least one value"))
    if len(items) > MOST_VALUES:
        raise ValueError(_("choose at most {number} values").format(number=MOST_VALUES))
    return tuple(dict.fromkeys(read(field, item) for item in items))


def _choice(field: Field, given: Any) -> str:
    value = _text(field, given, may_be_empty=True).lower()
    if field.choices and value not in field.choices:
        raise ValueError(_("choose one of: {choices}").format(choices=", ".join(map(str, field.choices))))
    return value


def _level(field: Field, given: Any) -> int:
    value = field.names.get(str(given).strip().lower())
    if value is None:
        value = _whole(given)
    if value not in field.choices:
        raise ValueError(_("choose one of: {choices}").format(choices=", ".join(field.names)))
    return value


def _reference(field: Field, given: Any) -> int | str:
    if isinstance(given, str) and not given.strip().isdecimal():
        value = _text(field, given)
        return value.lower() if value.lower() in field.words else value
    return _whole(given)


def _member(field: Field, given: Any) -> int | str:
    return _reference(field, given) if field.words else _text(field, given).lower()


def _number(_field: Field | None, given: Any) -> int | float:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise ValueError(_("give a number"))
    try:
        value = float(given)
    except ValueError:
        raise ValueError(_("give a number")) from None
    if not abs(value) < 2**53:
        raise ValueError(_("give a smaller number"))
    return int(value) if value == int(value) else value


def _whole(given: Any) -> int:
    value = _number(None, given)
    if not isinstance(value, int) or value < 0:
        raise ValueError(_("give a whole number"))
    return value


def _flag(_field: Field | None, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    if str(given).lower() in ("true", "false"):
        return str(given).lower() == "true"
    raise ValueError(_("answer true or false"))


def _text(_field: Field | None, given: Any, *, may_be_empty: bool = False) -> str:
    if not isinstance(given, str) or (not given.strip() and not may_be_empty):
        raise ValueError(_("write some words"))
    if len(given) > MOST_LETTERS:
        raise ValueError(_("write at most {number} letters").format(number=MOST_LETTERS))
    if "\0" in given:
        raise ValueError(_("write some words"))
    return given.strip()


def _custom_value(_field: None, given: Any) -> Any:
    if isinstance(given, bool | int | float):
        return given
    return _text(None, given)


_READERS = {
    Type.CHOICE: _choice,
    Type.LEVEL: _level,
    Type.REFERENCE: _reference,
    Type.SET: _member,
    Type.NUMBER: _number,
    Type.FLAG: _flag,
    Type.TEXT: _text,
    Type.WORDS: _text,
    Type.MOMENT: _text,
}


def _place(outer: str, group: str, index: int) -> str:
    """Where a condition stands, as the editor calls it."""
    groups = {"all": _("All of these"), "any": _("At least one of these"), "none": _("None of these")}
    place = _("“{group}”, line {number}").format(group=groups[group], number=index)
    return f"{outer}, {place}" if outer else place


def _refuse(where: str, reason: str) -> Any:
    """where: the field's name, or the place of something that is no field."""
    raise ConditionInvalid(reason=f"{where}: {reason}" if where else reason)
