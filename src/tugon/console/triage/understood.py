"""What was read from the customer's messages: chips with the words they rest on, correctable with a press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.pages.formats import percent
from tugon.tickets.models import Ticket
from tugon.tickets.models.ticket import Side
from tugon.understanding.levels import MoodLevel, UrgencyLevel
from tugon.understanding.models import Affected, Area, TicketReading, Topic

from .parts import Found, Part, Place

MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was read. words: what it is. sureness: as people read it, empty where a person said so. because:
    the customer's words. current and options: for the correction. offered: another value that was learnt, with its
    sureness and words; None where there is none.
    """

    aspect: str
    label: str
    words: str
    tone: str
    icon: str
    sureness: str
    by: str
    because: Sequence[str]
    current: str
    options: Sequence[tuple[str, str]]
    offered: tuple[str, str, str] | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a person or a rule said so."""
        return self.by in ("person", "rule")


@dataclass(frozen=True, slots=True)
class Understood:
    """looks_elsewhere: whether there is something by which others' tickets may be found, and guidance."""

    chips: Sequence[Chip]
    errors: Sequence[str]
    is_taglish: bool
    looks_elsewhere: bool


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"reading": reading_of(ticket.pk), "topics": _topics(), "areas": _areas()}


def value(ticket: Ticket, agent: Agent, found: Found) -> Understood | None:
    """None where no message of a customer was read."""
    reading = next(iter(found["reading"]), None)
    if reading is None:
        return None
    here = get_language() or "en"
    topics = [(str(row.pk), row.name_in(here)) for row in found["topics"]]
    areas = [(str(row.pk), row.name_in(here)) for row in found["areas"]]
    chips = [
        _chip(reading, "topic", _("Topic"), str(reading.topic_id or ""), topics, icon="shapes"),
        _chip(reading, "area", _("Area"), str(reading.area_id or ""), areas, icon="panels-top-left"),
        _chip(
            reading,
            "urgency",
            _("Urgency"),
            str(reading.urgency_level),
            _choices(UrgencyLevel),
            icon="clock",
            tone={2: "warning", 3: "error"}.get(reading.urgency_level, "neutral"),
        ),
        _chip(
            reading,
            "mood",
            _("Mood"),
            str(reading.mood_level),
            _choices(MoodLevel),
            icon="heart",
            tone={1: "error", 2: "warning", 4: "success", 5: "success"}.get(reading.mood_level, "neutral"),
        ),
        _chip(reading, "side", _("Side"), reading.side, _choices(Side), icon="split"),
        _chip(reading, "affected", _("Affected"), reading.affected, _choices(Affected), icon="users"),
    ]
    told = [words for words, _start, _end in reading.evidence.get("errors", [])] or list(reading.errors)
    return Understood(
        [chip for chip in chips if chip is not None],
        list(dict.fromkeys(told))[:6],
        reading.is_taglish,
        bool(reading.errors or reading.topic_id),
    )


PARTS = (Part("understood", Place.PANEL, reads, value),)


def _chip(
    reading: TicketReading,
    aspect: str,
    label: str,
    current: str,
    options: Sequence[tuple[str, str]],
    *,
    icon: str,
    tone: str = "neutral",
) -> Chip | None:
    by = str(reading.decided_by.get(aspect, ""))
    names = dict(options)
    offered = _offered(reading.suggested.get(aspect), names)
    if aspect == "mood" and not by and offered is None:
        return None  # of some audiences no mood is read
    sure = float(reading.confidence.get(aspect, 0))
    return Chip(
        aspect,
        label,
        (names.get(current) or _("archived")) if current and by else _("not told"),
        tone if by else "neutral",
        icon,
        percent(sure) if by in ("reader", "classifier") and sure > 0.5 else "",
        by,
        [words for words, _start, _end in reading.evidence.get(aspect, [])][:MOST_WORDS],
        current if by else "",
        [("", _("none of these")), *options] if aspect in ("topic", "area") else options,
        offered,
    )


def _offered(given: Mapping[str, Any] | None, names: Mapping[str, str]) -> tuple[str, str, str] | None:
    """(value, words, sureness)."""
    if not given or str(given.get("value")) not in names:
        return None
    found = str(given["value"])
    return found, names[found], percent(float(given.get("confidence", 0)))


def _choices(kind: Any) -> list[tuple[str, str]]:
    return [(str(key), str(words)) for key, words in kind.choices]


@read
def reading_of(ticket: int) -> QuerySet[TicketReading, TicketReading]:
    """The ticket's reading: shared by the parts that show something of it."""
    return TicketReading.objects.filter(ticket=ticket)


@read
def _topics() -> QuerySet[Topic, Topic]:
    return Topic.objects.in_use().only("pk", "key", "names")  # type: ignore[no-any-return]


@read
def _areas() -> QuerySet[Area, Area]:
    return Area.objects.in_use().only("pk", "key", "names")  # type: ignore[no-any-return]
