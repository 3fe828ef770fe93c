import re
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent, Team
from tugon.customers.models import CustomField
from tugon.database.reading import Asked, gather_named, read
from tugon.notifications.operations import mark_read, unread_about, unread_of
from tugon.pages.render import fragment, page, wants_fragment
from tugon.pages.toasts import toast
from tugon.realtime.models import Presence
from tugon.realtime.presence import present_rows
from tugon.realtime.topics import Topic
from tugon.tickets import operations
from tugon.tickets.display import shown_html
from tugon.tickets.errors import ChildrenOpen, NewerMessage, RequiredToSolve
from tugon.tickets.models import Merge, Message, Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from ..choices import choices_for, colleagues
from ..composer import composer, composer_reads
from ..composing import written
from ..context import panel, panel_reads
from ..queues import forget_counts, list_beside
from ..timeline import WINDOW, Entry, timeline, timeline_reads
from ..triage import coach
from ..triage.assignment import with_states
from ..triage.parts import Place, part_reads, parts

TEMPLATE = "console/ticket.html"
PARTS = ["ticket", "context"]
DIALOGS = ("snooze", "solve", "transfer", "merge", "link", "delete-ticket")


@require_GET
@agents_only
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One ticket: timeline, composer, customer. Opening it reads what one was told of it."""
    return render(request, find_ticket(request, number))


@require_GET
@agents_only
def story(request: HttpRequest, number: int) -> HttpResponse:
    """The timeline alone, for live updates and for "show earlier"."""
    ticket = find_ticket(request, number)
    given = request.GET.get("window", "")
    window = max(WINDOW, min(int(given), 2000)) if given.isdecimal() else WINDOW
    found = gather_named(timeline_reads(ticket, window=window))
    told = timeline(
        ticket, found, window=window, known=choices_for(ticket).names(ticket, language_of(request))
    )
    return part(request, "story", {"ticket": ticket, "story": told, "window": window, "shown": shown})


@require_GET
@agents_only
def head(request: HttpRequest, number: int) -> HttpResponse:
    """The ticket's bar: state, people, clocks; for live updates."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    asked = {"merges": merges_into(ticket.pk), **part_reads(ticket, agent, Place.HEAD)}
    found = gather_named(asked)
    context = {
        "ticket": ticket,
        "choices": choices_for(ticket),
        "merges": found["merges"],
        "follows": ticket.followers.filter(pk=agent.pk).exists(),
        "parts": parts(ticket, agent, found, Place.HEAD),
    }
    return part(request, "ticket_head", context)


@require_GET
@agents_only
def beside(request: HttpRequest, number: int) -> HttpResponse:
    """The customer's panel alone, for live updates."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    found = gather_named({**panel_reads(ticket, agent), **part_reads(ticket, agent, Place.PANEL)})
    choices = with_states(choices_for(ticket), found)
    values = {"ticket": ticket, "panel": panel(ticket, found), "choices": choices}
    return part(request, "context_panel", values | {"parts": parts(ticket, agent, found, Place.PANEL)})


@require_GET
@agents_only
def dialog(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One of the page's dialogs, when it is opened: the page itself carries none."""
    if name not in DIALOGS:
        raise Http404
    ticket = find_ticket(request, number)
    context = {"ticket": ticket, "which": name, "teams": list(Team.objects.filter(archived_at=None))}
    return page(request, "console/parts/dialogs.html", context)


@require_GET
@agents_only
def who_is_here(request: HttpRequest, number: int) -> HttpResponse:
    """Colleagues who look at the ticket or write on it now."""
    ticket = find_ticket(request, number)
    others = here(present_rows(topic_of(ticket)).rows(), agent_of(request))
    return part(request, "here", {"ticket": ticket, "here": others})


@require_POST
@agents_only
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Answer the customer; the answer can be taken back for some seconds. A newer message stops it: the words stay a
    draft, the new message is shown, and sending again sends.
    """
    ticket = find_ticket(request, number)
    agent = agent_of(request)
    seen = request.POST.get("seen_message_id", "")
    held = coach.held_back(request, ticket, agent)
    if held is not None:
        keep_draft(request, ticket, "reply", request.POST)
        may_send = coach.may_send_despite(agent)
        return render(request, ticket, held=held, may_send=may_send, then=request.POST.get("then", ""))
    try:
        message = operations.reply(
            ticket,
            written(request, language=ticket.language),
            by=agent.actor,
            then=request.POST.get("then", ""),
            seen_message_id=int(seen) if seen.isdecimal() else None,
            despite_children=bool(request.POST.get("despite_children")),
        )
    except NewerMessage as error:
        keep_draft(request, ticket, "reply", request.POST)
        return render(request, ticket, stale=error.message, then=request.POST.get("then", ""))
    except RequiredToSolve as error:
        keep_draft(request, ticket, "reply", request.POST)
        return render(request, ticket, missing=missing_fields(ticket), refused=error.message)
    except ChildrenOpen as error:
        keep_draft(request, ticket, "reply", request.POST)
        return render(request, ticket, children=error.message, then=request.POST.get("then", ""))
    coach.keep(request, message, agent)
    response = after_change(request, number)
    url = url_of("console:withdrawal", number, message.pk)
    return toast(
        response, _("Your reply is on its way."), action=_("Undo"), url=url, target="#ticket-pane", seconds=10
    )


@require_POST
@agents_only
def withdraw(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """Take a reply back before it leaves; its words are the draft again."""
    ticket = find_ticket(request, number)
    message = Message.objects.filter(pk=message_id, ticket=ticket).first()
    if message is None:
        return after_change(request, number)
    operations.withdraw(message, by=agent_of(request).actor)
    response = after_change(request, number)
    return toast(response, _("Taken back. Your words are in the composer again."))


@require_POST
@agents_only
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Write a note for colleagues; @names are told."""
    ticket = find_ticket(request, number)
    message = written(request)
    agents, teams = mentioned(request.POST.get("html", ""))
    operations.add_note(ticket, message, by=agent_of(request).actor, mentions=agents, mentioned_teams=teams)
    return after_change(request, number)


@require_http_methods(["PUT", "POST", "DELETE"])
@agents_only
def draft(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Keep what is being written; an empty draft is forgotten."""
    ticket = find_ticket(request, number)
    keep_draft(request, ticket, kind, request.POST if request.method == "POST" else form_data(request))
    return HttpResponse(status=204)


def keep_draft(request: HttpRequest, ticket: Ticket, kind: str, data: QueryDict) -> None:
    """Save the composer's words and files as the agent's draft."""
    seen = data.get("seen_message_id", "")
    operations.save_draft(
        ticket,
        agent=agent_of(request),
        kind=kind,
        html=data.get("html", "") or data.get("body", ""),
        uploads=data.getlist("uploads"),
        recipients={name: data[name] for name in ("to", "cc", "bcc") if name in data},
        answers_message_id=int(seen) if seen.isdecimal() else None,
    )


def render(request: HttpRequest, ticket: Ticket, *, then: str = "", **troubles: Any) -> HttpResponse:
    """The ticket page, or the part htmx asks for; read in one statement. troubles: why something was stopped (`stale`:
    a newer message, `held`: remarks of required checks, `refused` with the `missing` fields, `children` that are
    open); then: what the reply was to do.
    """
    agent = agent_of(request)
    found = gather_named(page_reads(ticket, agent))
    choices, beside = with_states(choices_for(ticket), found), panel(ticket, found)
    told = timeline(ticket, found, known=choices.names(ticket, language_of(request)))
    context = {
        "ticket": ticket,
        "screen": request.GET.get("screen") if request.GET.get("screen") in ("list", "context") else "ticket",
        "story": told,
        "window": WINDOW,
        "panel": beside,
        "choices": choices,
        "follows": agent.pk in [pk for pk, _name in beside.followers],
        "merges": found["merges"],
        "composer": composer(ticket, agent, told, found),
        "parts": parts(ticket, agent, found),
        "here": here(found["present"], agent),
        "shown": shown,
        "then": then,
        **troubles,
    }
    if found["told"] and request.method == "GET":
        mark_read(agent, ticket_id=ticket.pk)
    if wants_fragment(request):
        return HttpResponse(fragment(request, TEMPLATE, PARTS, {**context, "partial": True}))
    context["unread_count"] = sum(pk != ticket.pk for pk in found["unread"])
    return page(request, TEMPLATE, {**context, **list_beside(request)}, status=422 if troubles else 200)


def page_reads(ticket: Ticket, agent: Agent) -> dict[str, Asked[Any]]:
    """Everything the page shows that is read afresh each time."""
    return {
        **timeline_reads(ticket),
        **panel_reads(ticket, agent),
        **composer_reads(ticket),
        **part_reads(ticket, agent),
        "merges": merges_into(ticket.pk),
        "present": present_rows(topic_of(ticket)),
        "told": unread_about(agent.pk, ticket.pk),
        "unread": unread_of(agent.pk),
    }


def part(request: HttpRequest, block: str, context: dict[str, Any]) -> HttpResponse:
    """One piece of the page, for whoever asks: these addresses are no pages of their own."""
    return HttpResponse(fragment(request, TEMPLATE, block, context))


@read
def merges_into(ticket: int) -> QuerySet[Merge, tuple[Any, ...]]:
    """What was merged into the ticket and can be parted again: (merge, ticket, its subject, when)."""
    rows = Merge.objects.filter(target=ticket, undone_at=None).order_by("-pk")
    return rows.values_list("pk", "source_id", "source__subject", "merged_at")[:5]


def missing_fields(ticket: Ticket) -> list[CustomField]:
    """The fields that must be filled in before the ticket can be solved, and are not. One query."""
    fields = CustomField.objects.filter(on="ticket", required_to_solve=True, archived_at=None)
    return [field for field in fields if ticket.fields.get(field.key) in (None, "", [])]


def shown(entry: Entry) -> str:
    """A message's HTML for an agent's eyes."""
    return shown_html(entry.message, holder="attachment", files=entry.files) if entry.message else ""


def after_change(request: HttpRequest, number: int) -> HttpResponse:
    """Where every change leads: the ticket as it is now. htmx gets the part, a plain form a redirect."""
    forget_counts(agent_of(request))
    if request.headers.get("HX-Request") == "true":
        ticket = Ticket.objects.visible_to(agent_of(request)).filter(pk=number).first()
        if ticket is None:
            response = HttpResponse(status=204)
            response["HX-Redirect"] = "/console/"
            return response
        return render(request, find_ticket(request, number))
    return redirect("console:ticket", number)


def topic_of(ticket: Ticket) -> Topic:
    return Topic("ticket", ticket.pk)


def here(rows: Sequence[Presence], agent: Agent) -> list[dict[str, object]]:
    """Who else has the ticket open, of those present. One query at most."""
    others = [row for row in rows if row.agent_id != agent.pk]
    names = dict(colleagues()) if others else {}
    return [{"name": names.get(row.agent_id, ""), "writes": row.state == "writing"} for row in others]


def mentioned(html: str) -> tuple[list[Agent], list[int]]:
    """The agents and teams that the composer's marks name (`data-id="agent:3"`). Two queries at most."""
    marks = re.findall(r'data-id="(agent|team):(\d{1,18})"', html)
    agents = [int(pk) for kind, pk in marks if kind == "agent"]
    teams = [int(pk) for kind, pk in marks if kind == "team"]
    return (
        list(Agent.objects.active().filter(pk__in=agents)) if agents else [],
        list(Team.objects.filter(pk__in=teams).values_list("pk", flat=True)) if teams else [],
    )


def url_of(name: str, *args: int) -> str:
    return reverse(name, args=args)


def form_data(request: HttpRequest) -> QueryDict:
    """The form-encoded body of a PUT."""
    return QueryDict(request.body)
