"""How far each language says what the others say: what is there, what fell behind, what is missing, most read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Article, DayCount, Translation
from tugon.lib.clock import now
from tugon.pages.formats import language_name

from ..access import language_of
from . import listing
from .access import writers_only
from .paging import keyset
from .showing import show


@dataclass(frozen=True, slots=True)
class Parity:
    """Of one language, over articles published in any. published counts those out of date too."""

    code: str
    name: str
    articles: int
    published: int
    out_of_date: int
    drafts: int

    @property
    def missing(self) -> int:
        return self.articles - self.published

    @property
    def share(self) -> float:
        """Published and up to date, of all; 0 to 1."""
        return (self.published - self.out_of_date) / self.articles if self.articles else 1.0


@require_GET
@writers_only
def parity(request: HttpRequest) -> HttpResponse:
    """Figures of every language, and a page of what `language` lacks. Four queries besides the frame's."""
    found = figures()
    wanted = request.GET.get("language", "")
    chosen = next((one for one in found if one.code == wanted), None) or _worst(found)
    kind = _kind(request.GET.get("kind", ""), chosen)
    page = keyset(_lacking(chosen.code, kind), request.GET, column="views") if chosen else None
    return show(
        request,
        "parity",
        at="languages",
        figures=found,
        chosen=chosen,
        kind=kind,
        page=page,
        titles=listing.titles(page.rows, language_of(request)) if page else {},
    )


def figures() -> list[Parity]:
    """Every offered language. Two queries."""
    total = Article.objects.live().count()
    rows = (
        Translation.objects.filter(article__in=Article.objects.live())
        .with_freshness()
        .order_by()
        .values("language")
        .annotate(
            published_number=Count("pk", filter=Q(published__isnull=False)),
            stale_number=Count("pk", filter=Q(out_of_date=True)),
            drafts=Count("pk", filter=Q(has_draft=True)),
        )
    )
    known: dict[str, Any] = {row["language"]: row for row in rows}
    return [
        Parity(
            code,
            language_name(code),
            total,
            known[code]["published_number"] if code in known else 0,
            known[code]["stale_number"] if code in known else 0,
            known[code]["drafts"] if code in known else 0,
        )
        for code in offered()
    ]


def _kind(asked: str, chosen: Parity | None) -> str:
    """What is listed: what is missing, unless something else is asked for or nothing is."""
    if asked in ("stale", "missing"):
        return asked
    return "stale" if chosen and chosen.out_of_date and not chosen.missing else "missing"


def _worst(found: list[Parity]) -> Parity | None:
    behind = [one for one in found if one.missing or one.out_of_date]
    return min(behind, key=lambda one: one.share) if behind else None


def _lacking(language: str, kind: str) -> QuerySet[Article]:
    """Live articles that the language lacks or has out of date, with `views` of thirty days in any language."""
    here = Translation.objects.filter(article_id=OuterRef("pk"), language=language)
    day = (now() - timedelta(days=30)).date()
    counted = (
        DayCount.objects.filter(translation__article_id=OuterRef("pk"), day__gte=day)
        .order_by()
        .values("translation__article_id")
        .annotate(total=Sum("views"))
        .values("total")
    )
    fits: Any = (
        Exists(here.out_of_date()) if kind == "stale" else ~Exists(here.filter(published__isnull=False))
    )
    return (
        Article.objects.live()
        .filter(fits)
        .annotate(
            views=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            is_begun=Exists(here, output_field=BooleanField()),
        )
        .select_related("section__category", "owner")
        .prefetch_related("translations")
    )
