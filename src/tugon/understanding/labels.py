"""Reads: tickets that people labelled, to learn from and to measure with."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from django.db import connection

from tugon.meaning.models import Vector

from .learning.features import text_of
from .learning.training import MOST, Label
from .models import Classifier

SHELF = "ticket"
"""Where the vectors of tickets lie (`meaning.shelves`): of their subject and first message."""

_TEXTS = """
SELECT t.id, v.value, t.subject, m.body, t.language, t.customer_id
FROM ({values}) v JOIN tickets_ticket t ON t.id = v.ticket_id
JOIN LATERAL (
    SELECT body FROM tickets_message WHERE ticket_id = t.id AND kind = 'incoming' AND automatic = ''
    ORDER BY created_at, id LIMIT 1
) m ON true
WHERE NOT t.is_spam AND t.merged_into_id IS NULL
ORDER BY t.id DESC LIMIT %s
"""
_TOPICS = """
    SELECT r.ticket_id, r.topic_id AS value FROM understanding_ticketreading r
    JOIN understanding_topic k ON k.id = r.topic_id AND k.archived_at IS NULL
    WHERE r.decided_by ->> 'topic' = 'person'
"""
# Of a ticket that somebody moved: where it ended once it was solved.
_TEAMS = """
    SELECT s.id AS ticket_id, s.team_id AS value FROM tickets_ticket s
    JOIN accounts_team a ON a.id = s.team_id AND a.archived_at IS NULL
    WHERE s.status IN ('solved', 'closed') AND EXISTS (
        SELECT FROM events_event e WHERE e.subject_kind = 'ticket' AND e.subject_id = s.id
        AND e.name = 'TicketTransferred' AND e.actor_kind = 'agent'
    )
"""
_VALUES = {Classifier.Kind.TOPIC: _TOPICS, Classifier.Kind.TEAM: _TEAMS}


def labels(kind: str, *, model: str = "") -> list[Label]:
    """The newest labelled tickets, oldest first, with the vectors that this embedder made of them. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS.format(values=_VALUES[Classifier.Kind(kind)]), [MOST])
        rows = cursor.fetchall()
    vectors = dict(_vectors([row[0] for row in rows], model)) if model else {}
    found = [
        Label(text_of(subject, body), value, language, customer, vectors.get(pk))
        for pk, value, subject, body, language, customer in rows
    ]
    return found[::-1]


def count(kind: str) -> int:
    """How many tickets are labelled. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({_VALUES[Classifier.Kind(kind)]}) v")  # noqa: S608 - our own words
        return int(cursor.fetchone()[0])


def numbers_of(stored: bytes | memoryview) -> tuple[float, ...]:
    """A vector as it is stored (float16, little-endian), as numbers."""
    content = bytes(stored)
    return struct.unpack(f"<{len(content) // 2}e", content)


def _vectors(tickets: list[int], model: str) -> Iterator[tuple[int, tuple[float, ...]]]:
    rows = Vector.objects.filter(shelf=SHELF, model=model, key__in=tickets, part=0)
    for key, numbers in rows.values_list("key", "numbers").iterator(chunk_size=500):
        yield key, numbers_of(numbers)
