"""The support home: search, who are you, chapters, what is read, and how to reach a person."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.customers.models import Audience
from tugon.helpcenter import addresses
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Level
from tugon.intake.models import Form
from tugon.tickets.models.state import ACTIVE

from ...advisor.at_home import ways_at_home
from ...choices import open_forms, ways_in
from ...identity import visitor
from ...words import expected_in_words, standing
from .. import lists
from ..answering import help_page, in_language
from ..people import CHOSEN, NOBODY, audiences, chosen_audience, reader_of
from ..warm import AUDIENCE_COOKIE, public

_YEAR = 365 * 24 * 3600  # seconds
_NETWORKS = {
    "facebook.com": "Facebook",
    "x.com": "X",
    "twitter.com": "X",
    "instagram.com": "Instagram",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "linkedin.com": "LinkedIn",
    "t.me": "Telegram",
    "discord.gg": "Discord",
    "discord.com": "Discord",
    "reddit.com": "Reddit",
    "threads.net": "Threads",
    "bsky.app": "Bluesky",
}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The support home at "/": the same page, in the language this reader gets without an address that says one."""
    response = _home(request, get_language() or "en")
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
@public
@in_language
def home(request: HttpRequest, language: str) -> HttpResponse:
    """At most eighteen queries; two more for who is signed in. None while it lies ready."""
    return _home(request, language)


def _home(request: HttpRequest, language: str) -> HttpResponse:
    among = audiences()
    audience = chosen_audience(request, among)
    response = help_page(
        request,
        "home.html",
        language,
        {**_context(request, language, audience), "audiences": among},
        there={code: f"/{code}/" for code in offered()},
        audience=audience,
    )
    _remember(request, response, audience, among)
    return response


def _context(request: HttpRequest, language: str, audience: Audience | None) -> dict[str, Any]:
    reader, audience_id = reader_of(request), audience.pk if audience else None
    forms = open_forms()
    mailbox = Mailbox.objects.default()
    form = _their_form(forms, audience_id)
    offered_ways = ways_at_home(
        language, timezone.get_current_timezone_name(), audience_id, form.slug if form else ""
    )
    return {
        "chapters": lists.chapters(reader, language, audience_id),
        "popular": lists.popular(reader, language, audience_id),
        "recent": lists.recent(reader, language, audience_id),
        "form": form,
        "ways": ways_in(forms),
        "at_once": offered_ways.at_once,
        "people": offered_ways.people,
        "address": mailbox.address if mailbox else "",
        "expected": expected_in_words(),
        "lately": _lately(request),
        "networks": _networks(),
        "news_url": company.get("news_url"),
        "news_level": Level.NEWS,
        "help_url": addresses.home(language),
    }


def _their_form(forms: list[Form], audience_id: int | None) -> Form | None:
    """The only form there is, or that of the chosen audience; None where the person has to choose."""
    if len(forms) == 1:
        return forms[0]
    return next((form for form in forms if audience_id and form.audience_id == audience_id), None)


def _remember(
    request: HttpRequest, response: HttpResponse, audience: Audience | None, among: list[Audience]
) -> None:
    """Keep what somebody said to be, until they say otherwise. A page that sets a cookie is kept by nobody."""
    said = request.GET.get(CHOSEN)
    if said is None or (said != NOBODY and audience is None):
        return
    if request.COOKIES.get(AUDIENCE_COOKIE) == said:
        return
    response.set_cookie(
        AUDIENCE_COOKIE,
        said,
        max_age=_YEAR,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
    patch_cache_control(response, private=True, no_store=True)


def _networks() -> list[tuple[str, str]]:
    """Names and addresses of the company's pages in social networks."""
    found = []
    for url in company.get("social_urls"):
        host = urlsplit(url).netloc.lower().removeprefix("www.").removeprefix("m.")
        found.append((_NETWORKS.get(host, host), url))
    return found


def _lately(request: HttpRequest) -> list[tuple[Any, Any]]:
    """The signed-in customer's newest unfinished requests, with their standing."""
    customer = visitor(request).customer
    if customer is None:
        return []
    rows = visitor(request).tickets().of_customer(customer).filter(status__in=ACTIVE).select_related("state")
    return [(row, standing(row)) for row in rows.order_by("-updated_at", "-pk")[:3]]
