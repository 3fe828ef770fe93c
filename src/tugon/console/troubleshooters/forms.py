"""The form of one step: what was sent, applied to the draft. Pure but for reading the form."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import QueryDict

from tugon.troubleshooters import editing
from tugon.troubleshooters.graph import ENDS, LONGEST_BODY, LONGEST_LINE, Exit, Graph, Kind, Node, Outcome

NEW = "new:"
"""Before a kind, where an answer is to lead to a step that is made for it."""


def apply(graph: Graph, name: str, data: QueryDict, languages: Sequence[str]) -> tuple[Graph, str]:
    """The graph with the step as the form says, and which step to look at then.

    `do` names what else is to happen: add an answer, drop or move one, copy, delete, or begin with the step.
    """
    node = graph.nodes.get(name)
    if node is None:
        return graph, ""
    kind = data.get("kind", node.kind)
    graph = graph.with_node(_filled(node, data, languages))
    graph, made = _connected(graph, name, data)
    if kind in set(Kind) and kind != node.kind:
        graph = editing.change_kind(graph, name, Kind(kind))
    graph, looked = _done(graph, name, data)
    return graph, made or looked


def titled(graph: Graph, data: QueryDict, languages: Sequence[str]) -> Graph:
    """The graph with title and summary as the form says."""
    return replace(
        graph,
        titles=editing.set_texts(graph.titles, _texts(data, "title", languages, LONGEST_LINE)),
        summaries=editing.set_texts(graph.summaries, _texts(data, "summary", languages, LONGEST_BODY)),
    )


def _filled(node: Node, data: QueryDict, languages: Sequence[str]) -> Node:
    article = data.get("article", "")
    outcome = data.get("outcome", "")
    node = replace(
        node,
        titles=editing.set_texts(node.titles, _texts(data, "title", languages, LONGEST_LINE)),
        bodies=editing.set_texts(node.bodies, _texts(data, "body", languages, LONGEST_BODY)),
        subjects=editing.set_texts(node.subjects, _texts(data, "subject", languages, LONGEST_LINE)),
    )
    if node.kind is Kind.QUESTION:
        exits = [_labelled(one, data, languages) for one in node.exits]
        node = replace(node, exits=tuple(exits))
    if node.kind is Kind.CONDITION and "fact" in data:
        is_same = data.get("fact") == node.fact
        node = replace(
            node, fact=data.get("fact", "")[:40], values=tuple(data.getlist("values")[:50]) if is_same else ()
        )
    if node.is_end and outcome in ENDS:
        known = article.isdecimal() and len(article) < 18
        node = replace(
            node,
            outcome=Outcome(outcome),
            article=int(article) if known else None,
            form=data.get("form", "")[:40],
        )
    return node


def _labelled(one: Exit, data: QueryDict, languages: Sequence[str]) -> Exit:
    given = _texts(data, f"label-{one.key}", languages, LONGEST_LINE)
    return replace(one, labels=editing.set_texts(one.labels, given))


def _connected(graph: Graph, name: str, data: QueryDict) -> tuple[Graph, str]:
    """Where the answers lead; a step made for one of them is looked at next."""
    made = ""
    for one in graph.nodes[name].exits:
        to = data.get(f"to-{one.key}")
        if to is None or to == one.to:
            continue
        kind = to.removeprefix(NEW)
        if to != kind and kind in set(Kind):
            graph, made = editing.add(graph, Kind(kind), after=name, exit_key=one.key)
        else:
            graph = editing.connect(graph, name, one.key, to=to)
    return graph, made


def _done(graph: Graph, name: str, data: QueryDict) -> tuple[Graph, str]:
    verb, _colon, key = data.get("do", "").partition(":")
    match verb:
        case "answer":
            return editing.add_answer(graph, name), name
        case "drop":
            return editing.drop_answer(graph, name, key), name
        case "up" | "down":
            return editing.move_answer(graph, name, key, by=-1 if verb == "up" else 1), name
        case "copy":
            return editing.duplicate(graph, name)
        case "start":
            return editing.make_start(graph, name), name
        case "delete":
            before = next((node.id for node, _exit in editing.leading_to(graph, name)), "")
            return editing.delete(graph, name), before
        case "move":
            after, _slash, exit_key = data.get("behind", "").partition("/")
            return editing.move(graph, name, after=after, exit_key=exit_key), name
    return graph, name


def _texts(data: QueryDict, field: str, languages: Sequence[str], at_most: int) -> dict[str, str]:
    """Of every language that the form has a field for."""
    return {
        language: data.get(f"{field}-{language}", "")[:at_most].replace("\0", "").replace("\r\n", "\n")
        for language in languages
        if f"{field}-{language}" in data
    }
