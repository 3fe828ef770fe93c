"""How a person fared lately: their mood from ticket to ticket, and what they had difficulty with again and again.

Their audience decides whether either is worked out at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import Sight
from tugon.understanding.fields import REPEATED
from tugon.understanding.levels import MoodLevel
from tugon.understanding.models import TicketReading

from .parts import Found, Part, Place
from .understood import reading_of

MOST = 8
FEWEST = 2
"""Tickets below which there is no course of moods."""
_TONES = {1: "error", 2: "warning", 3: "neutral", 4: "success", 5: "success"}
_ICONS = {1: "frown", 2: "frown", 3: "meh", 4: "smile", 5: "smile"}


@dataclass(frozen=True, slots=True)
class Mood:
    number: int
    subject: str
    words: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class Personal:
    """moods: oldest first. repeats: tickets about the same in ninety days, 0 where that is no difficulty. about: the
    area or topic it is with."""

    moods: Sequence[Mood]
    repeats: int
    about: str


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {
        "reading": reading_of(ticket.pk),
        "readings": _readings(ticket.customer_id, sight=Sight.of(agent)),
    }


def value(ticket: Ticket, agent: Agent, found: Found) -> Personal | None:
    audience = ticket.customer.audience if ticket.audience_id == ticket.customer.audience_id else None
    reads_mood = audience.reads_mood if audience is not None else True
    guides = audience.guides_by_history if audience is not None else True
    rows = found["readings"]
    moods = [_mood(row) for row in reversed(rows) if "mood" in row.decided_by] if reads_mood else []
    reading = next(iter(found["reading"]), None)
    repeats = reading.repeats if guides and reading is not None and reading.repeats >= REPEATED else 0
    about = _about(next((row for row in rows if row.pk == ticket.pk), None)) if repeats else ""
    if len(moods) < FEWEST or all(one.tone == "neutral" for one in moods):
        moods = []  # an even course tells nothing
    return Personal(moods, repeats, about) if moods or (repeats and about) else None


PARTS = (Part("personal", Place.PANEL, reads, value),)


def _mood(row: TicketReading) -> Mood:
    level = MoodLevel(row.mood_level)
    return Mood(row.pk, row.ticket.subject, str(level.label), _TONES[level], _ICONS[level])


def _about(row: TicketReading | None) -> str:
    if row is None:
        return ""
    named = row.area or row.topic
    return named.name_in(get_language() or "en") if named else ""


@read
def _readings(customer: int, *, sight: Sight | None) -> QuerySet[TicketReading, TicketReading]:
    tickets = Ticket.objects.within(sight).filter(customer=customer, is_spam=False, merged_into=None)
    rows = TicketReading.objects.filter(ticket__in=tickets.values("pk")).select_related(
        "ticket", "topic", "area"
    )
    own = ("mood_level", "decided_by", "ticket__subject")
    named = ("topic__key", "topic__names", "area__key", "area__names")
    return rows.only(*own, *named).order_by("-ticket")[:MOST]
