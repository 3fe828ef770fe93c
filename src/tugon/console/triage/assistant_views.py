"""Asking the assistant about a ticket: choose, look at what would leave, send, wait elsewhere, take or put away."""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from tugon.assistant import operations
from tugon.assistant.kinds import GROUP_OF, State
from tugon.assistant.models import Asking
from tugon.helpcenter import languages
from tugon.lib.errors import DomainError
from tugon.pages.render import page
from tugon.tickets.models import Ticket

from ..access import agent_of, agents_only, find_ticket
from .assistant_desk import Desk, choices, chosen
from .assistant_material import gathered

MOST_HIDDEN, LONGEST_HIDDEN = 20, 200


@require_GET
@agents_only
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """What may be asked."""
    ticket = find_ticket(request, number)
    return _choosing(request, ticket)


@require_POST
@agents_only
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Show what would be sent; where the company decided so, send it at once. POST: task, html, hide (words)."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    what = chosen(request.POST.get("task", ""))
    if what is None:
        raise Http404
    task, language = what
    try:
        given = gathered(ticket, task, agent=agent, html=request.POST.get("html", ""), language=language)
        asking = operations.show(ticket, task, given, agent=agent)
        if GROUP_OF[task] in operations.setup().unasked_groups:
            operations.send(asking, by=agent.actor)
    except DomainError as refusal:
        return _choosing(request, ticket, refusal=refusal.message)
    return _shown(request, ticket, asking)


@require_POST
@agents_only
def hide(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Make the same question again with more words masked. POST: words, comma or line between."""
    ticket, asking = _found(request, number, pk)
    words = request.POST.get("words", "").replace("\n", ",").split(",")
    more = [one.strip()[:LONGEST_HIDDEN] for one in words if one.strip()]
    wanted = list(dict.fromkeys([*asking.hidden_too, *more]))[:MOST_HIDDEN]
    agent = agent_of(request)
    try:
        if asking.state != State.SHOWN:
            raise operations.AlreadySent
        given = gathered(
            ticket, asking.task, agent=agent, html=_as_html(asking.begun_from), language=asking.language
        )
        asking = operations.show(ticket, asking.task, given, agent=agent, hidden_too=wanted)
    except DomainError as refusal:
        return _shown(request, ticket, asking, refusal=refusal.message)
    return _shown(request, ticket, asking)


@require_POST
@agents_only
def send(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Let it be sent as it was shown."""
    ticket, asking = _found(request, number, pk)
    try:
        operations.send(asking, by=agent_of(request).actor)
    except DomainError as refusal:
        return _shown(request, ticket, asking, refusal=refusal.message)
    return _shown(request, ticket, asking)


@require_GET
@agents_only
def show(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """The question as it stands; for live updates."""
    ticket, asking = _found(request, number, pk)
    return _shown(request, ticket, asking, is_fresh=False)


@require_POST
@agents_only
def cancel(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Wait no longer."""
    ticket, asking = _found(request, number, pk)
    operations.cancel(asking, by=agent_of(request).actor)
    return _choosing(request, ticket)


@require_POST
@agents_only
def put_away(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Off the screen, its words forgotten."""
    ticket, asking = _found(request, number, pk)
    operations.put_away(asking, by=agent_of(request).actor)
    return _desk(request, ticket, Desk())


@require_POST
@agents_only
def take(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Keep on record that its words went into the draft. POST: into."""
    _ticket, asking = _found(request, number, pk)
    into = "note" if request.POST.get("into") == "note" else "reply"
    operations.take(asking, into=into, by=agent_of(request).actor)
    return HttpResponse(status=204)


def _found(request: HttpRequest, number: int, pk: int) -> tuple[Ticket, Asking]:
    """The agent's own question about a ticket that is still seen. Raises Http404."""
    ticket = find_ticket(request, number)
    asking = Asking.objects.filter(pk=pk, ticket=ticket, agent=agent_of(request)).first()
    if asking is None:
        raise Http404
    asking.ticket = ticket
    return ticket, asking


def _choosing(request: HttpRequest, ticket: Ticket, *, refusal: str = "") -> HttpResponse:
    decided = operations.setup()
    groups = decided.groups if decided.is_on and not decided.forbids(ticket) else []
    names = dict(settings.LANGUAGES)
    offered = [(code, str(names.get(code, code))) for code in languages.offered()]
    listed = choices(groups, offered, spoken=ticket.language)
    return _desk(request, ticket, Desk(choices=listed, refusal=refusal, is_fresh=True))


def _shown(
    request: HttpRequest, ticket: Ticket, asking: Asking, *, refusal: str = "", is_fresh: bool = True
) -> HttpResponse:
    asking.refresh_from_db()
    host = operations.setup().service("").host
    if asking.state in (State.PUT_AWAY, State.CANCELLED):
        return _desk(request, ticket, Desk())
    return _desk(request, ticket, Desk(asking, refusal=refusal, host=host, is_fresh=is_fresh))


def _desk(request: HttpRequest, ticket: Ticket, desk: Desk) -> HttpResponse:
    """The desk for htmx; without script, the ticket that shows it."""
    if request.headers.get("HX-Request") != "true":
        return redirect("console:ticket", ticket.pk)
    return page(request, "console/triage/assistant_desk_alone.html", {"ticket": ticket, "part": desk})


def _as_html(text: str) -> str:
    """Plain lines as the composer would give them."""
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
