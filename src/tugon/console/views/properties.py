"""Changing a ticket: each verb is a noun in the address, and answers with the ticket as it is then."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tugon.accounts.models import Agent, Team
from tugon.lib.errors import Invalid
from tugon.pages.toasts import toast
from tugon.tickets import operations
from tugon.tickets.errors import RequiredToSolve
from tugon.tickets.models import State
from tugon.tickets.prioritising import prioritise

from ..access import agent_of, agents_only, find_ticket
from ..snoozing import moment_of
from .customers import fields_sent
from .tickets import after_change, missing_fields, render


@require_POST
@agents_only
def assignment(request: HttpRequest, number: int) -> HttpResponse:
    """`assignee`: an agent's id, "me", or empty for nobody."""
    ticket = find_ticket(request, number)
    given = request.POST.get("assignee", "")
    agent = agent_of(request)
    to = agent if given == "me" else get_object_or_404(Agent, pk=given) if given.isdecimal() else None
    operations.assign(ticket, to=to, by=agent.actor)
    return after_change(request, number)


@require_POST
@agents_only
def status(request: HttpRequest, number: int) -> HttpResponse:
    """`status`, or `state`: the id of one of the company's states."""
    ticket = find_ticket(request, number)
    given = request.POST.get("state", "")
    state = get_object_or_404(State, pk=given) if given.isdecimal() else None
    to, despite = request.POST.get("status", ticket.status), bool(request.POST.get("despite_children"))
    try:
        operations.set_status(
            ticket, to=to, state=state, by=agent_of(request).actor, despite_children=despite
        )
    except RequiredToSolve as error:
        return render(request, ticket, missing=missing_fields(ticket), refused=error.message)
    return after_change(request, number)


@require_POST
@agents_only
def transfer(request: HttpRequest, number: int) -> HttpResponse:
    """To another team, with a note for the colleagues there."""
    ticket = find_ticket(request, number)
    given = request.POST.get("team", "")
    team = get_object_or_404(Team, pk=given) if given.isdecimal() else None
    operations.transfer(ticket, to=team, note=request.POST.get("note", ""), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def properties(request: HttpRequest, number: int) -> HttpResponse:
    """Subject, type, priority with its `reason`, severity, side, language; only what was sent."""
    ticket = find_ticket(request, number)
    values: dict[str, object] = {
        name: request.POST[name].strip()
        for name in ("subject", "kind", "side", "language")
        if name in request.POST
    }
    if "severity" in request.POST:
        given = request.POST["severity"]
        values["severity"] = int(given) if given.isdecimal() else None
    if values.get("subject") == "":
        raise Invalid(reason=_("a ticket needs a subject."))
    by, priority = agent_of(request).actor, request.POST.get("priority", "")
    if priority.isdecimal():
        prioritise(ticket, int(priority), reason=request.POST.get("reason", ""), by=by)
    operations.change(ticket, by=by, **values)
    return after_change(request, number)


@require_POST
@agents_only
def fields(request: HttpRequest, number: int) -> HttpResponse:
    """Custom fields: `fields.<key>`; several values make a list."""
    ticket = find_ticket(request, number)
    values = fields_sent(request)
    operations.set_fields(ticket, values=values, by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def tags(request: HttpRequest, number: int) -> HttpResponse:
    """`add`: words divided by commas. `remove`: one tag."""
    ticket = find_ticket(request, number)
    add = [word for word in request.POST.get("add", "").split(",") if word.strip()]
    operations.set_tags(ticket, add=add, remove=request.POST.getlist("remove"), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def snooze(request: HttpRequest, number: int) -> HttpResponse:
    """`until`: "later", "tomorrow", "monday", "week", or a local moment."""
    ticket = find_ticket(request, number)
    agent = agent_of(request)
    moment = moment_of(request.POST.get("until", ""), agent.time_zone)
    if moment is None:
        raise Invalid(reason=_("choose the moment to come back to this ticket."))
    operations.snooze(ticket, until=moment, by=agent.actor)
    return toast(
        after_change(request, number), _("Put away. It comes back by itself, or when the customer writes.")
    )


@require_POST
@agents_only
def wake(request: HttpRequest, number: int) -> HttpResponse:
    operations.wake(find_ticket(request, number), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def resolution(request: HttpRequest, number: int) -> HttpResponse:
    """Solve, with cause, what was done, and how to prevent it."""
    ticket = find_ticket(request, number)
    words = {name: request.POST.get(name, "").strip() for name in ("cause", "done", "prevention")}
    despite = bool(request.POST.get("despite_children"))
    try:
        operations.solve(ticket, by=agent_of(request).actor, despite_children=despite, **words)
    except RequiredToSolve as error:
        return render(request, ticket, missing=missing_fields(ticket), refused=error.message)
    return after_change(request, number)


@require_POST
@agents_only
def reopening(request: HttpRequest, number: int) -> HttpResponse:
    operations.reopen(find_ticket(request, number), by=agent_of(request).actor)
    return after_change(request, number)


@require_POST
@agents_only
def followers(request: HttpRequest, number: int) -> HttpResponse:
    """Follow or stop following; `agent` names a colleague, oneself if empty."""
    ticket = find_ticket(request, number)
    agent = agent_of(request)
    given = request.POST.get("agent", "")
    who = get_object_or_404(Agent, pk=given) if given.isdecimal() else agent
    act = operations.unfollow if request.POST.get("stop") else operations.follow
    act(ticket, who=who, by=agent.actor)
    return after_change(request, number)
