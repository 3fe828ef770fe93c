"""Deciding a priority: a dialog that asks why, and the way back to the table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.priority.models import Assessment, Reach, Threat
from tugon.priority.operations import end_override, override, say
from tugon.tickets.models import Priority, Ticket

from ..access import agent_of, agents_only, find_ticket
from ..choices import choices_for
from ..queues import column
from ..snoozing import moment_of
from ..views.tickets import after_change
from .priority import shown


@require_http_methods(["GET", "POST"])
@agents_only
def priority(request: HttpRequest, number: int) -> HttpResponse:
    """The dialog, or without JavaScript a page of its own; then `priority` with its `reason`, perhaps `until`."""
    ticket = find_ticket(request, number)
    if request.method == "GET":
        return _ask(request, ticket)
    agent, given = agent_of(request), request.POST.get("until", "")
    until = moment_of(given, agent.time_zone) if given else None
    if given and until is None:
        raise Invalid(reason=_("choose the moment until which your decision counts."))
    override(
        ticket,
        priority=_number(request, "priority") or 0,
        reason=request.POST.get("reason", ""),
        until=until,
        by=agent.actor,
    )
    return toast(after_change(request, number), _("Decided. The reason stands on the ticket."))


@require_POST
@agents_only
def said(request: HttpRequest, number: int) -> HttpResponse:
    """`reach` and `threat` as a colleague knows them; empty leaves them to what was read and counted."""
    ticket = find_ticket(request, number)
    say(
        ticket, reach=_number(request, "reach"), threat=_number(request, "threat"), by=agent_of(request).actor
    )
    return after_change(request, number)


@require_POST
@agents_only
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Let the table decide again."""
    end_override(find_ticket(request, number), by=agent_of(request).actor)
    return toast(after_change(request, number), _("The table decides again."))


def _ask(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    to = request.GET.get("to", "")
    row = Assessment.objects.select_related("override__agent").filter(ticket=ticket).first()
    context = {
        "screen": "page",
        "ticket": ticket,
        "part": shown(row) if row else None,
        "row": row,
        "to": to if to in {str(one) for one in Priority.values} else str(ticket.priority),
        "choices": choices_for(ticket),
        "priorities": [(str(value), str(label)) for value, label in Priority.choices],
        "reaches": [("", _("As counted and read")), *((str(key), str(name)) for key, name in Reach.choices)],
        "threats": [("", _("As read")), *((str(key), str(name)) for key, name in Threat.choices)],
    }
    if request.headers.get("HX-Request") == "true":
        return page(request, "console/triage/priority_dialog.html", context)
    return page(request, "console/triage/priority_page.html", {**context, **column(request)})


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() else None
