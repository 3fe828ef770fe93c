from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from tugon.accounts.models import Agent, Team
from tugon.pages.render import page
from tugon.search.excerpts import excerpts
from tugon.search.finding import find_people, find_tickets
from tugon.tickets.errors import ConditionInvalid
from tugon.tickets.lists import Row
from tugon.tickets.models import Attachment, Ticket

from ..access import agent_of, agents_only, language_of
from ..queues import column, views_of

PAGE = 30


@require_GET
@agents_only
def search(request: HttpRequest) -> HttpResponse:
    """Tickets and people for `q`. A number alone goes straight to its ticket. `below`: the cursor."""
    typed, agent = request.GET.get("q", "").strip(), agent_of(request)
    number = typed.removeprefix("#")
    if (
        typed.startswith("#")
        and number.isdecimal()
        and Ticket.objects.visible_to(agent).filter(pk=number).exists()
    ):
        return redirect("console:ticket", int(number))
    below = request.GET.get("below", "")
    problem, found, people = "", None, []
    try:
        found = find_tickets(typed, agent=agent, below=int(below) if below.isdecimal() else None, limit=PAGE)
        people = find_people(typed, agent=agent) if not below else []
    except ConditionInvalid as error:
        problem = error.message
    context = {
        "screen": "page",
        "typed": typed,
        "found": found,
        "people": people,
        "problem": problem,
        "files": _files(found.tickets, found.question.words) if found else {},
        "excerpts": excerpts([row.pk for row in found.tickets], found.question.words) if found else {},
        **column(request),
    }
    return page(request, "console/search.html", context, block="results", status=422 if problem else 200)


def _files(tickets: Sequence[Row], words: Sequence[str]) -> dict[int, list[Attachment]]:
    """Of these tickets, the files whose names hold one of the words. One query."""
    wanted = [word for word in words if len(word) >= 2][:6]
    if not wanted or not tickets:
        return {}
    fits = reduce(or_, (Q(name__icontains=word) for word in wanted))
    rows = Attachment.objects.filter(
        fits, message__ticket__in=[row.id for row in tickets], is_inline=False, redacted_at=None
    )
    found: dict[int, list[Attachment]] = {}
    for row in rows.select_related("message", "file")[:100]:
        found.setdefault(row.message.ticket_id, []).append(row)
    return found


@require_GET
@agents_only
def commands(request: HttpRequest) -> HttpResponse:
    """Links for the command bar: views, people and tickets that fit `q`. At most twelve."""
    typed, agent = request.GET.get("q", "").strip(), agent_of(request)
    wanted = typed.lower()
    views = [view for view in views_of(request) if wanted in view.name_in(language_of(request)).lower()]
    tickets, people = [], []
    if len(wanted) >= 2:
        try:
            tickets = find_tickets(typed, agent=agent, limit=5).tickets
        except ConditionInvalid:
            tickets = []
        people = find_people(typed, agent=agent, limit=4)
    return page(
        request, "console/parts/commands.html", {"views": views[:6], "tickets": tickets, "people": people}
    )


@require_GET
@agents_only
def people(request: HttpRequest) -> HttpResponse:
    """Colleagues and teams for @ in a note: JSON [{id, label, hint}]."""
    typed = request.GET.get("q", "").strip()
    agents = Agent.objects.active().filter(name__istartswith=typed).by_name()[:8]
    teams = Team.objects.filter(archived_at=None, name__istartswith=typed)[:4]
    rows = [{"id": f"agent:{row.pk}", "label": row.name, "hint": row.job_title} for row in agents]
    rows += [{"id": f"team:{row.pk}", "label": row.name, "hint": ""} for row in teams]
    return JsonResponse(rows, safe=False)
