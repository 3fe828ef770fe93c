"""Lists of articles as a reader may see them: chapters, shelves, what is read most, what is new.

Everything goes through `readable_by`. Titles come in the reader's language, else marked in the nearest one.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, RowNumber

from tugon.helpcenter import addresses
from tugon.helpcenter.models import Article, Category, DayCount, Section, Translation
from tugon.helpcenter.querysets import TranslationQuerySet
from tugon.helpcenter.readers import Reader
from tugon.lib.clock import now

from .revision import kept

PAGE = 50
PREVIEW = 5  # articles of a section on its category's page
POPULAR_DAYS = 30
_POPULAR_KEPT = 300.0  # seconds
_popular: tuple[float, list[int]] = (float("-inf"), [])


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list. language: of its words, where it is not the reader's own; else empty."""

    article_id: int
    title: str
    summary: str
    href: str
    kind: str
    language: str
    published_at: datetime | None
    section_id: int
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    description: str
    icon: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section with its first articles. count: of all in it that the reader may read."""

    title: str
    description: str
    href: str
    count: int
    lines: list[Line]


@kept
def chapters(reader: Reader, language: str, audience_id: int | None) -> list[Chapter]:
    """The categories offered to an audience in which there is something to read. One query."""
    rows = (
        Category.objects.visible()
        .for_audience(audience_id)
        .annotate(count=_readable("section__category_id", reader))
    )
    return [
        Chapter(
            row.title_in(language),
            row.description_in(language),
            row.icon,
            addresses.category(language, row.slug),
            row.count,
        )
        for row in rows
        if row.count
    ]


@kept
def shelves(category: Category, reader: Reader, language: str) -> list[Shelf]:
    """The sections of a category with their first articles. Two queries; empty sections are left out."""
    sections = list(category.sections.annotate(count=_readable("section_id", reader)))
    window = Window(
        RowNumber(),
        partition_by=F("article__section_id"),
        order_by=[F("article__position"), F("article_id")],
    )
    rows = (
        _readings(reader)
        .filter(article__section__category=category)
        .nearest_to(language)
        .annotate(row=window)
        .filter(row__lte=PREVIEW)
        .order_by("article__position", "article_id")
    )
    lines = lines_of(rows, language)
    return [
        Shelf(
            section.title_in(language),
            section.description_in(language),
            addresses.section(language, section.slug),
            section.count,
            [line for line in lines if line.section_id == section.pk],
        )
        for section in sections
        if section.count
    ]


@kept
def page_of(
    section: Section, reader: Reader, language: str, *, after: tuple[int, int] | None
) -> tuple[list[Line], str]:
    """PAGE articles of a section behind a place (position, id), and what the next page begins after. One query."""
    rows = _readings(reader).filter(article__section=section).nearest_to(language)
    if after is not None:
        behind = Q(article__position=after[0], article_id__gt=after[1])
        rows = rows.filter(Q(article__position__gt=after[0]) | behind)
    found = lines_of(rows.order_by("article__position", "article_id")[: PAGE + 1], language)
    more = "{}.{}".format(*found[PAGE - 1].place) if len(found) > PAGE else ""
    return found[:PAGE], more


@kept
def popular(reader: Reader, language: str, audience_id: int | None, *, most: int = 6) -> list[Line]:
    """What was read most in the last POPULAR_DAYS; filled up in the help center's own order. At most three queries."""
    ids = _most_read()
    rows = _offered(reader, audience_id).filter(article_id__in=ids).nearest_to(language)
    by_rank = {pk: rank for rank, pk in enumerate(ids)}
    found = sorted(lines_of(rows, language), key=lambda line: by_rank[line.article_id])[:most]
    if len(found) < most:
        others = _offered(reader, audience_id).exclude(article_id__in=[line.article_id for line in found])
        order = (
            "article__section__category__position",
            "article__section__position",
            "article__position",
            "article_id",
        )
        found += lines_of(others.nearest_to(language).order_by(*order)[: most - len(found)], language)
    return found


@kept
def recent(reader: Reader, language: str, audience_id: int | None, *, most: int = 5) -> list[Line]:
    """What was published last. One query."""
    rows = _offered(reader, audience_id).nearest_to(language).order_by("-published_at", "-pk")
    return lines_of(rows[:most], language)


@kept
def related(article: Article, reader: Reader, language: str, *, most: int = 5) -> list[Line]:
    """Of the same section or sharing its terms; those that share most first. One query."""
    shares = Q(article__section_id=article.section_id)
    if article.terms:
        shares |= Q(article__terms__overlap=article.terms)
    rows = _readings(reader).filter(shares).exclude(article=article).nearest_to(language)
    if article.terms:
        common = Func(
            F("article__terms"),
            Cast(Value(article.terms), ArrayField(CharField())),
            template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))",
            arg_joiner=") INTERSECT SELECT unnest(",
            output_field=IntegerField(),
        )
        rows = rows.annotate(common=common).order_by("-common", "article__position", "article_id")
    else:
        rows = rows.order_by("article__position", "article_id")
    return lines_of(rows[:most], language)


def lines_of(rows: TranslationQuerySet, language: str) -> list[Line]:
    fields = ("article_id", "title", "summary", "language", "slug", "published_at", "article__kind")
    places = ("article__section_id", "article__position")
    return [
        Line(
            row["article_id"],
            row["title"],
            row["summary"],
            addresses.article(language, row["slug"]),
            row["article__kind"],
            row["language"] if row["language"] != language else "",
            row["published_at"],
            row["article__section_id"],
            (row["article__position"], row["article_id"]),
        )
        for row in rows.values(*fields, *places)
    ]


def _readings(reader: Reader) -> TranslationQuerySet:
    return Translation.objects.published().readable_by(reader)


def _offered(reader: Reader, audience_id: int | None) -> TranslationQuerySet:
    """What stands in the chapters of an audience."""
    chapters = Category.objects.visible().for_audience(audience_id)
    return _readings(reader).filter(article__section__category__in=chapters.order_by())


def _readable(outer: str, reader: Reader) -> Any:
    """The number of articles that may be read, of each row outside."""
    rows = Article.objects.live().readable_by(reader).filter(**{outer: OuterRef("pk")}).order_by()
    counted = rows.values(outer).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _most_read() -> list[int]:
    """Ids of articles, whoever may read them; asked once in _POPULAR_KEPT."""
    global _popular
    if time.monotonic() - _popular[0] > _POPULAR_KEPT:
        since = now().date() - timedelta(days=POPULAR_DAYS)
        counts = DayCount.objects.filter(day__gte=since, translation__article__archived_at=None).order_by()
        totals = counts.values("translation__article_id").annotate(total=Sum("views")).order_by("-total")
        _popular = (time.monotonic(), [row["translation__article_id"] for row in totals[:100]])
    return _popular[1]


def forget() -> None:
    """Ask afresh next time what is read most. For tests."""
    global _popular
    _popular = (float("-inf"), [])
