"""The left column: the views an agent has, with live counts, and the list beside a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest

from tugon.accounts.models import Agent
from tugon.tickets.lists import Count, counts
from tugon.tickets.models import View

from .access import agent_of, language_of

KEPT = 2
"""Seconds a count is kept per agent and process: a burst of changes costs one query."""

LAST = "console_view"


@dataclass(frozen=True, slots=True)
class Queue:
    view: View
    name: str
    count: Count | None

    @property
    def key(self) -> str:
        return f"g {self.view.shortcut}" if self.view.shortcut else ""


def views_of(agent: Agent) -> list[View]:
    """The views an agent sees: everyone's, those of its teams, its own. One query."""
    wanted = Q(agent=agent) | Q(team__in=agent.team_ids) | Q(agent=None, team=None)
    return list(View.objects.filter(wanted).select_related("team"))


def queues(agent: Agent, language: str) -> dict[str, list[Queue]]:
    """Views with their counts, as the column groups them: shared, of teams, own. Two queries, counts kept for 2 s."""
    views = views_of(agent)
    key = f"queue-counts:{agent.pk}"
    numbers: dict[int, Count] | None = cache.get(key)
    if numbers is None or any(view.pk not in numbers for view in views):
        numbers = counts(views, agent)
        cache.set(key, numbers, KEPT)
    groups: dict[str, list[Queue]] = {"shared": [], "teams": [], "own": []}
    for view in views:
        group = "own" if view.agent_id else "teams" if view.team_id else "shared"
        groups[group].append(Queue(view, view.name_in(language), numbers.get(view.pk)))
    return groups


def column(request: HttpRequest, current: int | None = None) -> dict[str, Any]:
    """What every page of the console needs for its left column."""
    return {"queue_groups": queues(agent_of(request), language_of(request)), "current_view": current}


def last_view(request: HttpRequest) -> int | None:
    """The view the agent last looked at, for the list beside a ticket and for the start page."""
    given = request.GET.get("view", "")
    if given.isdigit():
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
