"""Where the editor draws each step: in layers from the start downwards, with few crossings. Pure, units are pixels.

After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981): ways that
lead back are left aside, each step stands below everything that leads to it, ways over several layers are given places
of their own there, and the order in each layer follows the middle of its neighbours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .editing import in_reading_order
from .graph import Graph

WIDTH, HEIGHT = 188, 68
GAP_X, GAP_Y = 28, 76
BEND = 16  # the room that a way passing a layer takes
MARGIN = 24
_SWEEPS = 6

Waypoint = tuple[str, int]
"""The place in a layer where ways to one step pass it, all together: (to, layer)."""


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """points: where it begins, bends and ends. is_back: it leads upwards. joins: it ends in another way to the same
    step, which is drawn on from there.
    """

    source: str
    key: str
    target: str
    points: tuple[tuple[int, int], ...]
    is_back: bool = False
    joins: bool = False
    place: int = 0
    """Of its answer among the others of the step."""

    @property
    def path(self) -> str:
        """As an SVG path: gentle curves between the points."""
        (x, y), *rest = self.points
        drawn = f"M{x} {y}"
        for right, down in rest:
            middle = (y + down) // 2
            drawn += f" C{x} {middle} {right} {middle} {right} {down}"
            x, y = right, down
        return drawn

    @property
    def label_at(self) -> tuple[int, int]:
        """Where its answer is written: below its beginning, beside its neighbours' on lines of their own."""
        (x, y), (right, _down) = self.points[0], self.points[1]
        return x + (right - x) // 10, y + 15 + 13 * (self.place % 3)


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int = 0
    height: int = 0
    boxes: Mapping[str, Box] = field(default_factory=dict)
    arrows: Sequence[Arrow] = ()


def draw(graph: Graph) -> Drawing:
    """Places for every step and every way of a graph, however broken. An empty one is an empty drawing."""
    if not graph.nodes:
        return Drawing()
    ways = [
        (name, one.key, one.to)
        for name, node in graph.nodes.items()
        for one in node.exits
        if one.to in graph.nodes
    ]
    back = _leading_back(graph)
    forward = [way for way in ways if way[:2] not in back]
    layer = _layers(graph, forward)
    rows, passing = _rows(graph, layer, forward)
    _order(rows, passing)
    middle = _middles(rows, passing)
    left = min(x - _width(one) // 2 for one, x in middle.items())
    boxes = {
        name: Box(name, middle[name] - WIDTH // 2 - left + MARGIN, MARGIN + layer[name] * (HEIGHT + GAP_Y))
        for name in graph.nodes
    }
    right = max(x + _width(one) // 2 for one, x in middle.items())
    passed: set[Waypoint] = set()
    arrows = [
        _upwards(graph, way, boxes)
        if way[:2] in back
        else _downwards(graph, way, boxes, layer, middle, passed, left)
        for way in sorted(ways, key=lambda way: layer[way[0]])
    ]
    height = max(box.y for box in boxes.values()) + HEIGHT + MARGIN
    return Drawing(right - left + 2 * MARGIN + (GAP_X if back else 0), height, boxes, arrows)


def _leading_back(graph: Graph) -> set[tuple[str, str]]:
    """The ways that close a circle, as a walk in depth finds them. Without recursion: a graph may be a long chain."""
    found: set[tuple[str, str]] = set()
    state: dict[str, int] = {}  # 1: on the way, 2: done
    for _depth, first in in_reading_order(graph):
        waiting = [(first.id, 0)] if first.id not in state else []
        while waiting:
            name, place = waiting.pop()
            state[name] = 1
            exits = graph.nodes[name].exits
            if place >= len(exits):
                state[name] = 2
                continue
            waiting.append((name, place + 1))
            to = exits[place].to
            if to in graph.nodes and state.get(to) == 1:
                found.add((name, exits[place].key))
            elif to in graph.nodes and to not in state:
                waiting.append((to, 0))
    return found


def _layers(graph: Graph, forward: Iterable[tuple[str, str, str]]) -> dict[str, int]:
    """Step → its layer: one below the lowest that leads to it."""
    ahead: dict[str, list[str]] = {name: [] for name in graph.nodes}
    waits = dict.fromkeys(graph.nodes, 0)
    for name, _key, to in forward:
        ahead[name].append(to)
        waits[to] += 1
    layer = dict.fromkeys(graph.nodes, 0)
    ready = [name for name, many in waits.items() if not many]
    while ready:
        name = ready.pop()
        for to in ahead[name]:
            layer[to] = max(layer[to], layer[name] + 1)
            waits[to] -= 1
            if not waits[to]:
                ready.append(to)
    return layer


Spot = str | Waypoint
Neighbours = Mapping[Spot, list[Spot]]


def _rows(
    graph: Graph, layer: Mapping[str, int], forward: Iterable[tuple[str, str, str]]
) -> tuple[list[list[Spot]], dict[Spot, list[Spot]]]:
    """The layers with their steps and passing ways, and who is joined to whom, both ways."""
    rows: list[list[Spot]] = [[] for _ in range(max(layer.values()) + 1)]
    for _depth, node in in_reading_order(graph):
        rows[layer[node.id]].append(node.id)
    joined: dict[Spot, list[Spot]] = {name: [] for name in graph.nodes}
    for name, _key, to in forward:
        before: Spot = name
        for passed in range(layer[name] + 1, layer[to]):
            spot = (to, passed)
            is_there = spot in joined
            if not is_there:
                rows[passed].append(spot)
            _join(joined, before, spot)
            if is_there:
                break
            before = spot
        else:
            _join(joined, before, to)
    return rows, joined


def _join(joined: dict[Spot, list[Spot]], above: Spot, below: Spot) -> None:
    joined.setdefault(above, []).append(below)
    joined.setdefault(below, []).append(above)


def _order(rows: list[list[Spot]], joined: Neighbours) -> None:
    """Sort each layer by the middle of its neighbours above, then below, a few times."""
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        pairs = list(pairwise(rows)) if down else [(low, high) for high, low in pairwise(rows)][::-1]
        for fixed, moved in pairs:
            place = {spot: number for number, spot in enumerate(fixed)}
            old = {spot: float(number) for number, spot in enumerate(moved)}
            key = {
                spot: _mean([place[one] for one in joined[spot] if one in place], old[spot]) for spot in moved
            }
            moved.sort(key=key.__getitem__)


def _middles(rows: list[list[Spot]], joined: Neighbours) -> dict[Spot, int]:
    """Spot → the middle of its place from the left: near its neighbours, in its order, overlapping nobody."""
    middle: dict[Spot, float] = {}
    for row in rows:
        x = 0.0
        for spot in row:
            middle[spot] = x + _width(spot) / 2
            x += _width(spot) + GAP_X
        shift = -x / 2
        for spot in row:
            middle[spot] += shift
    for sweep in range(_SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wished = [_mean([middle[one] for one in joined[spot]], middle[spot]) for spot in row]
            middle |= zip(row, _apart(row, wished), strict=True)
    return {spot: round(x) for spot, x in middle.items()}


def _apart(row: Sequence[Spot], wished: Sequence[float]) -> list[float]:
    """The wished middles, moved as little as keeps the order and the gaps: from the left, from the right, halved."""
    rooms = [(_width(one) + _width(two)) / 2 + GAP_X for one, two in pairwise(row)]
    rightwards, leftwards = list(wished), list(wished)
    for place, room in enumerate(rooms):
        rightwards[place + 1] = max(rightwards[place + 1], rightwards[place] + room)
    for place in range(len(rooms) - 1, -1, -1):
        leftwards[place] = min(leftwards[place], leftwards[place + 1] - rooms[place])
    return [(one + two) / 2 for one, two in zip(rightwards, leftwards, strict=True)]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _width(spot: Spot) -> int:
    return WIDTH if isinstance(spot, str) else BEND


def _upwards(graph: Graph, way: tuple[str, str, str], boxes: Mapping[str, Box]) -> Arrow:
    """A way that leads back: round the right side."""
    name, key, to = way
    box, target = boxes[name], boxes[to]
    side = max(box.x, target.x) + WIDTH + GAP_X
    end = (target.x + WIDTH * 3 // 4, target.y)
    points = (_begin(graph, way, box), (side, box.y + HEIGHT // 2), (side, target.y + HEIGHT // 2), end)
    return Arrow(name, key, to, points, is_back=True, place=_place(graph, way))


def _downwards(
    graph: Graph,
    way: tuple[str, str, str],
    boxes: Mapping[str, Box],
    layer: Mapping[str, int],
    middle: Mapping[Spot, int],
    passed: set[Waypoint],
    left: int,
) -> Arrow:
    """A way forward, until it meets another one to the same step. passed: where ways were drawn already."""
    name, key, to = way
    points = [_begin(graph, way, boxes[name])]
    for number in range(layer[name] + 1, layer[to]):
        x, top = middle[(to, number)] - left + MARGIN, MARGIN + number * (HEIGHT + GAP_Y)
        points.append((x, top))
        if (to, number) in passed:
            return Arrow(name, key, to, tuple(points), joins=True, place=_place(graph, way))
        passed.add((to, number))
        points.append((x, top + HEIGHT))
    points.append((boxes[to].x + WIDTH // 2, boxes[to].y))
    return Arrow(name, key, to, tuple(points), place=_place(graph, way))


def _begin(graph: Graph, way: tuple[str, str, str], box: Box) -> tuple[int, int]:
    """At the foot of the box, beside the beginnings of its other answers."""
    many = sum(one.to in graph.nodes for one in graph.nodes[way[0]].exits)
    return box.x + WIDTH * (_place(graph, way) + 1) // (many + 1), box.y + HEIGHT


def _place(graph: Graph, way: tuple[str, str, str]) -> int:
    """Of an answer among those of its step that lead somewhere."""
    return [one.key for one in graph.nodes[way[0]].exits if one.to in graph.nodes].index(way[1])
