"""The page “Who charged me?”. Works without script; with it, the answer comes while one types."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.billing import lookups
from tugon.billing.finding import who_charged
from tugon.billing.models import Processor
from tugon.helpcenter.languages import offered

from ..help.answering import help_page, in_language
from .carrying import CHARGE
from .telling import told

LONGEST = 200
NAMED = 40
"""Processors listed where nothing was asked yet."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,32}")


@require_safe
@cache_control(private=True, no_store=True)
@in_language
def who_charged_me(request: HttpRequest, language: str) -> HttpResponse:
    """The processor, how to reach them, what to have ready, what they can do and what only we can. At most ten queries.

    What is asked is kept without numbers, once a visit (`look`), and goes along to the form.
    """
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    said = request.GET.get("look", "")
    look = said if _TOKEN.fullmatch(said) else lookups.new_token()
    matches = who_charged(text) if text else []
    kept = lookups.keep(text, matches, token=look, language=language) if text else None
    context = {
        "q": text,
        "look": look,
        "matches": [told(match, language) for match in matches],
        "names": [] if text else list(Processor.objects.in_use().values_list("name", flat=True)[:NAMED]),
    }
    there = {code: reverse("portal:billing", args=[code]) for code in offered()}
    about = {CHARGE: kept.token} if kept else {}
    return help_page(
        request,
        "billing/page.html",
        language,
        context,
        there=there,
        about=about,
        block="answer",
        is_listed=not text,
    )


@require_safe
def unprefixed(request: HttpRequest) -> HttpResponse:
    """`/billing/` leads to the same below a language."""
    query = request.META.get("QUERY_STRING", "")
    address = reverse("portal:billing", args=[get_language() or "en"])
    return redirect(address + (f"?{query}" if query else ""))
