"""How we decide what comes first, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tugon.helpcenter.languages import offered
from tugon.priority.deciding import decided

from ..help.answering import help_page, in_language
from . import telling


@require_safe
@in_language
def priority(request: HttpRequest, language: str) -> HttpResponse:
    """The factors, the table, threats, raises and promises. At most seven queries."""
    known = decided()
    there = {code: reverse("portal:priority", args=[code]) for code in offered()}
    home = (_("Contact & support"), reverse("portal:support", args=[language]))
    context = {
        "rows": telling.rows(known),
        "severities": telling.severities(),
        "threats": telling.threats(known),
        "raises": telling.raises(known),
        "promised": telling.promised(),
    }
    crumbs = [home, (_("How we set priorities"), there[language])]
    return help_page(request, "priority/priority.html", language, context, there=there, crumbs=crumbs)


@require_safe
def unprefixed(request: HttpRequest) -> HttpResponse:
    """Without a language: to the reader's."""
    language = get_language() or "en"
    codes = list(offered())
    return redirect("portal:priority", language if language in codes else codes[0])
