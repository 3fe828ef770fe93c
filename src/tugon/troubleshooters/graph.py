"""What a troubleshooter is: steps and where each answer leads. Read from untrusted JSON, written back as such.

    {"start": "n1", "titles": {"en": …}, "summaries": {"en": …}, "nodes": [
      {"id": "n1", "kind": "question", "titles": {"en": …}, "bodies": {"en": …},
       "exits": [{"key": "a", "labels": {"en": …}, "to": "n2"}]},
      {"id": "n2", "kind": "condition", "fact": "system", "values": ["ios"],
       "exits": [{"key": "then", "to": "n3"}, {"key": "otherwise", "to": "n4"}]},
      {"id": "n3", "kind": "end", "outcome": "article", "article": 17, "titles": {"en": …}}, …]}

Reading never raises: what makes no sense is left out, and `proving` says what is missing. Nothing here knows the ORM.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

MOST_NODES = 300
MOST_EXITS = 24
LONGEST_ID = 40
LONGEST_LINE = 240
LONGEST_BODY = 6_000
LONGEST_VALUE = 60


class Kind(StrEnum):
    QUESTION = "question"
    CHECK = "check"
    ACTION = "action"
    CONDITION = "condition"
    END = "end"


class Outcome(StrEnum):
    """How a walk can end by its graph; `LEFT` is what happens to those who stop in between."""

    SOLVED = "solved"
    ARTICLE = "article"
    TICKET = "ticket"
    CHAT = "chat"
    BILLING = "billing"
    LEFT = "left"


ENDS = tuple(outcome for outcome in Outcome if outcome is not Outcome.LEFT)
FIXED_EXITS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHECK: ("yes", "no", "unsure"),
    Kind.ACTION: ("helped", "not_helped", "not_possible"),
    Kind.CONDITION: ("then", "otherwise"),
    Kind.END: (),
}
"""The exits that a kind always has; a question has those its author wrote."""
NEEDED_EXITS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CHECK: ("yes", "no"),
    Kind.ACTION: ("helped", "not_helped"),
    Kind.CONDITION: ("then", "otherwise"),
    Kind.END: (),
}
"""Those of them that must lead somewhere; the others are offered to people only where they do."""

_NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_ID}}}")

Texts = Mapping[str, str]
"""Language → words."""


@dataclass(frozen=True, slots=True)
class Exit:
    """One answer and the step it leads to ("" where nobody said yet). labels: only of a question's answers."""

    key: str
    to: str = ""
    labels: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """One step. fact, values: of a condition (`fact` is one of `values`). The last four: of an end."""

    id: str
    kind: Kind
    titles: Texts = field(default_factory=dict)
    bodies: Texts = field(default_factory=dict)
    exits: tuple[Exit, ...] = ()
    fact: str = ""
    values: tuple[str, ...] = ()
    outcome: Outcome = Outcome.SOLVED
    article: int | None = None
    form: str = ""
    subjects: Texts = field(default_factory=dict)

    def exit(self, key: str) -> Exit | None:
        return next((one for one in self.exits if one.key == key), None)

    @property
    def is_end(self) -> bool:
        return self.kind is Kind.END

    @property
    def is_shown(self) -> bool:
        """Whether a person sees it: a condition decides by itself."""
        return self.kind is not Kind.CONDITION

    @property
    def ways(self) -> tuple[Exit, ...]:
        """The exits that lead somewhere, or should: an optional fixed answer without a target is not offered."""
        optional = set(FIXED_EXITS.get(self.kind, ())) - set(NEEDED_EXITS.get(self.kind, ()))
        return tuple(one for one in self.exits if one.to or one.key not in optional)


@dataclass(frozen=True, slots=True)
class Graph:
    start: str = ""
    nodes: Mapping[str, Node] = field(default_factory=dict)
    titles: Texts = field(default_factory=dict)
    summaries: Texts = field(default_factory=dict)

    def with_node(self, node: Node) -> "Graph":
        return replace(self, nodes={**self.nodes, node.id: node})

    def languages(self) -> set[str]:
        """Every language in which anything is written."""
        texts = [self.titles, self.summaries]
        for node in self.nodes.values():
            texts += [node.titles, node.bodies, node.subjects, *(one.labels for one in node.exits)]
        return {language for one in texts for language in one}


def said(texts: Texts, language: str, *, or_else: str = "") -> str:
    """The words in a language; English, then any other language, where there are none."""
    return texts.get(language) or texts.get("en") or next((one for one in texts.values() if one), or_else)


def read(data: Any) -> Graph:
    """A graph of whatever JSON is there. What cannot be read is left out; a second step with the same id too."""
    if not isinstance(data, dict):
        return Graph()
    nodes: dict[str, Node] = {}
    given = data.get("nodes")
    for one in given[:MOST_NODES] if isinstance(given, list) else ():
        node = _node(one)
        if node is not None and node.id not in nodes:
            nodes[node.id] = node
    return Graph(
        start=_name(data.get("start")),
        nodes=nodes,
        titles=_texts(data.get("titles"), LONGEST_LINE),
        summaries=_texts(data.get("summaries"), LONGEST_BODY),
    )


def write(graph: Graph) -> dict[str, Any]:
    """The JSON of a graph, without what is empty."""
    return {
        "start": graph.start,
        "titles": dict(graph.titles),
        "summaries": dict(graph.summaries),
        "nodes": [_written(node) for node in graph.nodes.values()],
    }


def _node(data: Any) -> Node | None:
    if not isinstance(data, dict):
        return None
    name, kind = _name(data.get("id")), data.get("kind")
    if not name or not isinstance(kind, str) or kind not in set(Kind):
        return None
    outcome, article = data.get("outcome"), data.get("article")
    node = Node(
        id=name,
        kind=Kind(kind),
        titles=_texts(data.get("titles"), LONGEST_LINE),
        bodies=_texts(data.get("bodies"), LONGEST_BODY),
        exits=_exits(data.get("exits")),
        fact=_name(data.get("fact")),
        values=_values(data.get("values")),
        outcome=Outcome(outcome) if isinstance(outcome, str) and outcome in ENDS else Outcome.SOLVED,
        article=article if type(article) is int and 0 < article < 2**63 else None,
        form=_name(data.get("form")),
        subjects=_texts(data.get("subjects"), LONGEST_LINE),
    )
    return completed(node)


def completed(node: Node) -> Node:
    """The node with exactly the exits of its kind, in their order."""
    if node.kind is Kind.QUESTION:
        return node
    known = {one.key: one for one in node.exits}
    exits = tuple(Exit(key, known[key].to if key in known else "") for key in FIXED_EXITS[node.kind])
    return replace(node, exits=exits)


def _exits(data: Any) -> tuple[Exit, ...]:
    found: dict[str, Exit] = {}
    for one in data[:MOST_EXITS] if isinstance(data, list) else ():
        key = _name(one.get("key")) if isinstance(one, dict) else ""
        if key and key not in found:
            found[key] = Exit(key, _name(one.get("to")), _texts(one.get("labels"), LONGEST_LINE))
    return tuple(found.values())


def _values(data: Any) -> tuple[str, ...]:
    words = [_word(one, LONGEST_VALUE) for one in data[:50]] if isinstance(data, list) else []
    return tuple(dict.fromkeys(word for word in words if word))


def _texts(data: Any, at_most: int) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    pairs = ((_word(language, 16), _text(words, at_most)) for language, words in list(data.items())[:20])
    return {language: words for language, words in pairs if language and words}


def _text(data: Any, at_most: int) -> str:
    return data[:at_most].strip() if isinstance(data, str) else ""


def _name(data: Any) -> str:
    """A name that stands in addresses and forms; anything else is nothing."""
    return data if isinstance(data, str) and _NAME.fullmatch(data) else ""


def _word(data: Any, at_most: int) -> str:
    """A short name without spaces around; anything else is nothing."""
    return data.strip() if isinstance(data, str) and len(data) <= at_most else ""


def _written(node: Node) -> dict[str, Any]:
    data: dict[str, Any] = {"id": node.id, "kind": str(node.kind)}
    exits = [
        {"key": one.key, "to": one.to, **({"labels": dict(one.labels)} if one.labels else {})}
        for one in node.exits
    ]
    more: dict[str, Any] = {
        "titles": dict(node.titles),
        "bodies": dict(node.bodies),
        "exits": exits,
        "fact": node.fact,
        "values": list(node.values),
        "article": node.article,
        "form": node.form,
        "subjects": dict(node.subjects),
    }
    if node.is_end:
        data["outcome"] = str(node.outcome)
    return data | {name: value for name, value in more.items() if value}
