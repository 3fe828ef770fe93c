"""The articles as agents look for them: by place, language, state, owner, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tugon.helpcenter.models import Article, Category, Section, Translation
from tugon.lib.clock import now

from .paging import Page, keyset

STATES: dict[str, str | Promise] = {
    "published": _("Published"),
    "draft": _("With a draft"),
    "never": _("Never published"),
    "scheduled": _("Scheduled"),
    "review": _("In review"),
    "archived": _("Archived"),
}
MATTERS: dict[str, str | Promise] = {
    "due": _("Due for review"),
    "stale": _("A translation is out of date"),
    "missing": _("Not in every language"),
    "facts": _("A fact changed"),
    "broken": _("With broken links"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; unknown values count as nothing asked."""

    words: str = ""
    section: int = 0
    category: int = 0
    language: str = ""
    state: str = ""
    owner: str = ""
    matter: str = ""

    @classmethod
    def of(cls, given: QueryDict, languages: list[str]) -> Filters:
        place = given.get("place", "")
        kind, _colon, number = place.partition(":")
        pk = int(number) if number.isdecimal() and len(number) < 18 else 0
        owner = given.get("owner", "")
        return cls(
            words=given.get("q", "").strip()[:200],
            section=pk if kind == "section" else 0,
            category=pk if kind == "category" else 0,
            language=given.get("language", "") if given.get("language") in languages else "",
            state=given.get("state", "") if given.get("state") in STATES else "",
            owner=owner if owner in ("me", "nobody") or owner.isdecimal() else "",
            matter=given.get("matter", "") if given.get("matter") in MATTERS else "",
        )

    @property
    def place(self) -> str:
        if self.section:
            return f"section:{self.section}"
        return f"category:{self.category}" if self.category else ""

    @property
    def are_set(self) -> bool:
        return any((self.words, self.place, self.language, self.state, self.owner, self.matter))


def articles(filters: Filters, *, agent_id: int, languages: list[str]) -> QuerySet[Article]:
    """Those that fit. Archived ones only where they are asked for."""
    rows = Article.objects.archived() if filters.state == "archived" else Article.objects.present()
    if filters.section:
        rows = rows.filter(section_id=filters.section)
    if filters.category:
        rows = rows.filter(section__category_id=filters.category)
    if filters.owner:
        chosen = (
            agent_id
            if filters.owner == "me"
            else int(filters.owner or 0)
            if filters.owner.isdecimal()
            else None
        )
        rows = rows.filter(owner_id=chosen) if chosen else rows.filter(owner=None)
    words = _words_of(filters)
    if words is not None:
        rows = rows.filter(Exists(words))
    if filters.state == "never":
        rows = rows.exclude(
            Exists(Translation.objects.filter(article_id=OuterRef("pk"), published__isnull=False))
        )
    return _with_matter(rows, filters, languages)


def page_of(rows: QuerySet[Article], given: QueryDict, filters: Filters) -> Page:
    """A page of rows with their languages, places and owners. Three queries. What is due comes longest due first."""
    shown = rows.select_related("section__category", "owner").prefetch_related(
        Prefetch("translations", Translation.objects.with_freshness().defer("draft_body", "draft_sources"))
    )
    if filters.matter == "due":
        return keyset(
            shown,
            given,
            column="review_due_on",
            downwards=False,
            read=lambda row: row.review_due_on.isoformat(),
        )
    return keyset(shown, given)


def places(language: str) -> list[tuple[str, str]]:
    """Categories and their sections for a select. Two queries."""
    found: list[tuple[str, str]] = []
    rows = list(Section.objects.in_order())
    for category in Category.objects.all():
        found.append((f"category:{category.pk}", category.title_in(language)))
        found += [
            (f"section:{row.pk}", f"\u2003{row.title_in(language)}")
            for row in rows
            if row.category_id == category.pk
        ]
    return found


def sections(language: str) -> list[tuple[str, str]]:
    """Every section by its id, with its category before it. One query."""
    return [
        (str(row.pk), f"{row.category.title_in(language)} › {row.title_in(language)}")
        for row in Section.objects.in_order()
    ]


def state_words(translation: Translation) -> tuple[str, str]:
    """(tone, what state it is in) for a badge."""
    if translation.scheduled_for:
        return "info", str(STATES["scheduled"])
    if translation.review == "asked":
        return "accent", str(STATES["review"])
    if translation.published_id and translation.has_draft:
        return "success", str(_("Published, with a draft"))
    if translation.published_id:
        return "success", str(STATES["published"])
    return "neutral", str(_("Draft"))


def titles(articles: list[Article], language: str) -> Mapping[int, str]:
    """The title by which an agent knows each: in their language, else the original's. The translations are read."""
    found = {}
    for article in articles:
        rows = {row.language: row for row in article.translations.all()}
        best = rows.get(language) or rows.get(article.source_language) or next(iter(rows.values()), None)
        found[article.pk] = best.shown_title if best else article.key
    return found


def _words_of(filters: Filters) -> QuerySet[Translation] | None:
    """Whether there are words like this in the language asked for, in the state asked for."""
    state = {
        "published": Q(published__isnull=False),
        "draft": Q(has_draft=True),
        "scheduled": Q(scheduled_for__isnull=False),
        "review": Q(review="asked"),
    }.get(filters.state, Q())
    if not (filters.words or filters.language or state):
        return None
    rows = Translation.objects.filter(state, article_id=OuterRef("pk"))
    if filters.language:
        rows = rows.filter(language=filters.language)
    for word in filters.words.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(draft_title__icontains=word)
            | Q(summary__icontains=word)
            | Q(slug__icontains=word)
        )
    return rows


def _with_matter(rows: QuerySet[Article], filters: Filters, languages: list[str]) -> QuerySet[Article]:
    mine = Translation.objects.filter(article_id=OuterRef("pk"))
    if filters.language:
        mine = mine.filter(language=filters.language)
    if filters.matter == "due":
        return rows.filter(review_due_on__lte=now().date())
    if filters.matter == "facts":
        return rows.filter(facts_changed_at__isnull=False)
    if filters.matter == "stale":
        return rows.filter(Exists(mine.out_of_date()))
    if filters.matter == "broken":
        return rows.filter(Exists(mine.filter(broken_links__isnull=False)))
    if filters.matter == "missing":
        wanted = [filters.language] if filters.language else languages
        lacking: Any = Q()
        for language in wanted:
            lacking |= ~Exists(
                Translation.objects.filter(
                    article_id=OuterRef("pk"), language=language, published__isnull=False
                )
            )
        return rows.filter(lacking)
    return rows
