"""The way in: who are you, how to reach us, and what we keep."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.tickets.models.state import ACTIVE

from ..choices import open_forms, ways_in
from ..identity import visitor
from ..words import expected_in_words, standing
from .answers import answer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The support home. Four queries, six for who is signed in."""
    mailbox = Mailbox.objects.default()
    forms = open_forms()
    context: dict[str, Any] = {
        "ways": ways_in(forms),
        "has_forms": bool(forms),
        "address": mailbox.address if mailbox else "",
        "expected": expected_in_words(),
        "lately": _lately(request),
    }
    return answer(request, "home.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about customers, in words that are true of this installation."""
    mailbox = Mailbox.objects.default()
    context = {
        "notice_url": company.get("privacy_url"),
        "raw_days": company.get("raw_retention_days"),
        "session_days": settings.SESSION_COOKIE_AGE // 86400,
        "address": mailbox.address if mailbox else "",
    }
    return answer(request, "privacy.html", context)


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may list: the front and the forms, nothing of anybody."""
    hidden = [
        reverse("portal:requests"),
        reverse("portal:sign-in"),
        "/r/",
        "/console/",
        "/files/",
        "/contact/received/",
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _lately(request: HttpRequest) -> list[tuple[Any, Any]]:
    """The signed-in customer's newest unfinished requests, with their standing."""
    customer = visitor(request).customer
    if customer is None:
        return []
    rows = visitor(request).tickets().of_customer(customer).filter(status__in=ACTIVE).select_related("state")
    return [(row, standing(row)) for row in rows.order_by("-updated_at", "-pk")[:3]]
