"""Pure: what a new message says, put into what is known of its ticket.

Who decides, from weakest to strongest: reader (words), classifier (learnt), rule, person. What a stronger one decided
stays, whatever a weaker one reads later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .levels import mood_level, urgency_level
from .models import TicketReading
from .reading.saying import ASPECTS, Said
from .reading.texts import Aspect

RANKS = {"": 0, "reader": 1, "classifier": 2, "rule": 3, "person": 4}
LISTED = ("errors", "tried")
MOST_LISTED = 12
SUREST_KEEPS = 0.15
"""By how much surer a later message must be to say what the ticket is about, after an earlier one did."""
FADES = 0.8
"""Of an earlier message's urgency and mood, what is left when the next one says nothing of it."""


def take_in(reading: TicketReading, said: Said, *, message_id: int | None, at: datetime) -> dict[str, Any]:
    """Put a message into a reading. Returns aspect → new value, of those that changed."""
    before = {name: value_of(reading, name) for name in ASPECTS}
    is_first = reading.message_id is None
    for name in ASPECTS:
        found = said[name]
        if name in LISTED:
            _add(reading, name, found)
        elif found and _counts(reading, name, found, is_first=is_first):
            put(reading, name, found.value, found.confidence, by="reader", evidence=_evidence(found))
    if not is_first:
        _fade(reading, said)
    if said["language"]:
        reading.is_taglish = said.is_taglish
    reading.message_id, reading.read_at, reading.meant_at = message_id, at, None
    after = {name: value_of(reading, name) for name in ASPECTS}
    return {name: after[name] for name in ASPECTS if after[name] != before[name]}


def put(
    reading: TicketReading, aspect: str, value: Any, confidence: float, *, by: str, evidence: list[Any]
) -> bool:
    """Set an aspect, unless somebody stronger decided it. False where it stays as it is."""
    if RANKS[by] < RANKS[str(reading.decided_by.get(aspect, ""))]:
        return False
    if aspect in ("topic", "area"):
        setattr(reading, f"{aspect}_id", value)
    else:
        setattr(reading, aspect, value)
    if aspect == "topic":
        reading.topic_confidence = confidence
    elif aspect == "urgency":
        reading.urgency_level = urgency_level(value)
    elif aspect == "mood":
        reading.mood_level = mood_level(value)
    reading.confidence = {**reading.confidence, aspect: round(confidence, 3)}
    reading.evidence = {**reading.evidence, aspect: evidence}
    reading.decided_by = {**reading.decided_by, aspect: by}
    return True


def value_of(reading: TicketReading, aspect: str) -> Any:
    """Ids of topics and areas, plain values of others."""
    return getattr(reading, f"{aspect}_id" if aspect in ("topic", "area") else aspect)


def is_decided(reading: TicketReading, aspect: str) -> bool:
    """Whether a person or a rule said so."""
    return RANKS[str(reading.decided_by.get(aspect, ""))] >= RANKS["rule"]


def _counts(reading: TicketReading, aspect: str, found: Aspect, *, is_first: bool) -> bool:
    """Whether a message that says something of an aspect says it for the ticket."""
    if is_first or not reading.decided_by.get(aspect):
        return True
    if aspect in ("urgency", "mood"):
        return found.confidence > 0.5
    if aspect == "language":
        return True
    known = float(reading.confidence.get(aspect, 0))
    return found.confidence > known + SUREST_KEEPS


def _fade(reading: TicketReading, said: Said) -> None:
    for aspect in ("urgency", "mood"):
        if said[aspect].confidence <= 0.5 and reading.decided_by.get(aspect) == "reader":
            value = round(getattr(reading, aspect) * FADES, 3)
            put(reading, aspect, value, 0.5, by="reader", evidence=reading.evidence.get(aspect, []))


def _add(reading: TicketReading, aspect: str, found: Aspect) -> None:
    """The newest come last; the oldest give way."""
    if not found.value or is_decided(reading, aspect):
        return
    known = list(getattr(reading, aspect))
    new = [one for one in found.value if one not in known]
    if not new:
        return
    evidence = [*reading.evidence.get(aspect, []), *_evidence(found)]
    put(
        reading,
        aspect,
        [*known, *new][-MOST_LISTED:],
        found.confidence,
        by="reader",
        evidence=evidence[-MOST_LISTED:],
    )


def _evidence(found: Aspect) -> list[Any]:
    return [[span.words[:120], span.start, span.end] for span in found.spans]
