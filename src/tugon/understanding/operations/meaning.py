"""What sentence vectors add, in the worker, after the message was taken in: mood and urgency where the words said
nothing, topics learnt with vectors, and which open case of the same person this may be.

Never undoes what a person or a rule decided.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from django.db import transaction

from tugon.lib.clock import now
from tugon.meaning import embedder, shelves
from tugon.meaning.client import halves
from tugon.meaning.embedders import MeaningUnavailable
from tugon.meaning.models import Vector
from tugon.tickets.models import Message, Ticket
from tugon.tickets.models.state import ACTIVE

from .. import readings
from ..heads.kept import heads
from ..labels import SHELF, numbers_of
from ..learning.features import text_of
from ..levels import mood_level, urgency_level
from ..likeness import LEAST
from ..merging import is_decided, put
from ..models import TicketReading
from .guessing import hear_with_vector
from .noting import MOST_ALIKE

AT_ONCE = 8
MOST_LETTERS = 900
HEAD_SURE = 0.75
"""Probability from which a head's word counts where the words said nothing."""
NEAR, SAME = 0.86, 0.95
"""Cosines of texts that have nothing in common, and of texts that say the same, for the carried model."""


def add_meaning(*, most: int = 160) -> int:
    """Add meaning to readings that wait for it, the newest first. Returns how many; none where there is no meaning."""
    there = embedder()
    if there is None:
        return 0
    done = 0
    while done < most:
        rows = list(
            TicketReading.objects.filter(meant_at=None)
            .select_related("ticket")
            .order_by("-ticket_id")[:AT_ONCE]
        )
        if not rows:
            break
        try:
            _add(rows)
        except MeaningUnavailable:
            break
        done += len(rows)
    return done


def sweep() -> None:
    """Forget vectors of tickets that are gone. One statement."""
    shelves.sweep(SHELF, TicketReading.objects.values("pk"))


def _add(rows: Sequence[TicketReading]) -> None:
    firsts = _firsts([row.pk for row in rows])
    lasts = {row.pk: row for row in Message.objects.filter(pk__in=[row.message_id for row in rows])}
    texts: list[str] = []
    for row in rows:
        last = lasts.get(row.message_id or 0)
        first = text_of(row.ticket.subject, firsts.get(row.pk, ""))
        texts += [first[:MOST_LETTERS], (last.body if last else first)[:MOST_LETTERS]]
    model, vectors = halves(texts)
    for number, row in enumerate(rows):
        about, said_last = numbers_of(vectors[number * 2]), numbers_of(vectors[number * 2 + 1])
        with transaction.atomic():
            _store(row.pk, model, vectors[number * 2])
            _mean(row.pk, texts[number * 2], about, said_last, model=model)


def _firsts(tickets: Sequence[int]) -> dict[int, str]:
    rows = Message.objects.filter(ticket__in=tickets, kind=Message.Kind.INCOMING, automatic="")
    found = rows.order_by("ticket", "created_at", "pk").distinct("ticket")
    return dict(found.values_list("ticket_id", "body"))


def _store(ticket: int, model: str, numbers: bytes) -> None:
    Vector.objects.filter(shelf=SHELF, key=ticket).delete()
    Vector.objects.create(shelf=SHELF, key=ticket, part=0, model=model, numbers=numbers)


def _mean(ticket_id: int, text: str, first: Sequence[float], last: Sequence[float], *, model: str) -> None:
    """Under the ticket's lock, so that a correction made meanwhile stands."""
    ticket = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket_id).first()
    reading = TicketReading.objects.filter(pk=ticket_id).first()
    if ticket is None or reading is None:
        return
    hear_with_vector(reading, text, first, model=model)
    _hear_heads(reading, ticket, last, model=model)
    reading.alike = _alike(reading, ticket, first, model=model)
    reading.meant_at = now()
    reading.save()


def _hear_heads(reading: TicketReading, ticket: Ticket, vector: Sequence[float], *, model: str) -> None:
    known = heads()
    if known is None or known.model != model:
        return
    pressing = known.urgency(vector)
    if pressing >= HEAD_SURE:
        _offer(reading, "urgency", 0.6 if pressing < 0.9 else 0.75, pressing)
    if not readings.may_read_mood(ticket):
        return
    unhappy, _plain, glad = known.mood(vector)
    if unhappy >= HEAD_SURE:
        _offer(reading, "mood", -0.5 if unhappy < 0.9 else -0.75, unhappy)
    elif glad >= HEAD_SURE:
        _offer(reading, "mood", 0.5, glad)


def _offer(reading: TicketReading, aspect: str, value: float, sureness: float) -> None:
    """Taken where the words said nothing; beside them, as a suggestion, where they said something else."""
    if is_decided(reading, aspect):
        return
    is_silent = float(reading.confidence.get(aspect, 0)) <= 0.5
    if is_silent:
        put(reading, aspect, value, sureness, by="reader", evidence=[])
        return
    level = mood_level if aspect == "mood" else urgency_level
    if level(value) != level(getattr(reading, aspect)):
        offered = {"value": int(level(value)), "confidence": round(sureness, 3), "because": []}
        reading.suggested = {**reading.suggested, aspect: offered}


def _alike(
    reading: TicketReading, ticket: Ticket, vector: Sequence[float], *, model: str
) -> list[list[float]]:
    """Likeness by words and vectors together, of this person's other open tickets. Two queries."""
    others = Ticket.objects.filter(
        customer=ticket.customer_id, status__in=ACTIVE, is_spam=False, merged_into=None, pk__lt=ticket.pk
    ).order_by("-updated_at")
    ids = [pk for pk in others.values_list("pk", flat=True)[:12] if pk not in reading.apart]
    by_words = {int(pk): float(score) for pk, score in reading.alike}
    scores = {pk: by_words.get(pk, 0.0) for pk in ids}
    stored = Vector.objects.filter(shelf=SHELF, model=model, key__in=ids).values_list("key", "numbers")
    for key, numbers in stored:
        cosine = math.fsum(one * other for one, other in zip(vector, numbers_of(numbers), strict=False))
        near = max(0.0, min(1.0, (cosine - NEAR) / (SAME - NEAR)))
        scores[key] = round(0.5 * scores[key] + 0.55 * near, 3)
    likely = sorted(((pk, score) for pk, score in scores.items() if score >= LEAST), key=lambda one: -one[1])
    return [[pk, score] for pk, score in likely[:MOST_ALIKE]]
