"""Escalating, lowering, answering a page, and the board."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from tugon.accounts.models import Agent
from tugon.escalation.criteria import in_words
from tugon.escalation.models import Escalation, Inquiry, Level, Page, Standing
from tugon.escalation.operations import acknowledge, de_escalate, escalate
from tugon.lib.clock import now
from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.tickets.models import Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from ..queues import column
from ..views.tickets import after_change

SIZE = 50
_NEVER = "9999-12-31T00:00:00+00:00"
"""Where a ticket stands that nothing was promised: after all others."""


@require_http_methods(["GET", "POST"])
@agents_only
def escalation(request: HttpRequest, number: int) -> HttpResponse:
    """The dialog; then `level`, `reason` and `note`."""
    ticket = find_ticket(request, number)
    if request.method == "GET":
        return _dialog(request, ticket, "raise")
    level = get_object_or_404(Level, pk=_id(request, "level"))
    escalate(
        ticket,
        level,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
        by=agent_of(request).actor,
    )
    words = _("Escalated to “{level}”.").format(level=level.name_in(language_of(request)))
    return toast(after_change(request, number), words, tone="success")


@require_http_methods(["GET", "POST"])
@agents_only
def lowering(request: HttpRequest, number: int) -> HttpResponse:
    """The dialog; then `reason`, and `level` where it goes to a lower one instead of none."""
    ticket = find_ticket(request, number)
    if request.method == "GET":
        return _dialog(request, ticket, "lower")
    to = get_object_or_404(Level, pk=_id(request, "level")) if request.POST.get("level") else None
    de_escalate(ticket, reason=request.POST.get("reason", ""), to=to, by=agent_of(request).actor)
    return toast(after_change(request, number), _("Lowered."))


@require_http_methods(["GET", "POST"])
@agents_only
def called(request: HttpRequest, page_id: int) -> HttpResponse:
    """Where the link of a page leads: what it is about, and the button that says: I have it."""
    row = get_object_or_404(
        Page.objects.select_related("ticket", "level", "rota", "acknowledged_by"), pk=page_id
    )
    find_ticket(request, row.ticket_id)
    if request.method == "POST":
        acknowledge(row, by=agent_of(request).actor)
        if request.headers.get("HX-Request") == "true":
            return after_change(request, row.ticket_id)
        return redirect("console:ticket", row.ticket_id)
    calls = row.calls.select_related("agent")
    context = {"screen": "page", "row": row, "calls": calls, **column(request)}
    return page(request, "console/escalations/page.html", context)


@require_safe
@agents_only
def board(request: HttpRequest) -> HttpResponse:
    """What is escalated and why, by level, the next promise first. Four queries, whatever is escalated."""
    agent, language = agent_of(request), language_of(request)
    chosen = request.GET.get("level", "")
    visible = _visible(agent)
    counts = dict(
        visible.order_by().values_list("level").annotate(number=Count("pk")).values_list("level", "number")
    )
    levels = [
        (row, row.name_in(language), counts.get(row.pk, 0))
        for row in Level.objects.filter(Q(archived_at=None) | Q(pk__in=counts)).order_by("-position")
    ]
    if chosen.isdecimal():
        visible = visible.filter(level=int(chosen))
    elif chosen == "outside":
        visible = _waiting(agent)
    rows = list(_after(visible, request.GET.get("after", ""))[: SIZE + 1])
    shown = rows[:SIZE]
    context = {
        "screen": "page",
        "rows": shown,
        "inquiries": _asked(shown),
        "levels": levels,
        "total": sum(counts.values()),
        "waiting": _waiting(agent).count(),
        "chosen": chosen,
        "after": _cursor(shown[-1]) if len(rows) > SIZE else "",
        "begins_later": bool(request.GET.get("after")),
        **column(request),
    }
    return page(request, "console/escalations/board.html", context, block="board")


@require_GET
@agents_only
def levels(request: HttpRequest) -> HttpResponse:
    """What each level means, for whoever decides: by itself when, and what then happens."""
    language = language_of(request)
    rows = Level.objects.filter(archived_at=None).select_related("team", "rota", "department")
    shown = [(row, in_words(row, language)) for row in rows.prefetch_related("people").order_by("position")]
    return page(
        request, "console/escalations/levels.html", {"screen": "page", "levels": shown, **column(request)}
    )


def _visible(agent: Agent) -> QuerySet[Standing]:
    rows = Standing.objects.filter(level__isnull=False)
    return _within(rows, agent)


def _waiting(agent: Agent) -> QuerySet[Standing]:
    return _within(Standing.objects.filter(waits_outside=True), agent)


def _within(rows: QuerySet[Standing], agent: Agent) -> QuerySet[Standing]:
    if agent.may("ticket.view_all"):
        return rows
    return rows.filter(ticket__in=Ticket.objects.visible_to(agent).values("pk"))


def _after(rows: QuerySet[Standing], cursor: str) -> QuerySet[Standing]:
    """By the next promise, those without one last; after the row that the cursor names."""
    rows = rows.select_related(
        "level",
        "ticket__customer",
        "ticket__assignee",
        "ticket__team",
        "ticket__state",
        "escalation__agent",
    ).order_by(F("ticket__due_at").asc(nulls_last=True), "ticket_id")
    moment, _bar, number = cursor.partition("|")
    due = parse_datetime(moment.replace(" ", "+")) if moment and moment != "-" else None
    if not number.isdecimal() or (due is None and moment != "-"):
        return rows
    later = Q(ticket__due_at=due, ticket_id__gt=int(number))
    if due is not None:
        later |= Q(ticket__due_at__gt=due) | Q(ticket__due_at=None)
    return rows.filter(later)


def _cursor(row: Standing) -> str:
    due = row.ticket.due_at
    return f"{due.isoformat() if due else '-'}|{row.ticket_id}"


def _asked(rows: list[Standing]) -> dict[int, list[Inquiry]]:
    """By ticket, whom its questions outside wait for. One query."""
    ids = [row.ticket_id for row in rows if row.waits_outside]
    found: dict[int, list[Inquiry]] = {}
    if ids:
        asked = Inquiry.objects.filter(ticket__in=ids, state=Inquiry.State.ASKED).select_related("department")
        for one in asked:
            found.setdefault(one.ticket_id, []).append(one)
    return found


def _dialog(request: HttpRequest, ticket: Ticket, which: str) -> HttpResponse:
    language = language_of(request)
    current = Escalation.objects.filter(ticket=ticket, ended_at=None).select_related("level").first()
    if which == "lower" and current is None:
        raise Http404
    stands = current.level.position if current else 0
    rows = Level.objects.filter(archived_at=None).select_related("team", "rota", "department")
    rows = rows.filter(position__gt=stands) if which == "raise" else rows.filter(position__lt=stands)
    context = {
        "ticket": ticket,
        "which": which,
        "current": current,
        "levels": [(row, row.name_in(language)) for row in rows.prefetch_related("people")],
        "now": now(),
    }
    return page(request, "console/escalations/dialogs.html", context)


def _id(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal():
        raise Invalid(reason=_("Choose a level."))
    return int(given)
