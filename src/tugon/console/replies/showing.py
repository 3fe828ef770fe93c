"""What stands around every page of the templates: the console's column and the tabs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.pages.render import page

from ..access import agent_of
from ..queues import column
from .access import PUBLISH, WRITE


def show(
    request: HttpRequest, name: str, *, at: str, status: int = 200, block: str | None = None, **context: Any
) -> HttpResponse:
    """The page `console/replies/<name>.html`. at: the tab it belongs to."""
    values = {
        "screen": "page",
        "wide": True,
        "tabs": tabs(agent_of(request), at),
        **context,
        **column(request),
    }
    return page(request, f"console/replies/{name}.html", values, block=block, status=status)


def tabs(agent: Agent, at: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether one is there), those that the agent may open."""
    every = [
        ("templates", _("Templates"), "console:templates", (WRITE, PUBLISH)),
        ("reviews", _("To review"), "console:template-reviews", (WRITE, PUBLISH)),
        ("effect", _("What they achieve"), "console:template-effect", (WRITE, PUBLISH)),
        ("letters", _("Automatic letters"), "console:template-letters", (WRITE, PUBLISH)),
        ("folders", _("Folders"), "console:template-folders", (PUBLISH,)),
    ]
    return [
        (words, reverse(route), key == at)
        for key, words, route, permissions in every
        if any(agent.may(one) for one in permissions)
    ]
