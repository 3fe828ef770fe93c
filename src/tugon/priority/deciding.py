"""The company's table and raises as values, kept in memory while nobody changes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tugon.customers.models import Customer
from tugon.lib.remember import remembered
from tugon.tickets.models import Ticket

from .alarming import ordered, threat_in
from .models import Matrix, Raise
from .reckoning import Lift, Table, TableRefused, ThreatRule


@dataclass(frozen=True, slots=True)
class Decided:
    """table and lifts: see reckoning. threat_words: as `alarming.ordered` gives them."""

    table: Table
    lifts: Mapping[str, Lift] = field(default_factory=dict)
    threat_words: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def lifts_of(self, ticket: Ticket, customer: Customer) -> list[Lift]:
        """The raises that concern this ticket: its customer's plan, its own audience."""
        keys = (f"plan:{customer.plan_id}", f"audience:{ticket.audience_id}")
        return [self.lifts[key] for key in keys if key in self.lifts]

    def threat_in(self, text: str) -> tuple[int, str]:
        return threat_in(text, self.threat_words)


@remembered
def decided() -> Decided:
    """Two queries; none while nobody changes the table, a plan or an audience."""
    matrix = Matrix.objects.first() or Matrix()
    rows = Raise.objects.select_related("plan", "audience")
    return Decided(
        usable_table(matrix), {lift.key: lift for lift in map(_lift, rows)}, ordered(matrix.threat_words)
    )


def table_of(matrix: Matrix) -> Table:
    """The row as values. Raises TableRefused, ValueError for what cannot be used."""
    return Table(
        cells=tuple(tuple(int(value) for value in row) for row in matrix.cells),
        threats=tuple(_threat(one) for one in matrix.threats),
        several_from=matrix.several_from,
        many_from=matrix.many_from,
        everyone_from=matrix.everyone_from,
        unsaid_severity=matrix.unsaid_severity,
    )


def usable_table(matrix: Matrix) -> Table:
    """The same; the starting table where somebody damaged the row, so that tickets still flow."""
    try:
        return table_of(matrix)
    except (TableRefused, ValueError, TypeError, KeyError):
        return table_of(Matrix())


def _threat(given: Mapping[str, Any]) -> ThreatRule:
    return ThreatRule(int(given["steps"]), int(given["at_least"]))


def _lift(row: Raise) -> Lift:
    if row.plan is not None:
        return Lift(f"plan:{row.plan_id}", {"en": row.plan.name}, row.steps, row.at_most)
    assert row.audience is not None
    return Lift(f"audience:{row.audience_id}", dict(row.audience.names), row.steps, row.at_most)
