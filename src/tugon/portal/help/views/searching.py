"""Searching: the page of results, and results while typing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.helpcenter.languages import offered
from tugon.pages.formats import language_name
from tugon.pages.render import page
from tugon.search.knowledge import log, visitors
from tugon.search.knowledge.finding import find
from tugon.search.knowledge.models import Search
from tugon.search.knowledge.results import Found, Suggestion

from ...context import query
from ...suggesting.views import who
from ..answering import help_page, in_language
from ..people import reader_of

LONGEST = 300  # characters of a question
MOST, MOST_TYPED = 20, 6


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the results. title, excerpt: safe, finds marked. language: of its words where not the page's own."""

    kind: str
    title: SafeString
    excerpt: SafeString
    href: str
    language: str


@require_safe
@cache_control(private=True, no_store=True)
@in_language
def search(request: HttpRequest, language: str) -> HttpResponse:
    """The results for `q` in pages of twenty; without one, the field alone."""
    text = _asked(request)
    after = request.GET.get("after", "")[:80]
    found = (
        find(text, language=language, reader=reader_of(request), after=after, limit=MOST) if text else None
    )
    _note(request, found, language)
    there = {code: reverse("portal:help-search", args=[code]) for code in offered()}
    context = {
        "q": text,
        "results": results_of(found, language) if found else [],
        "number": found.number if found else 0,
        "more": query(q=text, after=found.after) if found and found.after else "",
        "is_first": not after,
    }
    return help_page(
        request, "search.html", language, context, there=there, about={"subject": text[:200]}, is_listed=False
    )


@require_safe
@cache_control(private=True, no_store=True)
def typed(request: HttpRequest, language: str) -> HttpResponse:
    """A few results below the field, while somebody types."""
    text = _asked(request)
    reader = reader_of(request)
    found = (
        find(text, language=language, reader=reader, limit=MOST_TYPED, while_typing=True) if text else None
    )
    _note(request, found, language)
    context = {
        "q": text,
        "results": results_of(found, language) if found else [],
        "language": language,
        "language_name": language_name,
        "contact_url": reverse("portal:contact") + query(subject=text[:200], lang=language),
    }
    return page(request, "portal/help/typed.html", context)


def _note(request: HttpRequest, found: Found | None, language: str) -> None:
    """Keep what was looked for, of a hash of the visitor; agents trying the help center are nobody's gap."""
    if found is not None and not reader_of(request).is_agent and not request.GET.get("after"):
        me = visitors.visitor_of(who(request))
        log.note(found, place=Search.Place.HELP, language=language, visitor=me)


def results_of(found: Found, language: str) -> list[Result]:
    return [_result(one, language) for one in found.results]


def _result(one: Suggestion, language: str) -> Result:
    """Below the reader's own language, in which it is shown and marked where it is not written."""
    href = one.url
    if one.is_other_language and href.startswith(f"/{one.language}/"):
        href = f"/{language}{href[len(one.language) + 1 :]}"
    return Result(
        one.kind,
        mark_safe(one.title_html),  # noqa: S308  (escaped by search)
        mark_safe(one.excerpt_html),  # noqa: S308
        href,
        one.language if one.is_other_language else "",
    )


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
