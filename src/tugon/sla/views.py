"""The one address of this package: a calendar's days, for programs that subscribe to them."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.company import settings as company
from tugon.lib.clock import now
from tugon.lib.errors import DomainError

from . import feeds
from .models import Calendar
from .operations import hours_of

BEHIND, AHEAD, AHEAD_OPEN = timedelta(days=31), timedelta(days=730), timedelta(days=120)


@require_safe
@cache_control(public=True, max_age=3600)
def opening_days(request: HttpRequest, key: str) -> HttpResponse:
    """Closed days and days with other hours of two years; with `?show=open` every open stretch of four months.

    `?language=fil` names them so. Who knows the address may read; it says nothing but when we are open. Two queries.
    """
    calendar = Calendar.objects.filter(feed_key=key).first() if key else None
    if calendar is None:
        raise Http404
    given = request.GET.get("language", "")
    language = given if given in dict(settings.LANGUAGES) else company.get("language")
    is_open = request.GET.get("show") == "open"
    try:
        hours = hours_of(calendar)
    except DomainError as error:
        raise Http404 from error
    today = now().astimezone(hours.zone).date()
    first, last = today - BEHIND, today + (AHEAD_OPEN if is_open else AHEAD)
    with translation.override(language):
        closed = feeds.closed_days(
            hours,
            own=calendar.holidays,
            exceptions=calendar.exceptions,
            first=first,
            last=last,
            language=language,
        )
        content = feeds.written(
            hours,
            closed,
            name=f"{company.get('name')} · {calendar.name}",
            key=key,
            first=first,
            last=last,
            is_open=is_open,
        )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
