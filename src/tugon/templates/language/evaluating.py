"""A program with the values of one case: the tree that a person reads. Pure; as long as the text is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tugon.helpcenter.markup import Node

from .expressions import Asked, Choice, Link, Value
from .program import Condition, Element, Item, Named, Program

_LEFT_OUT_WHEN_EMPTY = frozenset({"p", "li", "ul", "ol", "blockquote", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Values:
    """words: values by name. gap: what stands where a variable has no value. tried: steps the customer did already.
    fact: the words of a fact, in a tree; None where there is no such fact.
    """

    words: Mapping[str, Value]
    gap: Callable[[str], str] = lambda name: f"[{name}?]"
    tried: Sequence[str] = ()
    facts: frozenset[str] = frozenset()
    fact: Callable[[str], Node | None] = lambda key: None


@dataclass(slots=True)
class Evaluated:
    """tree: what is read. missing: names without a value, in the order of the text, each once."""

    tree: Node
    missing: list[str] = field(default_factory=list)


def evaluated(program: Program, values: Values) -> Evaluated:
    """What the program says of these values."""
    result = Evaluated(Node(""))
    asked = Asked(values.words, values.tried, values.facts)
    result.tree.children = _written(program.items, values, asked, result.missing)
    return result


def _written(items: list[Item], values: Values, asked: Asked, missing: list[str]) -> list[Node | str]:
    out: list[Node | str] = []
    for one in items:
        if isinstance(one, str):
            out.append(one)
        elif isinstance(one, Named):
            out += _value(one, values, missing)
        elif isinstance(one, Condition):
            chosen = next((inner for test, inner in one.branches if test is None or test.holds(asked)), [])
            out += _written(chosen, values, asked, missing)
        else:
            out += _element(one, values, asked, missing)
    return out


def _element(one: Element, values: Values, asked: Asked, missing: list[str]) -> list[Node | str]:
    node = Node(one.node.tag, one.node.attributes, _written(one.items, values, asked, missing))
    lists = [child for child in node.elements() if child.tag == "ul"]
    if node.tag == "p" and lists:  # a list that a variable brought stands for its paragraph
        before = [child for child in node.children if child not in lists]
        words = Node("p", node.attributes, before)
        return [*([words] if words.words().strip() else []), *lists]
    was_full = bool(one.items)
    is_empty = not node.words().strip() and not any(child.tag in ("img", "br") for child in node.walk())
    return [] if was_full and is_empty and node.tag in _LEFT_OUT_WHEN_EMPTY else [node]


def _value(one: Named, values: Values, missing: list[str]) -> list[Node | str]:
    value = values.words.get(one.name)
    if value in (None, "", (), []):
        found = values.fact(one.name) if one.name not in values.words else None
        if found is not None:
            return found.children
        if one.name not in missing:
            missing.append(one.name)
        return [values.gap(one.name)]
    return shown(value)


def shown(value: Value) -> list[Node | str]:
    """A value as it stands in a letter."""
    if isinstance(value, Link):
        return [Node("a", {"href": value.url}, [value.words or value.url])]
    if isinstance(value, Choice):
        return [value.words]
    if isinstance(value, list | tuple):
        return _listed(value)
    if isinstance(value, Decimal | float):
        return [f"{Decimal(str(value)).normalize():f}"]
    return _lines(str(value))


def _listed(value: Sequence[str | Choice | Link]) -> list[Node | str]:
    """Links one below the other; words with commas between."""
    if any(isinstance(one, Link) for one in value):
        return [Node("ul", {}, [Node("li", {}, shown(one)) for one in value])]
    return [", ".join(one.words if isinstance(one, Choice) else str(one) for one in value)]


def _lines(text: str) -> list[Node | str]:
    out: list[Node | str] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        out += [Node("br"), line] if number else [line]
    return out
