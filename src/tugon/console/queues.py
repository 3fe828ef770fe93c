"""The left column: the views an agent has, with live counts, and the list beside a ticket."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tugon.accounts.models import Agent
from tugon.tickets import operations
from tugon.tickets.lists import Count, counts
from tugon.tickets.models import View

from .access import agent_of, language_of

KEPT = 1.0
"""Seconds a count is kept per agent and process: a burst of changes costs one query."""

_counted: dict[int, tuple[float, dict[int, Count]]] = {}

LAST = "console_view"


@dataclass(frozen=True, slots=True)
class Queue:
    view: View
    name: str
    count: Count | None

    @property
    def shown(self) -> int | str | None:
        """The count as it is read: "999+" where nobody counted on."""
        if self.count is None:
            return None
        return str(self.count) if self.count.is_capped else self.count.number

    @property
    def key(self) -> str:
        return f"g {self.view.shortcut}" if self.view.shortcut else ""


def views_of(request: HttpRequest) -> list[View]:
    """The views the agent sees: everyone's, those of its teams, its own. One query a request."""
    known: list[View] | None = getattr(request, "console_views", None)
    if known is None:
        known = operations.views_for(agent_of(request))
        request.console_views = known  # type: ignore[attr-defined]
    return known


def queues(request: HttpRequest, language: str) -> dict[str, list[Queue]]:
    """Views with their counts, as the column groups them: shared, of teams, own. Two queries; one for a second after.

    A live update, and whatever follows one's own change, counts anew.
    """
    views = views_of(request)
    numbers = _numbers(views, agent_of(request), anew="HX-Live" in request.headers)
    groups: dict[str, list[Queue]] = {"shared": [], "teams": [], "own": []}
    for view in views:
        group = "own" if view.agent_id else "teams" if view.team_id else "shared"
        groups[group].append(Queue(view, view.name_in(language), numbers.get(view.pk)))
    return groups


def forget_counts(agent: Agent) -> None:
    """Called when the agent changed something, so that they never see their own change missing."""
    _counted.pop(agent.pk, None)


def _numbers(views: list[View], agent: Agent, *, anew: bool) -> dict[int, Count]:
    at, numbers = _counted.get(agent.pk, (0.0, {}))
    if anew or time.monotonic() - at > KEPT or any(view.pk not in numbers for view in views):
        numbers = counts(views, agent)
        if len(_counted) > 1000:
            _counted.clear()
        _counted[agent.pk] = (time.monotonic(), numbers)
    return numbers


def column(request: HttpRequest, current: int | None = None) -> dict[str, Any]:
    """What every page of the console needs for its left column."""
    return {"queue_groups": queues(request, language_of(request)), "current_view": current}


def last_view(request: HttpRequest) -> int | None:
    """The view the agent last looked at, for the list beside a ticket and for the start page."""
    given = request.GET.get("view", "")
    if given.isdecimal():
        return int(given)
    return request.session.get(LAST)


def list_beside(request: HttpRequest) -> dict[str, Any]:
    """What the ticket page needs of the queues: the column, and which view's rows stand beside it."""
    views = column(request, last_view(request))
    groups = views["queue_groups"]
    known = [queue.view.pk for group in groups.values() for queue in group]
    wanted = views["current_view"]
    views["beside_view"] = wanted if wanted in known else next(iter(known), None)
    return views


def remember_view(request: HttpRequest, view_id: int) -> None:
    """So that "back" leads to the list one came from."""
    if request.session.get(LAST) != view_id:
        request.session[LAST] = view_id
