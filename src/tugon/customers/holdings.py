"""What belongs to a customer in packages above, and moves when two customers become one.

A package above registers each kind of its rows at start; `merging` keeps which ids moved, so that undo is exact.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tugon.events.actors import Actor

Move = Callable[[int, int, Actor], Iterable[int]]
"""(from customer, to customer, by): move all rows, return the ids that moved."""

MoveBack = Callable[[list[int], int, int, Actor], None]
"""(ids, from customer, to customer, by): move those of these rows that still belong to the first."""


@dataclass(frozen=True, slots=True)
class Holding:
    move: Move
    move_back: MoveBack


_holdings: dict[str, Holding] = {}


def register(kind: str, move: Move, move_back: MoveBack) -> None:
    """Have rows of this kind move along. A repeat replaces."""
    _holdings[kind] = Holding(move, move_back)


def registered() -> dict[str, Holding]:
    return dict(_holdings)
