"""Changing a graph: each function takes one and returns another. Pure; nothing is refused that can be told instead.

What a change names and is not there (another person deleted it) leaves the graph as it is.
"""

from collections.abc import Mapping
from dataclasses import replace

from .graph import FIXED_EXITS, MOST_EXITS, MOST_NODES, Exit, Graph, Kind, Node, Texts, completed


def new_id(graph: Graph) -> str:
    """The next free name, such as "n12"."""
    numbers = [int(name[1:]) for name in graph.nodes if name[:1] == "n" and name[1:].isdecimal()]
    return f"n{max(numbers, default=0) + 1}"


def new_key(node: Node) -> str:
    """A name for another answer that none of its answers has."""
    numbers = [int(one.key[1:]) for one in node.exits if one.key[:1] == "a" and one.key[1:].isdecimal()]
    return f"a{max(numbers, default=0) + 1}"


def add(graph: Graph, kind: Kind, *, after: str = "", exit_key: str = "") -> tuple[Graph, str]:
    """A new step, and its name ("" where there is no room). After an answer it stands between this and what followed.

    The first step of a graph is its start.
    """
    if len(graph.nodes) >= MOST_NODES:
        return graph, ""
    name = new_id(graph)
    node = Node(name, kind)
    if kind is Kind.QUESTION:
        node = replace(node, exits=(Exit("a1"), Exit("a2")))
    node = completed(node)
    before = graph.nodes.get(after)
    given = before.exit(exit_key) if before else None
    if given is not None and given.to and node.exits:
        node = replace(node, exits=(replace(node.exits[0], to=given.to), *node.exits[1:]))
    graph = graph.with_node(node)
    if given is not None:
        graph = connect(graph, after, exit_key, to=name)
    return (graph if graph.start in graph.nodes else replace(graph, start=name)), name


def connect(graph: Graph, name: str, key: str, *, to: str) -> Graph:
    """Let an answer lead to a step ("": nowhere)."""
    node = graph.nodes.get(name)
    if node is None or (to and to not in graph.nodes):
        return graph
    exits = tuple(replace(one, to=to) if one.key == key else one for one in node.exits)
    return graph.with_node(replace(node, exits=exits))


def delete(graph: Graph, name: str, *, leads_on: bool = True) -> Graph:
    """Take a step away. What led to it leads to where its first answer led, or with leads_on=False nowhere."""
    gone = graph.nodes.get(name)
    if gone is None:
        return graph
    heir = next((one.to for one in gone.exits if one.to and one.to != name), "") if leads_on else ""
    nodes = {
        key: replace(node, exits=tuple(_redirected(one, name, heir) for one in node.exits))
        for key, node in graph.nodes.items()
        if key != name
    }
    start = graph.start if graph.start != name else heir
    return replace(graph, nodes=nodes, start=start if start in nodes else next(iter(nodes), ""))


def move(graph: Graph, name: str, *, after: str, exit_key: str) -> Graph:
    """Take a step out of its place and put it behind an answer: that leads to it, its first answer to what followed."""
    node, before = graph.nodes.get(name), graph.nodes.get(after)
    if node is None or before is None or name == after or not node.exits or before.exit(exit_key) is None:
        return graph
    without = delete(graph, name)
    target = without.nodes[after].exit(exit_key)
    follows = target.to if target else ""
    moved = replace(node, exits=(replace(node.exits[0], to=follows), *node.exits[1:]))
    placed = replace(without, nodes={key: without.nodes.get(key, moved) for key in graph.nodes})
    return connect(placed, after, exit_key, to=name)


def duplicate(graph: Graph, name: str) -> tuple[Graph, str]:
    """A copy of a step, which nothing leads to yet."""
    node = graph.nodes.get(name)
    if node is None or len(graph.nodes) >= MOST_NODES:
        return graph, ""
    copy = new_id(graph)
    return graph.with_node(replace(node, id=copy)), copy


def make_start(graph: Graph, name: str) -> Graph:
    return replace(graph, start=name) if name in graph.nodes else graph


def change_kind(graph: Graph, name: str, kind: Kind) -> Graph:
    """Another kind for a step. Where its answers led stays, in their order, as far as the new kind has answers."""
    node = graph.nodes.get(name)
    if node is None or node.kind is kind:
        return graph
    targets = [one.to for one in node.exits]
    keys = FIXED_EXITS.get(kind)
    if keys is None:
        keys = tuple(f"a{place}" for place in range(1, max(2, len(targets)) + 1))
    exits = tuple(Exit(key, targets[place] if place < len(targets) else "") for place, key in enumerate(keys))
    return graph.with_node(replace(node, kind=kind, exits=exits))


def add_answer(graph: Graph, name: str) -> Graph:
    node = graph.nodes.get(name)
    if node is None or node.kind is not Kind.QUESTION or len(node.exits) >= MOST_EXITS:
        return graph
    return graph.with_node(replace(node, exits=(*node.exits, Exit(new_key(node)))))


def drop_answer(graph: Graph, name: str, key: str) -> Graph:
    node = graph.nodes.get(name)
    if node is None or node.kind is not Kind.QUESTION:
        return graph
    return graph.with_node(replace(node, exits=tuple(one for one in node.exits if one.key != key)))


def move_answer(graph: Graph, name: str, key: str, *, by: int) -> Graph:
    """Change an answer's place among the others: -1 up, 1 down."""
    node = graph.nodes.get(name)
    places = [one.key for one in node.exits] if node else []
    if node is None or node.kind is not Kind.QUESTION or key not in places:
        return graph
    at = places.index(key)
    to = min(max(0, at + by), len(places) - 1)
    exits = list(node.exits)
    exits.insert(to, exits.pop(at))
    return graph.with_node(replace(node, exits=tuple(exits)))


def set_texts(texts: Texts, given: Mapping[str, str]) -> dict[str, str]:
    """Texts with some languages changed; an empty text is none."""
    merged = {**texts, **{language: words.strip() for language, words in given.items()}}
    return {language: words for language, words in merged.items() if words}


def leading_to(graph: Graph, name: str) -> list[tuple[Node, Exit]]:
    """The answers that lead to a step."""
    return [(node, one) for node in graph.nodes.values() for one in node.exits if one.to == name]


def in_reading_order(graph: Graph) -> list[tuple[int, Node]]:
    """Every step once, each under the answer that first leads to it (depth, step); what nothing reaches comes last."""
    seen: set[str] = set()
    listed: list[tuple[int, Node]] = []
    _visit(graph, [(0, graph.start)], seen, listed)
    _visit(graph, [(0, name) for name in reversed(list(graph.nodes))], seen, listed)
    return listed


def _visit(
    graph: Graph, waiting: list[tuple[int, str]], seen: set[str], listed: list[tuple[int, Node]]
) -> None:
    while waiting:
        depth, name = waiting.pop()
        node = graph.nodes.get(name)
        if node is None or name in seen:
            continue
        seen.add(name)
        listed.append((depth, node))
        waiting += [(depth + 1, one.to) for one in reversed(node.exits)]


def _redirected(one: Exit, gone: str, heir: str) -> Exit:
    return replace(one, to=heir) if one.to == gone else one
