"""The ticket as one story: messages, notes and what happened between them, a window at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from tugon.database.reading import Asked, read
from tugon.delivery.models import Delivery
from tugon.events.models import Event
from tugon.tickets.models import Attachment, Message, Ticket

from .triage.outside import Thread, outside_reads, threads
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
    rule_id: int = 0
    """Which rule did it, if one did: its line in "why did this happen"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message with its files and deliveries, a conversation with a department outside, or events in a row."""

    message: Message | None = None
    thread: Thread | None = None
    files: Sequence[Attachment] = ()
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


def timeline_reads(ticket: Ticket, *, window: int = WINDOW) -> dict[str, Asked[Any]]:
    """What the timeline is made of: the newest `window` messages and what happened since the first of them."""
    return {
        "messages": _messages(ticket.pk, window=window),
        "files": _files(ticket.pk, window=window),
        "deliveries": _deliveries(ticket.pk, window=window),
        "events": _events(ticket.pk, window=window),
        **outside_reads(ticket),
    }


def timeline(
    ticket: Ticket,
    found: Mapping[str, list[Any]],
    *,
    window: int = WINDOW,
    known: Names | None = None,
) -> Timeline:
    """The story of the rows that `timeline_reads` gave. Four queries at most, for names that are not `known`."""
    messages = found["messages"][::-1]
    said = [row.pk for row in messages if row.kind != Message.Kind.NOTE and not row.automatic]
    is_whole = len(messages) < window
    return Timeline(
        _story(messages, found, known),
        0 if is_whole else max(0, ticket.message_count - window),
        max(said, default=0),
    )


def _story(messages: list[Message], found: Mapping[str, list[Any]], known: Names | None) -> list[Entry]:
    names = names_for(found["events"], known)
    files, deliveries = _by_message(found["files"]), _by_message(found["deliveries"])
    moments: list[tuple[datetime, int, Any]] = [(row.created_at, 0, row) for row in messages]
    for event in found["events"]:
        spoken = sentence(event, names)
        if isinstance(spoken, Sentence):
            by_rule = event.actor_id if event.actor_kind == "rule" else None
            moments.append((event.at, 1, Happening(event.at, spoken.icon, spoken.words, by_rule or 0)))
    moments += [(thread.at, 2, thread) for thread in threads(found)]
    moments.sort(key=lambda moment: moment[:2])
    entries: list[Entry] = []
    for kind, group in groupby((item for *_order, item in moments), key=type):
        if issubclass(kind, Message):
            entries += [
                Entry(row, files=files.get(row.pk, ()), deliveries=deliveries.get(row.pk, ()))
                for row in group
            ]
        elif issubclass(kind, Thread):
            entries += [Entry(thread=thread) for thread in group]
        else:
            entries.append(Entry(happenings=tuple(group)))
    return entries


def _by_message(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.message_id or 0, []).append(row)
    return found


def _newest(ticket: int, window: int) -> QuerySet[Message, Message]:
    return Message.objects.filter(ticket=ticket).order_by("-created_at", "-id")[:window]


@read
def _messages(ticket: int, *, window: int) -> QuerySet[Message, Message]:
    """Whole texts are left out: whether there is more than is shown says `is_cut`."""
    people = ("agent__name", "customer__name", "customer__username")
    left_out = ("full_text", "full_html", "language", "sent_at")
    shown = [field.name for field in Message._meta.concrete_fields if field.name not in left_out]
    cut = Case(When(full_text="", full_html="", then=False), default=True, output_field=BooleanField())
    return (
        _newest(ticket, window).select_related("agent", "customer").only(*shown, *people).annotate(is_cut=cut)
    )


@read
def _files(ticket: int, *, window: int) -> QuerySet[Attachment, Attachment]:
    newest = _newest(ticket, window).values("pk")
    return Attachment.objects.filter(message__in=newest).select_related("file")


@read
def _deliveries(ticket: int, *, window: int) -> QuerySet[Delivery, Delivery]:
    return Delivery.objects.filter(message__in=_newest(ticket, window).values("pk")).order_by("id")


@read
def _events(ticket: int, *, window: int) -> QuerySet[Event, Event]:
    """Since the window's first message; from the beginning where it shows every message."""
    first = Message.objects.filter(ticket=ticket).order_by("-created_at", "-id").values("created_at")
    since = Coalesce(Subquery(first[window - 1 : window]), Value(datetime.min.replace(tzinfo=UTC)))
    return Event.objects.about("ticket", ticket).filter(at__gte=since)
