"""Searching: the page of results, and results while typing."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.helpcenter.languages import offered
from tugon.pages.formats import language_name
from tugon.pages.render import page

from ...context import query
from .. import finding
from ..answering import help_page, in_language
from ..people import reader_of

LONGEST = 300  # characters of a question
MOST_TYPED = 6


@require_safe
@cache_control(private=True, no_store=True)
@in_language
def search(request: HttpRequest, language: str) -> HttpResponse:
    """The results for `q`; without one, the field alone."""
    text = _asked(request)
    lines = finding.find(text, language=language, reader=reader_of(request), most=20) if text else []
    there = {code: reverse("portal:help-search", args=[code]) for code in offered()}
    context = {"q": text, "lines": lines}
    about = {"subject": text[:200]} if text else {}
    return help_page(request, "search.html", language, context, there=there, about=about, is_listed=False)


@require_safe
@cache_control(private=True, no_store=True)
def typed(request: HttpRequest, language: str) -> HttpResponse:
    """A few results below the field, while somebody types."""
    text = _asked(request)
    lines = finding.find(text, language=language, reader=reader_of(request), most=MOST_TYPED) if text else []
    contact = reverse("portal:contact") + query(subject=text[:200], lang=language)
    context = {"q": text, "lines": lines, "language": language, "language_name": language_name}
    return page(request, "portal/help/typed.html", {**context, "contact_url": contact})


def _asked(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
