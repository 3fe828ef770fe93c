"""Whether one is here, who else is, and what everybody carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tugon.accounts.models import Agent
from tugon.lib.errors import DomainError, Invalid, NotAllowed
from tugon.lib.opening import zone_or_none
from tugon.pages.render import fragment, page
from tugon.pages.toasts import toast
from tugon.routing import board as reads
from tugon.routing.capacity import Lane, resolved
from tugon.routing.deciding import habits
from tugon.routing.models import Availability, State
from tugon.routing.operations import (
    set_away,
    set_capacity,
    set_hours,
    set_online,
    set_out_of_office,
)
from tugon.routing.wording import state_icon

from ..access import agent_of, agents_only
from ..choices import colleagues
from ..queues import column
from ..snoozing import moment_of

BOARD = "console/routing/board.html"


@require_http_methods(["GET", "POST"])
@agents_only
def mine(request: HttpRequest) -> HttpResponse:
    """The menu in the bar; then `state`: "online", or "away" with `until` ("later", "tomorrow", …)."""
    agent = agent_of(request)
    if request.method == "POST":
        _choose(request, agent)
        if request.headers.get("HX-Request") != "true":
            return redirect(request.headers.get("Referer") or reverse("console:home"))
    row = Availability.objects.filter(agent=agent).first() or Availability(agent=agent)
    if row.state == State.UNSEEN:
        row.state = State.ONLINE  # who looks is here; the next minute's look at who is there says so, too
    return page(request, "console/routing/mine.html", _stated(row))


@require_GET
@agents_only
def board(request: HttpRequest) -> HttpResponse:
    """Who is here, what each carries, and what waits in the queues. `team`: only its members."""
    given = request.GET.get("team", "")
    team = int(given) if given.isdecimal() else None
    context = {
        "screen": "page",
        "seats": [(seat, _stated(seat.row)) for seat in reads.seats(team)],
        "teams": reads.queues(),
        "team": team,
        "lanes": [(str(value), str(label)) for value, label in Lane.choices],
    }
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(fragment(request, BOARD, "board", context))
    return page(request, BOARD, {**context, **column(request)})


@require_http_methods(["GET", "POST"])
@agents_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own hours, absence and substitute; those of others, and capacities, for who may route."""
    who = get_object_or_404(Agent.objects.active(), pk=pk)
    asker = agent_of(request)
    if who.pk != asker.pk and not asker.may("routing.edit"):
        raise NotAllowed
    problem = ""
    if request.method == "POST":
        try:
            _save(request, who)
        except DomainError as refusal:
            problem = refusal.message
        else:
            return toast(redirect("console:here-person", who.pk), _("Saved."))
    row = Availability.objects.filter(agent=who).first() or Availability(agent=who)
    context = {
        "screen": "page",
        "who": who,
        "row": row,
        "problem": problem,
        "values": _values(request, who, row),
        "lanes": _lanes(row),
        "colleagues": [
            ("", _("Nobody")),
            *((str(one.pk), one.name) for one in colleagues() if one.pk != who.pk),
        ],
        **_stated(row),
        **column(request),
    }
    return page(request, "console/routing/person.html", context, status=422 if problem else 200)


@require_http_methods(["POST"])
@agents_only
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Change on the board whether somebody is here. For oneself, and for who may route."""
    _choose(request, get_object_or_404(Agent.objects.active(), pk=pk))
    return redirect("console:here")


def _choose(request: HttpRequest, who: Agent) -> None:
    by, given = agent_of(request).actor, request.POST.get("until", "")
    match request.POST.get("state"):
        case "online":
            set_online(who, by=by)
        case "away":
            set_away(who, by=by, until=moment_of(given, who.time_zone) if given else None)
        case _:
            raise Invalid(reason=_("choose whether somebody is here."))


def _save(request: HttpRequest, who: Agent) -> None:
    by, data = agent_of(request).actor, request.POST
    if "hours" in data:
        set_hours(who, data["hours"], by=by)
        substitute = data.get("substitute", "")
        set_out_of_office(
            who,
            begins=_moment(data.get("out_from", ""), who),
            ends=_moment(data.get("out_until", ""), who),
            substitute=Agent.objects.active().filter(pk=substitute).first()
            if substitute.isdecimal()
            else None,
            by=by,
        )
    elif "capacity" in data:
        set_capacity(who, {lane: _whole(data.get(f"lane_{lane}", "")) for lane in Lane.values}, by=by)


def _whole(given: str) -> int | None:
    if not given.strip():
        return None
    if not given.strip().isdecimal():
        raise Invalid(reason=_("write a whole number."))
    return int(given)


def _moment(given: str, who: Agent) -> datetime | None:
    """A local moment of the agent's zone, as a datetime-local field writes it."""
    if not given:
        return None
    try:
        return datetime.fromisoformat(given).replace(tzinfo=zone_or_none(who.time_zone) or ZoneInfo("UTC"))
    except ValueError as error:
        raise Invalid(reason=_("write the moment as day and time.")) from error


def _values(request: HttpRequest, who: Agent, row: Availability) -> dict[str, str]:
    """What stands in the fields: what was typed, else what is kept."""
    if request.method == "POST" and "hours" in request.POST:
        return {name: request.POST.get(name, "") for name in ("hours", "out_from", "out_until", "substitute")}
    zone = zone_or_none(who.time_zone) or ZoneInfo("UTC")

    def local(moment: datetime | None) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""

    return {
        "hours": row.hours,
        "out_from": local(row.out_from),
        "out_until": local(row.out_until),
        "substitute": str(row.substitute_id or ""),
    }


def _lanes(row: Availability) -> list[tuple[str, str, str, int]]:
    """(lane, label, own number or empty, everybody's)."""
    house = resolved(habits().capacity, {})
    return [
        (str(lane), str(label), str(row.capacity.get(lane, "")), house[lane]) for lane, label in Lane.choices
    ]


def _stated(row: Availability) -> dict[str, Any]:
    icon, tone = state_icon(row.state)
    return {"row": row, "state_words": str(State(row.state).label), "state_icon": icon, "state_tone": tone}
