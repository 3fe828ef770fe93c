"""The button beside Reply and Note that opens the list of templates; without script, a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tugon.accounts.models import Agent
from tugon.database.reading import Asked
from tugon.tickets.models import Ticket

from .parts import Found, Part, Place


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    """Nothing: the list is asked for when it is opened."""
    return {}


def value(ticket: Ticket, agent: Agent, found: Found) -> bool | None:
    return True if agent.may("ticket.reply") and ticket.merged_into_id is None else None


PARTS = (Part("templates", Place.TOOLS, reads, value),)
