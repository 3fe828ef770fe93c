"""What was kept and broken lately, and what breaks next: the numbers of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from .models import Clock

PAGE = 25


@dataclass(frozen=True, slots=True)
class Share:
    """Promises that were settled: kept in time, or broken (also those still owed)."""

    kept: int
    broken: int

    @property
    def total(self) -> int:
        return self.kept + self.broken

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where nothing was settled."""
        return self.kept / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: of a policy, team or kind; the share of the last seven and thirty days."""

    key: int | str | None
    week: Share
    month: Share


def by_policy(*, days: int) -> dict[int | None, Share]:
    """One query."""
    settled = _settled(now() - timedelta(days=days))
    rows: Any = settled.values("policy_id").annotate(**_counts())
    return {row["policy_id"]: Share(row["kept"], row["broken"]) for row in rows}


def lines(by: str, agent: Agent) -> list[Line]:
    """by: "policy_id", "ticket__team_id" or "kind"; of what the agent may see. One query."""
    at = now()
    week = Q(ended_at__gte=at - timedelta(days=7)) | Q(broken_at__gte=at - timedelta(days=7))
    rows = (
        _seen(_settled(at - timedelta(days=30)), agent)
        .order_by()
        .values(by)
        .annotate(
            **_counts(),
            week_kept=Count("pk", filter=week & _KEPT),
            week_broken=Count("pk", filter=week & _BROKEN),
        )
    )
    found = [
        Line(row[by], Share(row["week_kept"], row["week_broken"]), Share(row["kept"], row["broken"]))
        for row in rows
    ]
    return sorted(found, key=lambda line: -line.month.total)


def breaking_next(agent: Agent, *, after: tuple[datetime, int] | None = None) -> list[Clock]:
    """What is owed and runs, soonest first, those that are late already too: a page and one more. One query.

    after: moment and id of the last one on the page before.
    """
    rows = _seen(Clock.objects.filter(ended_at=None, due_at__isnull=False), agent)
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    return list(_with_ticket(rows).order_by("due_at", "pk")[: PAGE + 1])


def broken_since(agent: Agent, since: datetime) -> list[Clock]:
    """What broke since then, the newest first: a page and one more. One query."""
    rows = _seen(Clock.objects.filter(broken_at__gte=since), agent)
    return list(_with_ticket(rows).order_by("-broken_at", "-pk")[: PAGE + 1])


_BROKEN = Q(broken_at__isnull=False)
_KEPT = Q(broken_at__isnull=True, ended_at__isnull=False)


def _counts() -> dict[str, Count]:
    return {"kept": Count("pk", filter=_KEPT), "broken": Count("pk", filter=_BROKEN)}


def _settled(since: datetime) -> QuerySet[Clock]:
    """Kept or broken since then; spam and merged tickets left out."""
    rows = Clock.objects.filter(Q(ended_at__gte=since) | Q(broken_at__gte=since))
    return rows.filter(ticket__is_spam=False, ticket__merged_into=None)


def _seen(rows: QuerySet[Clock], agent: Agent) -> QuerySet[Clock]:
    if agent.may("ticket.view_all"):
        return rows.filter(ticket__is_spam=False, ticket__merged_into=None)
    return rows.filter(ticket__in=Ticket.objects.visible_to(agent), ticket__is_spam=False)


def _with_ticket(rows: QuerySet[Clock]) -> QuerySet[Clock]:
    return rows.select_related("ticket__team", "ticket__assignee", "ticket__customer", "policy").annotate(
        team_name=F("ticket__team__name")
    )
