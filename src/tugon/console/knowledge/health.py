"""How each published text does: read, found, voted on, and what came of it. One table, sorted by what hurts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import ArticleTicket, BrokenLink, DayCount, Translation, Vote
from tugon.lib.clock import now

from .access import writers_only
from .articles import language_choices
from .paging import Page, keyset
from .showing import show

DAYS = 30
"""Days that views and searches are counted over; votes and tickets over three times as many."""


@dataclass(frozen=True, slots=True)
class Column:
    """field: an annotation that is never null. downwards: which way hurts first. hint: what it counts."""

    label: str | Promise
    field: str
    hint: str | Promise
    downwards: bool = True


COLUMNS: dict[str, Column] = {
    "unhelpful": Column(
        _("Said no"), "unhelpful", _("“Was this helpful?” answered with no, in the last 90 days")
    ),
    "share": Column(_("Helpful"), "share", _("Of all who answered in the last 90 days"), downwards=False),
    "views": Column(_("Views"), "views", _("Opened by readers in the last 30 days")),
    "searched": Column(_("From search"), "searched", _("Opened from a search in the last 30 days")),
    "tickets": Column(
        _("Tickets after"), "tickets", _("People who read it and asked us all the same, last 90 days")
    ),
    "broken": Column(_("Broken links"), "broken", _("Links that lead nowhere for its readers")),
    "age": Column(_("Published"), "published_at", _("When these words were published"), downwards=False),
}


@require_GET
@writers_only
def health(request: HttpRequest) -> HttpResponse:
    """One page of the table. `sort`, `way`, `language`. One query besides the frame's."""
    languages = offered()
    language = request.GET.get("language", "")
    sort = request.GET.get("sort", "") if request.GET.get("sort") in COLUMNS else "unhelpful"
    column = COLUMNS[sort]
    downwards = {"down": True, "up": False}.get(request.GET.get("way", ""), column.downwards)
    rows = measured(
        Translation.objects.published().filter(
            language__in=[language] if language in languages else languages
        )
    )
    return show(
        request,
        "health",
        at="health",
        page=page_of(rows, request.GET, column, downwards=downwards),
        columns=COLUMNS,
        sort=sort,
        downwards=downwards,
        language=language,
        languages_offered=language_choices(),
        today=now().date(),
    )


def page_of(rows: Any, given: QueryDict, column: Column, *, downwards: bool) -> Page:
    def read(row: Any) -> Any:
        value = getattr(row, column.field)
        return value.isoformat() if hasattr(value, "isoformat") else value

    shown = rows.for_list().defer("draft_body", "draft_sources")
    return keyset(shown, given, column=column.field, downwards=downwards, read=read)


def measured(found: QuerySet[Translation]) -> Any:
    """With `views`, `searched`, `helpful`, `unhelpful`, `words`, `tickets`, `broken`, and `share`: 0 to 1, 2 if nobody
    answered.
    """
    since, long_since = now() - timedelta(days=DAYS), now() - timedelta(days=3 * DAYS)
    counts = DayCount.objects.filter(translation_id=OuterRef("pk"), day__gte=since.date())
    votes = Vote.objects.filter(translation_id=OuterRef("pk"), voted_at__gte=long_since)
    tickets = ArticleTicket.objects.filter(
        article_id=OuterRef("article_id"), role=ArticleTicket.Role.ASKED_AFTER, linked_at__gte=long_since
    )
    rows: Any = found.annotate(
        views=_sum(counts, "views"),
        searched=_sum(counts, "from_search"),
        helpful=_count(votes.filter(helpful=True), "translation_id"),
        unhelpful=_count(votes.filter(helpful=False), "translation_id"),
        words=_count(votes.filter(resolved_at=None).exclude(comment=""), "translation_id"),
        tickets=_count(tickets, "article_id"),
        broken=_count(BrokenLink.objects.filter(translation_id=OuterRef("pk")), "translation_id"),
    )
    answered = F("helpful") + F("unhelpful")
    return rows.annotate(
        share=Case(
            When(Q(helpful=0, unhelpful=0), then=Value(2.0)),
            default=Cast(F("helpful"), FloatField()) / Cast(answered, FloatField()),
            output_field=FloatField(),
        )
    )


def _sum(rows: QuerySet[Any], field: str) -> Coalesce:
    totals = rows.order_by().values("translation_id").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(totals, output_field=IntegerField()), 0)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    totals = rows.order_by().values(by).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(totals, output_field=IntegerField()), 0)
