"""Searching: the page of results, and results while typing."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.helpcenter.languages import nearest, offered
from tugon.helpcenter.readers import Reader
from tugon.pages.environment import url
from tugon.pages.formats import language_name
from tugon.pages.render import page
from tugon.search.knowledge import log, visitors
from tugon.search.knowledge.finding import find
from tugon.search.knowledge.models import KnowledgeEntry, Search
from tugon.search.knowledge.results import Found, Suggestion

from ...context import query
from ..answering import help_page, in_language
from ..people import reader_of, stranger, who
from ..revision import KEPT_SECONDS, keeping
from ..warm import may_be_kept

LONGEST = 300  # characters of a question
MOST, MOST_TYPED = 20, 6
LEAST_NOTED = 3  # characters; fewer say nothing of what is looked for


MOST_KEPT = 300  # answers; people ask much the same, but whoever likes may ask anything


def _seconds(found: Found) -> float:
    """What was found by words alone is kept for a moment only: meaning may answer again."""
    return KEPT_SECONDS if found.with_meaning else 5.0


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
    reader = reader_of(request)
    found = _found(text, language, reader, after) if text else None
    there = {code: url("portal:help-search", code) for code in offered()}
    context = {
        "q": text,
        "results": results_of(found, language) if found else [],
        "number": found.number if found else 0,
        "more": query(q=text, after=found.after) if found and found.after else "",
        "is_first": not after,
    }
    shown = help_page(
        request, "search.html", language, context, there=there, about={"subject": text[:200]}, is_listed=False
    )
    return _keep(request, shown, found, language)


@require_safe
@cache_control(private=True, no_store=True)
def typed(request: HttpRequest, language: str) -> HttpResponse:
    """A few results below the field, while somebody types."""
    text = _asked(request)
    reader = reader_of(request)
    found = _found_so_far(text, language, reader) if text else None
    context = {
        "q": text,
        "results": results_of(found, language) if found else [],
        "language": language,
        "language_name": language_name,
        "contact_url": url("portal:contact") + query(subject=text[:200], lang=language),
    }
    return _keep(request, page(request, "portal/help/typed.html", context), found, language)


@keeping(most=MOST_KEPT, seconds=_seconds)
def _found(text: str, language: str, reader: Reader, after: str) -> Found:
    return find(text, language=language, reader=reader, after=after, limit=MOST)


@keeping(most=MOST_KEPT, seconds=_seconds)
def _found_so_far(text: str, language: str, reader: Reader) -> Found:
    return find(text, language=language, reader=reader, limit=MOST_TYPED, while_typing=True)


def _keep(request: HttpRequest, response: HttpResponse, found: Found | None, language: str) -> HttpResponse:
    """Note the search. Who asks the same in the next seconds gets the same answer, and is noted all the same.

    Not noted are agents who try the help center, further pages, and the first letters typed, which say nothing yet.
    """
    is_short = request.path.endswith("/typed") and found is not None and len(found.asked.text) < LEAST_NOTED
    told = None if request.GET.get("after") or is_short else found
    if told is not None and not reader_of(request).is_agent:
        _note(told, language, who(request))
    again = partial(_note_again, told, language)
    return may_be_kept(response, note=again, seconds=_seconds(found) if found else KEPT_SECONDS)


def _note_again(found: Found | None, language: str, request: HttpRequest) -> None:
    if found is not None:
        _note(found, language, stranger(request))


def _note(found: Found, language: str, person: str) -> None:
    """Keep what was looked for, of a hash of the visitor."""
    me = visitors.visitor_of(person)
    log.note(found, place=Search.Place.HELP, language=language, visitor=me)


@require_safe
@cache_control(private=True, no_store=True)
def opened(request: HttpRequest, language: str, kind: str, pk: int) -> HttpResponse:
    """Lead to a result, and keep that it was opened: searches whose results nobody opens are work for editors."""
    if kind not in KnowledgeEntry.Kind.values:
        raise Http404
    of = Q(article=pk) if kind == KnowledgeEntry.Kind.ARTICLE else Q(troubleshooter=pk)
    entries = KnowledgeEntry.objects.readable_by(reader_of(request)).filter(of, kind=kind)
    there = dict(entries.values_list("language", "url"))
    own = nearest(there, language)
    if own is None:
        raise Http404
    log.opened_by(visitors.visitor_of(who(request)), place=Search.Place.HELP, kind=kind, object_id=pk)
    return HttpResponseRedirect(_below(language, own, there[own]))


def results_of(found: Found, language: str) -> list[Result]:
    return [_result(one, language) for one in found.results]


def _result(one: Suggestion, language: str) -> Result:
    return Result(
        one.kind,
        mark_safe(one.title_html),  # noqa: S308  (escaped by search)
        mark_safe(one.excerpt_html),  # noqa: S308
        url("portal:help-opened", language, one.kind, one.object_id),
        one.language if one.is_other_language else "",
    )


def _below(language: str, own: str, url: str) -> str:
    """The address below the reader's language: there it is shown, and marked where it is not written in it."""
    return f"/{language}{url[len(own) + 1 :]}" if url.startswith(f"/{own}/") else url


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
