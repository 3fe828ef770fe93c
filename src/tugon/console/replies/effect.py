"""The page that shows what templates achieve."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tugon.lib.clock import now

from ..access import agent_of, language_of
from . import listing, measuring
from .access import writers_only
from .showing import show

DAYS = (30, 90, 365)


@require_GET
@writers_only
def effect(request: HttpRequest) -> HttpResponse:
    """Uses, edits, reopenings and ratings, per template and language, beside like tickets without. Five queries."""
    given = request.GET.get("days", "")
    days = int(given) if given.isdecimal() and int(given[:4]) in DAYS else 90
    language = request.GET.get("language", "")
    found = measuring.effects(agent_of(request), since=now() - timedelta(days=days), language=language)
    return show(
        request,
        "effect",
        at="effect",
        found=found,
        titles=measuring.titles_of(found, language_of(request)),
        days=days,
        periods=[(str(one), _("{n} days").format(n=one)) for one in DAYS],
        language=language,
        languages_offered=listing.language_choices(),
        enough=measuring.ENOUGH,
    )
