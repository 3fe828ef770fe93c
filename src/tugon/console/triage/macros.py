"""The button beside Reply and Note that opens the macros."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from tugon.accounts.models import Agent
from tugon.database.reading import Asked
from tugon.rules.macros import offered
from tugon.tickets.models import Ticket

from .parts import Found, Part, Place


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    """Nothing: the list is asked for when it is opened."""
    return {}


def value(ticket: Ticket, agent: Agent, found: Found) -> list[str] | None:
    """Names of the macros, for the command bar."""
    if not agent.may("ticket.edit") or ticket.merged_into_id is not None:
        return None
    language = get_language() or "en"
    return [one.name_in(language) for one in offered(agent)]


PARTS = (Part("macros", Place.TOOLS, reads, value),)
