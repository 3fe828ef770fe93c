"""Where people leave and which end helps them, counted from walks. Reads only.

**Walks** are counted by the moment they began. **Came** to a step: who saw it (each walk once). **Left** there: stood
there last, without reaching an end, and did nothing for a day. **Under way**: the same, not yet for a day. **Helped**:
ended solved, or at an article, and no ticket was made of the walk. **Ticket**: a ticket carries it, wherever it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Count, Q

from .editing import in_reading_order
from .graph import Graph, Node, Outcome
from .models import Troubleshooter, Walk
from .querysets import WalkQuerySet


@dataclass(frozen=True, slots=True)
class StepCount:
    """One step of the graph in numbers of walks."""

    node: Node
    depth: int
    came: int = 0
    left: int = 0
    under_way: int = 0
    ended: int = 0
    tickets: int = 0

    @property
    def share_left(self) -> float:
        """Of those who came, 0 to 1."""
        return self.left / self.came if self.came else 0.0


@dataclass(frozen=True, slots=True)
class Totals:
    walks: int = 0
    helped: int = 0
    tickets: int = 0
    left: int = 0
    under_way: int = 0
    by_outcome: dict[str, int] = field(default_factory=dict)

    def share(self, part: int) -> float:
        """Of all walks that are over, 0 to 1."""
        over = self.walks - self.under_way
        return part / over if over else 0.0


def chosen(
    row: Troubleshooter, *, start: datetime, end: datetime, language: str = "", version: int | None = None
) -> WalkQuerySet:
    """The walks a report is about. start: included; end: excluded (both aware); language "": all."""
    walks = Walk.objects.filter(troubleshooter=row).begun_between(start, end)
    if language:
        walks = walks.filter(language=language)
    return walks.filter(version__number=version) if version else walks


def totals(walks: WalkQuerySet) -> Totals:
    """One query."""
    rows = walks.order_by().values("outcome").annotate(many=Count("pk"), made=Count("ticket_id"))
    return _totals({row["outcome"]: (row["many"], row["made"]) for row in rows})


def steps(graph: Graph, walks: WalkQuerySet) -> list[StepCount]:
    """Every step that people see, in reading order, with its numbers. Two queries."""
    came = _came(walks)
    rows = (
        walks.order_by()
        .values("at_node")
        .annotate(
            left=Count("pk", filter=Q(outcome=Outcome.LEFT)),
            under_way=Count("pk", filter=Q(outcome="")),
            ended=Count("pk", filter=~Q(outcome__in=("", Outcome.LEFT))),
            tickets=Count("ticket_id"),
        )
    )
    names = ("left", "under_way", "ended", "tickets")
    stood = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows.values_list("at_node", *names)}
    return [
        StepCount(node, depth, came=came.get(node.id, 0), **stood.get(node.id, {}))
        for depth, node in in_reading_order(graph)
        if node.is_shown
    ]


def overview(rows: Iterable[Troubleshooter], *, since: datetime) -> dict[int, Totals]:
    """The totals of several at once, by id. One query."""
    ids = [row.pk for row in rows]
    counted: dict[int, dict[str, tuple[int, int]]] = {pk: {} for pk in ids}
    found = (
        Walk.objects.filter(troubleshooter__in=ids, begun_at__gte=since)
        .order_by()
        .values_list("troubleshooter_id", "outcome")
        .annotate(many=Count("pk"), made=Count("ticket_id"))
    )
    for pk, outcome, many, made in found:
        counted[pk][outcome] = (many, made)
    return {pk: _totals(found) for pk, found in counted.items()}


def _totals(found: Mapping[str, tuple[int, int]]) -> Totals:
    """found: outcome → (walks, tickets made of them)."""
    quiet = [found.get(one, (0, 0)) for one in (Outcome.SOLVED, Outcome.ARTICLE)]
    return Totals(
        walks=sum(many for many, _made in found.values()),
        helped=sum(many - made for many, made in quiet),
        tickets=sum(made for _many, made in found.values()),
        left=found.get(Outcome.LEFT, (0, 0))[0],
        under_way=found.get("", (0, 0))[0],
        by_outcome={outcome: many for outcome, (many, _made) in found.items() if outcome},
    )


def _came(walks: WalkQuerySet) -> dict[str, int]:
    """Step → walks that saw it: answered there, or stand there now."""
    inside, values = walks.order_by().values("id", "at_node", "answers").query.sql_with_params()
    sql = f"""
        with chosen as ({inside})
        select node, count(distinct id) from (
            select id, at_node as node from chosen
            union all
            select id, one->>'node' from chosen, jsonb_array_elements(answers) as one
        ) as seen group by node
    """  # noqa: S608  the inner statement is Django's own, with parameters
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())
