"""The ticket as one story: messages, notes and what happened between them, a window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from tugon.delivery.models import Delivery
from tugon.events.models import Event
from tugon.tickets.models import Message, Ticket

from .words import Names, Sentence, names_for, sentence

WINDOW = 40
"""Messages shown at first; earlier ones are one click away, so that a long story opens as fast as a short one."""

FOLDED = 3
"""So many events in a row are folded into one line."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event in words."""

    at: datetime
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with its deliveries, or events in a row."""

    message: Message | None = None
    deliveries: Sequence[Delivery] = ()
    happenings: Sequence[Happening] = field(default=())

    @property
    def is_folded(self) -> bool:
        return len(self.happenings) >= FOLDED


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: list[Entry]
    earlier: int
    """How many messages stand before the window."""
    newest_said_id: int
    """What a reply answers, of the customer or a colleague; the guard against writing past a newer message."""


def timeline(ticket: Ticket, *, window: int = WINDOW, known: Names | None = None) -> Timeline:
    """The newest `window` messages of a ticket with the events since the first of them. At most eight queries."""
    messages = list(
        Message.objects.filter(ticket=ticket).for_timeline().order_by("-created_at", "-id")[:window]
    )
    messages.reverse()
    is_whole = len(messages) < window
    events = Event.objects.about("ticket", ticket.pk)
    if not is_whole:
        events = events.filter(at__gte=messages[0].created_at)
    story = _story(messages, list(events), _deliveries(messages), known)
    said = [row.pk for row in messages if row.kind != Message.Kind.NOTE and not row.automatic]
    return Timeline(story, 0 if is_whole else max(0, ticket.message_count - window), max(said, default=0))


def _story(
    messages: list[Message], events: list[Event], deliveries: dict[int, list[Delivery]], known: Names | None
) -> list[Entry]:
    names = names_for(events, known)
    moments: list[tuple[datetime, int, Any]] = [(row.created_at, 0, row) for row in messages]
    for event in events:
        spoken = sentence(event, names)
        if isinstance(spoken, Sentence):
            moments.append((event.at, 1, Happening(event.at, spoken.icon, spoken.words)))
    moments.sort(key=lambda moment: moment[:2])
    entries: list[Entry] = []
    for is_message, group in groupby(
        (item for *_order, item in moments), key=lambda item: isinstance(item, Message)
    ):
        if is_message:
            entries += [Entry(row, deliveries.get(row.pk, ())) for row in group]
        else:
            entries.append(Entry(happenings=tuple(group)))
    return entries


def _deliveries(messages: list[Message]) -> dict[int, list[Delivery]]:
    ids = [row.pk for row in messages if row.kind == Message.Kind.OUTGOING]
    found: dict[int, list[Delivery]] = {}
    for row in Delivery.objects.filter(message_id__in=ids).order_by("id") if ids else ():
        found.setdefault(row.message_id or 0, []).append(row)
    return found
