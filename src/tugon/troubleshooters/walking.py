"""Walking a graph: where a person stands after these answers. Pure; the same answers always lead to the same place.

A walk is its answers in order. Going back is looking at an earlier place; answering there anew drops what came after.
Conditions are passed without a stop, decided by the facts the walk began with: they stay the same all along, so that
nobody finds other questions behind them than those they answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .graph import Exit, Graph, Kind, Node

MOST_STEPS = 200
"""Answers in one walk: more than anybody gives; a cycle with an exit may be walked long, but not for ever."""

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen at a step, and when (aware; None where nobody noted it)."""

    node: str
    key: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands: the step shown now, or None where the way is broken (only in a draft)."""

    node: Node | None
    taken: tuple[tuple[Node, Exit, Answer], ...] = ()

    @property
    def number(self) -> int:
        """How many answers lead here."""
        return len(self.taken)

    @property
    def is_ended(self) -> bool:
        return self.node is not None and self.node.is_end


class AnswerUnknown(ValueError):
    """The step has no such answer."""


class NoMoreSteps(ValueError):
    """The walk has as many answers as one may have, or has ended."""


def arrive(graph: Graph, name: str, facts: Facts) -> Node | None:
    """The step a person sees who is led to `name`: conditions on the way are decided. None where the way is broken.

    Conditions that lead in a circle end it too; `proving` does not let them be published.
    """
    passed: set[str] = set()
    node = graph.nodes.get(name)
    while node is not None and node.kind is Kind.CONDITION:
        if node.id in passed:
            return None
        passed.add(node.id)
        chosen = node.exit("then" if holds(node, facts) else "otherwise")
        node = graph.nodes.get(chosen.to) if chosen else None
    return node


def holds(condition: Node, facts: Facts) -> bool:
    """Whether what is known is one of the condition's values. What is not known is none of them."""
    return facts.get(condition.fact, "") in condition.values


def walk(graph: Graph, answers: Sequence[Answer], facts: Facts) -> Place:
    """Follow the answers from the start. Answers that fit no step, and all after them, are left out."""
    node = arrive(graph, graph.start, facts)
    taken: list[tuple[Node, Exit, Answer]] = []
    for answer in answers[:MOST_STEPS]:
        chosen = node.exit(answer.key) if node is not None and node.id == answer.node else None
        following = arrive(graph, chosen.to, facts) if chosen is not None else None
        if node is None or chosen is None or following is None:
            break
        taken.append((node, chosen, answer))
        node = following
    return Place(node, tuple(taken))


def step(
    graph: Graph,
    answers: Sequence[Answer],
    facts: Facts,
    *,
    at_step: int,
    key: str,
    at: datetime | None = None,
) -> tuple[Answer, ...]:
    """The answers after choosing `key` at the step reached by `at_step` answers.

    The same answer as before keeps what follows, so that looking back and forth loses nothing; another one drops it.
    Raises AnswerUnknown, NoMoreSteps.
    """
    so_far = tuple(answers[: max(0, at_step)])
    place = walk(graph, so_far, facts)
    if place.number < len(so_far) or place.node is None or place.is_ended or len(so_far) >= MOST_STEPS:
        raise NoMoreSteps
    given = answers[len(so_far)] if len(answers) > len(so_far) else None
    if given is not None and (given.node, given.key) == (place.node.id, key):
        return tuple(answers)
    if place.node.exit(key) not in place.node.ways:
        raise AnswerUnknown
    return (*so_far, Answer(place.node.id, key, at))


def steps_left(graph: Graph, name: str, facts: Facts) -> int:
    """Answers from a step to its nearest end, for the progress shown; 0 at an end or where there is none."""
    edge, seen, far = [name], {name}, 0
    while edge:
        following: list[str] = []
        for one in edge:
            node = graph.nodes[one]
            if node.is_end:
                return far
            ahead = (arrive(graph, way.to, facts) for way in node.ways)
            following += [found.id for found in ahead if found is not None and found.id not in seen]
            seen.update(following)
        edge, far = following, far + 1
    return 0


def progress(place: Place, graph: Graph, facts: Facts) -> float:
    """How much of the shortest way is behind: 0 to 1. It may shrink where an answer led to a longer way."""
    if place.node is None or place.is_ended:
        return 1.0
    left = max(1, steps_left(graph, place.node.id, facts))
    return place.number / (place.number + left)
