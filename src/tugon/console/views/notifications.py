from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tugon.notifications.mailing import actor_names, line
from tugon.notifications.models import Notification
from tugon.notifications.operations import mark_read, unread
from tugon.pages.render import fragment, page

from ..access import agent_of, agents_only
from ..queues import column

PAGE = 50


@require_GET
@agents_only
def index(request: HttpRequest) -> HttpResponse:
    """What one was told, newest first. `below`: the cursor."""
    rows = (
        Notification.objects.filter(agent=agent_of(request), shows=True)
        .select_related("ticket")
        .order_by("-id")
    )
    below = request.GET.get("below", "")
    found = list((rows.filter(pk__lt=int(below)) if below.isdecimal() else rows)[: PAGE + 1])
    names = actor_names(found)
    lines = [(row, line(row, names)) for row in found[:PAGE]]
    context = {
        "screen": "page",
        "lines": lines,
        "below": found[PAGE - 1].pk if len(found) > PAGE else None,
        "unread": unread(agent_of(request)).exists(),
        **column(request),
    }
    return page(request, "console/notifications.html", context, block="notifications_inside")


@require_GET
@agents_only
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its number, counted up to 100; for live updates."""
    number = unread(agent_of(request))[:100].count()
    return HttpResponse(fragment(request, "console/frame.html", "bell", {"unread_count": number}))


@require_POST
@agents_only
def read(request: HttpRequest) -> HttpResponse:
    """All of it, or one `id`."""
    given = request.POST.get("id", "")
    mark_read(agent_of(request), ids=[int(given)] if given.isdecimal() else None)
    return redirect("console:notifications")
