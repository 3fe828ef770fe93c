"""How articles do: read, found helpful, followed by a ticket all the same, growing old. One query a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tugon.lib.clock import now

from .models import ArticleTicket, BrokenLink, DayCount, Translation, Vote


class Order(StrEnum):
    """By what the table is sorted; the worst or the most first."""

    VIEWS = "views"
    UNHELPFUL = "unhelpful"
    TICKETS = "tickets"
    OLDEST = "oldest"
    FACTS = "facts"
    SEARCHES = "searches"


@dataclass(frozen=True, slots=True)
class Health:
    """One published translation over the period. Votes and tickets are of the period; ages are of today.

    tickets: opened after reading it. facts_changed_at: a fact in it changed and nobody has read it again since.
    """

    translation: Translation
    views: int
    from_search: int
    helpful: int
    unhelpful: int
    open_comments: int
    tickets: int
    broken_links: int
    facts_changed_at: datetime | None
    age_days: int

    @property
    def votes(self) -> int:
        return self.helpful + self.unhelpful

    @property
    def helpful_share(self) -> float | None:
        """0 to 1; None where nobody voted."""
        return self.helpful / self.votes if self.votes else None

    @property
    def tickets_per_view(self) -> float | None:
        """0 to 1; None where nobody read it."""
        return min(1.0, self.tickets / self.views) if self.views else None


def table(
    *,
    days: int = 30,
    order: Order = Order.VIEWS,
    among: QuerySet[Translation] | None = None,
    start: int = 0,
    limit: int = 50,
) -> list[Health]:
    """Published translations with their figures of the last `days`. One query. among: narrows them down."""
    since = now() - timedelta(days=days)
    rows = (Translation.objects.all() if among is None else among) & Translation.objects.published()
    rows = _counted(rows, since.date(), since).select_related("article__section__category", "article__owner")
    return [_health(row) for row in rows.order_by(*_ORDERS[order], "pk")[start : start + limit]]


def _counted(rows: QuerySet[Translation], day: date, since: datetime) -> QuerySet[Translation]:
    counts = DayCount.objects.filter(translation=OuterRef("pk"), day__gte=day).values("translation")
    votes = Vote.objects.filter(translation=OuterRef("pk"), voted_at__gte=since).values("translation")
    open_work = Vote.objects.filter(translation=OuterRef("pk")).open_work().order_by().values("translation")
    tickets = ArticleTicket.objects.filter(
        article=OuterRef("article"), role=ArticleTicket.Role.ASKED_AFTER, linked_at__gte=since
    )
    broken = BrokenLink.objects.filter(translation=OuterRef("pk")).values("translation")
    return rows.annotate(
        view_count=Coalesce(Subquery(counts.annotate(n=Sum("views")).values("n")), 0),
        search_count=Coalesce(Subquery(counts.annotate(n=Sum("from_search")).values("n")), 0),
        helpful_count=_number(votes.annotate(n=Count("pk", filter=Q(helpful=True)))),
        unhelpful_count=_number(votes.annotate(n=Count("pk", filter=Q(helpful=False)))),
        comment_count=_number(open_work.annotate(n=Count("pk"))),
        ticket_count=_number(tickets.order_by().values("article").annotate(n=Count("pk"))),
        broken_count=_number(broken.order_by().annotate(n=Count("pk"))),
    )


def _number(counted: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(counted.order_by().values("n")), 0)


_ORDERS: dict[Order, list[Any]] = {
    Order.VIEWS: [F("view_count").desc()],
    Order.UNHELPFUL: [F("unhelpful_count").desc(), F("view_count").desc()],
    Order.TICKETS: [F("ticket_count").desc(), F("view_count").desc()],
    Order.OLDEST: [F("published_at").asc()],
    Order.FACTS: [F("article__facts_changed_at").asc(nulls_last=True)],
    Order.SEARCHES: [F("search_count").desc()],
}


def _health(row: Any) -> Health:
    read_at = max(filter(None, [row.published_at, row.article.reviewed_at]))
    return Health(
        translation=row,
        views=row.view_count,
        from_search=row.search_count,
        helpful=row.helpful_count,
        unhelpful=row.unhelpful_count,
        open_comments=row.comment_count,
        tickets=row.ticket_count,
        broken_links=row.broken_count,
        facts_changed_at=row.article.facts_changed_at,
        age_days=(now() - read_at).days,
    )
