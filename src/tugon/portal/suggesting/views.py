"""Suggestions while a request is written. What is written travels in the body of a POST, so that no log keeps it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from tugon.pages.render import page
from tugon.search.knowledge import deflection, log, visitors
from tugon.search.knowledge.finding import find
from tugon.search.knowledge.models import KnowledgeEntry, Search, Suggested
from tugon.search.knowledge.results import Suggestion
from tugon.search.knowledge.suggesting import LEAST_LETTERS, MOST

from ..help.answering import in_language
from ..help.people import reader_of, who
from ..views.answers import answer, private

LONGEST = 2_000


@require_POST
@private
@in_language
def while_writing(request: HttpRequest, language: str) -> HttpResponse:
    """A fragment: up to three answers to what is written so far; empty where there are none."""
    text = request.POST.get("text", "").replace("\0", " ").strip()[:LONGEST]
    found: list[Suggestion] = []
    token = ""
    if len(text) >= LEAST_LETTERS:
        me = visitors.visitor_of(who(request))
        answers = find(text, language=language, reader=reader_of(request), limit=MOST)
        log.note(answers, place=Search.Place.FORM, language=language, visitor=me)
        found = answers.results
        token = request.POST.get("suggested", "")[:32]
        row = deflection.show(found, token=token, visitor=me, place=Suggested.Place.FORM, language=language)
        token = row.token if row else ""
    shown = [(one, _safe(one.title_html), _safe(one.excerpt_html)) for one in found]
    return page(
        request, "portal/suggesting/answers.html", {"shown": shown, "token": token, "language": language}
    )


@require_safe
@private
@in_language
def opened(request: HttpRequest, language: str, token: str, kind: str, pk: int) -> HttpResponse:
    """Lead to what was suggested, and note that it was opened. Only to what this visitor may read."""
    entry = _entry(request, language, kind, pk)
    deflection.view(token, f"{kind}:{pk}")
    log.opened_by(visitors.visitor_of(who(request)), place=Search.Place.FORM, kind=kind, object_id=pk)
    return redirect(entry.url)


@require_POST
@private
@in_language
def solve(request: HttpRequest, language: str) -> HttpResponse:
    """Somebody says that it solved it: remembered, thanked for, and no request is sent; a token nobody has too."""
    deflection.solve(request.POST.get("suggested", "")[:32], request.POST.get("solved", "")[:40])
    return redirect("portal:suggestion-thanks", language=language)


@require_safe
@private
@in_language
def thanks(request: HttpRequest, language: str) -> HttpResponse:
    return answer(request, "suggesting/thanks.html", {"language": language})


def _entry(request: HttpRequest, language: str, kind: str, pk: int) -> KnowledgeEntry:
    """In the visitor's language, else in any. Raises Http404 for what they may not read."""
    rows = KnowledgeEntry.objects.readable_by(reader_of(request)).filter(kind=kind)
    rows = rows.filter(article=pk) if kind == KnowledgeEntry.Kind.ARTICLE else rows.filter(troubleshooter=pk)
    found = sorted(rows.defer("text"), key=lambda row: (row.language != language, row.pk))
    if not found:
        raise Http404
    return found[0]


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 - escaped by search, only <mark> is added
