"""Factors × matrix × raises → priority, with every step that led there. Pure.

More people, a higher severity or a greater threat never make less of a ticket: `Table` refuses a matrix that would, and
threats and raises only ever raise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOWEST, HIGHEST = 1, 4
REACHES = SEVERITIES = (1, 2, 3, 4)


class TableRefused(ValueError):
    """The table cannot be used. reach, severity: the cell (from 1); below: the neighbour it falls under."""

    def __init__(self, reach: int, severity: int, below: tuple[int, int] | None = None) -> None:
        self.reach, self.severity, self.below = reach, severity, below
        super().__init__(f"cell {reach} × {severity}")


@dataclass(frozen=True, slots=True)
class ThreatRule:
    """steps: by how much this threat raises. at_least: what it makes of any ticket."""

    steps: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Table:
    """cells: reach, then severity, both from 1. threats: of level 1 and 2. Reaches begin at these numbers of people."""

    cells: tuple[tuple[int, ...], ...]
    threats: tuple[ThreatRule, ...]
    several_from: int = 2
    many_from: int = 10
    everyone_from: int | None = 100
    unsaid_severity: int = 2

    def __post_init__(self) -> None:
        _require_usable(self.cells)

    def reach_of(self, people: int) -> int:
        """How far so many people reach."""
        if self.everyone_from is not None and people >= self.everyone_from:
            return 4
        return 3 if people >= self.many_from else 2 if people >= self.several_from else 1


@dataclass(frozen=True, slots=True)
class Lift:
    """What a plan or an audience adds. key: "plan:3". names: language → what people call it."""

    key: str
    names: Mapping[str, str]
    steps: int
    at_most: int

    def of(self, priority: int) -> int:
        """Never less than it was, also where the ticket stands above the limit."""
        return max(priority, min(priority + self.steps, self.at_most))


@dataclass(frozen=True, slots=True)
class Factors:
    """severity: None where nobody said."""

    reach: int = 1
    severity: int | None = None
    threat: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """kind: table, threat, raise. by: what raised."""

    kind: str
    after: int
    by: Lift | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """The priority and how it came about, in order; steps that changed nothing are left out, but for the table's."""

    priority: int
    severity: int
    steps: tuple[Step, ...]

    def as_data(self) -> list[dict[str, Any]]:
        """The steps as JSON values."""
        return [
            {"kind": step.kind, "after": step.after}
            | (
                {"names": dict(step.by.names), "steps": step.by.steps, "at_most": step.by.at_most}
                | {"key": step.by.key}
                if step.by
                else {}
            )
            for step in self.steps
        ]


def assess(factors: Factors, table: Table, lifts: Iterable[Lift] = ()) -> Assessed:
    """What the table makes of the factors; then the threat raises, then the strongest of the raises: no two add up.

    Monotone in each factor. A severity nobody said counts as `table.unsaid_severity`.
    """
    severity = factors.severity or table.unsaid_severity
    priority = table.cells[factors.reach - 1][severity - 1]
    steps = [Step("table", priority)]
    if factors.threat:
        rule = table.threats[factors.threat - 1]
        threatened = max(min(priority + rule.steps, HIGHEST), rule.at_least)
        if threatened > priority:
            priority = threatened
            steps.append(Step("threat", priority))
    strongest = max(lifts, key=lambda lift: (lift.of(priority), lift.key), default=None)
    if strongest is not None and strongest.of(priority) > priority:
        priority = strongest.of(priority)
        steps.append(Step("raise", priority, strongest))
    return Assessed(priority, severity, tuple(steps))


def _require_usable(cells: Sequence[Sequence[int]]) -> None:
    """Raises TableRefused for a table of another size, with other numbers, or one that falls."""
    if len(cells) != len(REACHES) or any(len(row) != len(SEVERITIES) for row in cells):
        raise TableRefused(1, 1)
    for reach, row in enumerate(cells):
        for severity, value in enumerate(row):
            if not LOWEST <= value <= HIGHEST:
                raise TableRefused(reach + 1, severity + 1)
            if reach and value < cells[reach - 1][severity]:
                raise TableRefused(reach + 1, severity + 1, (reach, severity + 1))
            if severity and value < row[severity - 1]:
                raise TableRefused(reach + 1, severity + 1, (reach + 1, severity))
