"""What we keep about people, and what search engines may list."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.channels.models import Mailbox
from tugon.company import settings as company

from .answers import answer


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
    """What search engines may list: the help center and the forms, nothing of anybody."""
    hidden = [
        reverse("portal:requests"),
        reverse("portal:sign-in"),
        "/r/",
        "/console/",
        "/files/",
        "/contact/received/",
        "/*/help/search",
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden)]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('portal:sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
