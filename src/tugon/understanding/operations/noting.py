"""Reading messages as they come in, with the intake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tugon.database.inserting import insert, run
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.tickets.models.state import ACTIVE

from .. import readings
from ..events import MessageUnderstood
from ..likeness import LEAST, likeness, telling
from ..merging import is_decided, put, take_in
from ..models import TicketReading
from ..reading.saying import Said, said
from .guessing import guess

HISTORY = timedelta(days=90)
MOST_EARLIER = 40
MOST_ALIKE = 3

_EARLIER = """
SELECT t.id, t.subject, t.snippet, t.status, r.topic_id, r.area_id, r.errors
FROM tickets_ticket t LEFT JOIN understanding_ticketreading r ON r.ticket_id = t.id
WHERE t.customer_id = %s::bigint AND t.id <> %s::bigint AND t.created_at >= %s::timestamptz
  AND NOT t.is_spam AND t.merged_into_id IS NULL
ORDER BY t.updated_at DESC LIMIT %s::bigint
"""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Another ticket of the same person."""

    pk: int
    subject: str
    snippet: str
    status: str
    topic_id: int | None
    area_id: int | None
    errors: list[str] | None


def note_message(ticket: Ticket, message: Message, *, opens: bool) -> TicketReading:
    """Read a customer's message into its ticket's reading. Three statements at most, four for a later message.

    opens: it is the ticket's first. Call within the transaction that wrote it.
    """
    subject = ticket.subject if opens else ""
    found = said(subject, message.body, readings.vocabulary(), reads_mood=readings.may_read_mood(ticket))
    reading = None if opens else TicketReading.objects.filter(ticket=ticket).first()
    is_new = reading is None
    if reading is None:
        reading = TicketReading(ticket=ticket, read_at=now())
    changes = take_in(reading, found, message_id=message.pk, at=now())
    if is_new:
        guess(reading, subject=ticket.subject, body=message.body)
        _compare(reading, ticket, message.body, found)
        insert(reading)
    else:
        reading.save()
    ticket.reading = reading
    record(
        MessageUnderstood(ticket_id=ticket.pk, message_id=message.pk, changes=_plain(changes, reading)),
        by=SYSTEM,
    )
    return reading


def read_again(ticket: Ticket) -> TicketReading | None:
    """Read all messages of a ticket anew, as after one was redacted or moved. What people and rules decided stays;
    words of messages that are gone do not. None where no message is left to read.
    """
    rows = list(
        Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, automatic="").order_by(
            "created_at", "pk"
        )
    )
    old = TicketReading.objects.filter(ticket=ticket).first()
    if not rows:
        if old is not None:
            old.delete()
        return None
    fresh = TicketReading(ticket=ticket, read_at=now())
    for place, row in enumerate(rows):
        found = said(
            ticket.subject if place == 0 else "",
            row.body,
            readings.vocabulary(),
            reads_mood=readings.may_read_mood(ticket),
        )
        take_in(fresh, found, message_id=row.pk, at=now())
    guess(fresh, subject=ticket.subject, body=rows[0].body)
    if old is not None:
        fresh.alike, fresh.apart, fresh.repeats = old.alike, old.apart, old.repeats
        for aspect in old.decided_by:
            if is_decided(old, aspect):
                value = getattr(old, f"{aspect}_id" if aspect in ("topic", "area") else aspect)
                put(fresh, aspect, value, 1.0, by=old.decided_by[aspect], evidence=[])
    fresh.save(force_insert=old is None)
    ticket.reading = fresh
    return fresh


def _compare(reading: TicketReading, ticket: Ticket, body: str, found: Said) -> None:
    """Which of this person's open cases this may belong to, and how often they asked about the same. One query."""
    rows = _earlier(ticket)
    if readings.may_guide(ticket):
        reading.repeats = 1 + sum(_is_same_difficulty(reading, row) for row in rows)
    words = telling(f"{ticket.subject} {body}")
    alike = [
        (
            row.pk,
            likeness(
                words,
                telling(f"{row.subject} {row.snippet}"),
                same_topic=reading.topic_id is not None and row.topic_id == reading.topic_id,
                errors=reading.errors,
                other_errors=row.errors or (),
            ),
        )
        for row in rows
        if row.status in ACTIVE
    ]
    likely = sorted((one for one in alike if one[1] >= LEAST), key=lambda one: -one[1])
    reading.alike = [list(one) for one in likely[:MOST_ALIKE]]


def _earlier(ticket: Ticket) -> list[_Earlier]:
    """This person's other tickets of the last ninety days, the newest first. One query."""
    found = run(_EARLIER, [ticket.customer_id, ticket.pk, now() - HISTORY, MOST_EARLIER])
    return [_Earlier(*row) for row in found]


def _is_same_difficulty(reading: TicketReading, row: _Earlier) -> bool:
    """The same area; where no area is known, the same topic."""
    if reading.area_id is not None and row.area_id is not None:
        return reading.area_id == row.area_id and (row.topic_id == reading.topic_id or row.topic_id is None)
    return reading.topic_id is not None and row.topic_id == reading.topic_id


def _plain(changes: dict[str, object], reading: TicketReading) -> dict[str, object]:
    """Without the customer's words: of lists how many there are."""
    told = {name: value for name, value in changes.items() if name not in ("errors", "tried")}
    counts = {name: len(getattr(reading, name)) for name in ("errors", "tried") if name in changes}
    return told | counts
