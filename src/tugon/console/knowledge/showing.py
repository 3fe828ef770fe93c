"""What stands around every page of the agents' help center: the console's column and the tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.pages.render import page

from ..access import agent_of
from ..queues import column
from .access import ARRANGE, PUBLISH, WRITE


def show(
    request: HttpRequest,
    name: str,
    *,
    at: str,
    status: int = 200,
    block: str | None = None,
    **context: Any,
) -> HttpResponse:
    """The page `console/knowledge/<name>.html`. at: the tab it belongs to."""
    values = {
        "screen": "page",
        "wide": True,
        "tabs": tabs(agent_of(request), at),
        **context,
        **column(request),
    }
    return page(request, f"console/knowledge/{name}.html", values, block=block, status=status)


def tabs(agent: Agent, at: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether one is there), those that the agent may open."""
    every = [
        ("articles", _("Articles"), "console:articles", (WRITE, PUBLISH)),
        ("work", _("Work"), "console:knowledge-work", (WRITE, PUBLISH)),
        ("health", _("Health"), "console:knowledge-health", (WRITE, PUBLISH)),
        ("languages", _("Languages"), "console:knowledge-parity", (WRITE, PUBLISH)),
        ("chapters", _("Chapters"), "console:knowledge-chapters", (ARRANGE,)),
        ("synonyms", _("Synonyms"), "console:knowledge-synonyms", (ARRANGE,)),
        ("notices", _("Notices"), "console:knowledge-notices", (ARRANGE,)),
    ]
    return [
        (words, reverse(route), key == at)
        for key, words, route, permissions in every
        if any(agent.may(one) for one in permissions)
    ]
