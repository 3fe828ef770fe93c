"""The board of promises: what breaks next, what broke today, how much was kept lately."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tugon.accounts.models import Team
from tugon.lib.clock import now
from tugon.pages.render import page, wants_fragment
from tugon.sla import attainment
from tugon.sla.attainment import PAGE, Line
from tugon.sla.models import Clock, Policy
from tugon.sla.reckoning import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION

from ..access import agent_of, agents_only
from ..queues import column

TEMPLATE = "console/triage/promises.html"


@require_GET
@agents_only
def board(request: HttpRequest) -> HttpResponse:
    """Seven queries of its own, whatever there is. `after`: where the page before ended, as moment and id."""
    agent = agent_of(request)
    after = _after(request.GET.get("after", ""))
    rows = attainment.breaking_next(agent, after=after)
    broken = attainment.broken_since(agent, _midnight())
    context: dict[str, Any] = {
        "screen": "page",
        "next": rows[:PAGE],
        "older": _place(rows[PAGE - 1]) if len(rows) > PAGE else "",
        "is_later": after is not None,
        "broken": broken[:PAGE],
        "more_broken": len(broken) > PAGE,
        "tables": [
            (_("By kind"), _named(attainment.lines("kind", agent), _kinds())),
            (_("By team"), _named(attainment.lines("ticket__team_id", agent), _teams())),
            (_("By policy"), _named(attainment.lines("policy_id", agent), _policies())),
        ],
        "names": _kinds(),
        "at": now(),
    }
    if wants_fragment(request):
        return page(request, TEMPLATE, context, block="board")
    return page(request, TEMPLATE, {**context, **column(request)})


def _kinds() -> dict[Any, str]:
    return {
        FIRST_RESPONSE: _("First answer"),
        NEXT_RESPONSE: _("Next answer"),
        RESOLUTION: _("Solution"),
    }


def _named(lines: list[Line], names: dict[Any, str]) -> list[tuple[str, Line]]:
    return [(names.get(line.key) or _("None"), line) for line in lines]


def _teams() -> dict[Any, str]:
    return {None: _("No team"), **dict(Team.objects.values_list("pk", "name"))}


def _policies() -> dict[Any, str]:
    return {None: _("Without a policy"), **dict(Policy.objects.values_list("pk", "name"))}


def _midnight() -> datetime:
    """When today began for the reader."""
    local = now().astimezone(timezone.get_current_timezone())
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _place(row: Clock) -> str:
    assert row.due_at is not None
    return f"{row.due_at.astimezone(ZoneInfo('UTC')).strftime('%Y%m%dT%H%M%S%f')}.{row.pk}"


def _after(given: str) -> tuple[datetime, int] | None:
    moment, _dot, pk = given.partition(".")
    try:
        found = datetime.strptime(moment, "%Y%m%dT%H%M%S%f").replace(tzinfo=ZoneInfo("UTC"))
        return found, int(pk)
    except ValueError:
        return None
