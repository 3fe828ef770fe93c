"""What the customer has tried already, above the composer: by their own words, and by the steps of a troubleshooter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from tugon.accounts.models import Agent
from tugon.database.reading import Asked
from tugon.intake.submissions import CARRIED
from tugon.tickets.models import Ticket
from tugon.understanding.reading.steps import name_of

from .parts import Found, Part, Place
from .understood import reading_of

WALK = "walk"


@dataclass(frozen=True, slots=True)
class Tried:
    """name: what the customer is called. steps: in the reader's words. walks: (title, lines) of troubleshooters."""

    name: str
    steps: Sequence[str]
    walks: Sequence[tuple[str, Sequence[Any]]]


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"reading": reading_of(ticket.pk)}


def value(ticket: Ticket, agent: Agent, found: Found) -> Tried | None:
    """None where nothing was tried, or nothing is left to answer."""
    reading = next(iter(found["reading"]), None)
    here = get_language() or "en"
    steps = [name_of(step, here) for step in reading.tried] if reading is not None else []
    walks = [
        (str(one.get("title", "")), list(one.get("lines") or ()))
        for one in ticket.context.get(CARRIED, ())
        if one.get("kind") == WALK
    ]
    if ticket.merged_into_id or not (steps or walks):
        return None
    return Tried(ticket.customer.shown_name.split()[0], steps, walks)


PARTS = (Part("tried", Place.ABOVE, reads, value),)
