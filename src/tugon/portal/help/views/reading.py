"""Chapters, shelves and articles."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation as languages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markupsafe import Markup

from tugon.helpcenter import addresses
from tugon.helpcenter.models import Article, Category, Section, Translation, Visibility
from tugon.helpcenter.readers import Reader
from tugon.helpcenter.rendering import Rendered, rendered

from .. import articles, lists, structured
from ..answering import Crumbs, help_page, in_language
from ..dressing import dressed
from ..people import audiences, chosen_audience, reader_of
from ..revision import kept
from ..unlinking import unlinked
from ..warm import public


@require_safe
@public
@in_language
def index(request: HttpRequest, language: str) -> HttpResponse:
    """All chapters. Three queries."""
    among = audiences()
    audience = chosen_audience(request, among)
    chapters = lists.chapters(reader_of(request), language, audience.pk if audience else None)
    there = {code: addresses.home(code) for code in articles.offered()}
    crumbs = [_home(language)]
    context = {"chapters": chapters, "audiences": among}
    return help_page(request, "index.html", language, context, there=there, crumbs=crumbs, audience=audience)


@require_safe
@public
@in_language
def category(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A chapter with its shelves. Four queries."""
    reader = reader_of(request)
    row = articles.find_category(slug, reader, language)
    shelves = lists.shelves(row, reader, language)
    if not shelves:
        _hide_what_nobody_may_read(Article.objects.live().filter(section__category=row))
    context = {"category": row, "title": row.title_in(language), "shelves": shelves}
    return help_page(
        request,
        "category.html",
        language,
        {**context, "description": row.description_in(language)},
        there=articles.in_all_languages("category", row.slug),
        crumbs=[_home(language), _crumb_of(row, language)],
        about={"category": row.pk},
    )


@require_safe
@public
@in_language
def section(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """A shelf, in pages of fifty. Three queries."""
    reader = reader_of(request)
    row = articles.find_section(slug, reader, language)
    after = _place(request.GET.get("after", ""))
    lines, more = lists.page_of(row, reader, language, after=after)
    if not lines and after is None:
        _hide_what_nobody_may_read(Article.objects.live().filter(section=row))
    context = {
        "section": row,
        "title": row.title_in(language),
        "lines": lines,
        "more": more,
        "is_first": not after,
    }
    return help_page(
        request,
        "section.html",
        language,
        {**context, "description": row.description_in(language)},
        there=articles.in_all_languages("section", row.slug),
        crumbs=[_home(language), _crumb_of(row.category, language), _crumb_of(row, language)],
        about={"section": row.pk},
        is_listed=after is None,
    )


@require_safe
@public
@in_language
def article(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One article, in the reader's language or marked in the nearest one. At most six queries and what facts need."""
    found = articles.find_article(language, slug, reader_of(request))
    row = found.translation
    related = lists.related(row.article, reader_of(request), language)
    context = {
        **_article_context(found, language, reader_of(request)),
        "related": related,
        "voted": request.GET.get("voted", ""),
    }
    crumbs = _crumbs(found, language)
    data = structured.of_article(row, context["rendered"], found.alternates[row.language])
    is_listed = row.article.visibility == Visibility.PUBLIC
    return help_page(
        request,
        "article.html",
        language,
        {
            **context,
            "article_data": structured.data_block(data) if is_listed and not found.is_fallback else "",
        },
        there=found.alternates,
        crumbs=crumbs,
        about={"article": row.article_id},
        is_listed=is_listed,
    )


@require_safe
@public
@in_language
def on_paper(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The article alone, for a printer. Its address is told to no search engine."""
    found = articles.find_article(language, slug, reader_of(request))
    context = _article_context(found, language, reader_of(request))
    there = {code: f"{path}print/" for code, path in found.alternates.items()}
    address = structured.absolute(found.alternates[found.translation.language])
    return help_page(
        request, "print.html", language, {**context, "address": address}, there=there, is_listed=False
    )


def _article_context(found: articles.Found, language: str, reader: Reader) -> dict[str, Any]:
    row = found.translation
    shown, body = _words(row, row.published_id, language, reader)
    return {
        "translation": row,
        "article": row.article,
        "rendered": shown,
        "body": body,
        "is_fallback": found.is_fallback,
        "own_url": found.alternates[row.language],
        "title": row.title,
    }


@kept
def _words(
    row: Translation, version_id: int | None, language: str, reader: Reader
) -> tuple[Rendered, Markup]:
    """The text rendered, and as the page shows it. version_id: another version is another answer."""
    assert row.published is not None
    shown = rendered(row.published, row.language, kind=row.article.kind)
    (html,) = unlinked([shown.html], reader)
    with languages.override(row.language):
        return shown, dressed(_kept_in(html, row.language, language))


def _kept_in(html: str, own: str, language: str) -> str:
    """Who reads a text for want of their own language stays below their language when they follow its links."""
    return html if own == language else html.replace(f'href="/{own}/help/', f'href="/{language}/help/')


def _hide_what_nobody_may_read(rows: Any) -> None:
    """An empty shelf may say that it is empty; one full of what this reader may not read does not exist for them."""
    if rows.exists():
        raise Http404


def _crumbs(found: articles.Found, language: str) -> Crumbs:
    row = found.translation
    section = row.article.section
    own = (row.title, addresses.article(language, row.slug))
    return [_home(language), _crumb_of(section.category, language), _crumb_of(section, language), own]


def _home(language: str) -> tuple[str, str]:
    return _("Help center"), addresses.home(language)


def _crumb_of(row: Category | Section, language: str) -> tuple[str, str]:
    make = addresses.category if isinstance(row, Category) else addresses.section
    return row.title_in(language), make(language, row.slug)


def _place(text: str) -> tuple[int, int] | None:
    """The (position, id) that a page begins after; None for the first page and for what is none."""
    position, _dot, pk = text.partition(".")
    is_number = all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (position, pk))
    return (int(position), int(pk)) if is_number else None
