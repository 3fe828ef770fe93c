"""What people and rules say a ticket is about. It stays, and it teaches."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import policies
from tugon.tickets.models import Ticket
from tugon.tickets.models.ticket import Side

from .. import readings
from ..errors import UnknownAspect, ValueUnknown
from ..events import ReadingCorrected
from ..levels import MoodLevel, UrgencyLevel, mood_of, urgency_of
from ..merging import RANKS, put, value_of
from ..models import Affected, TicketReading

CORRECTABLE = ("topic", "area", "side", "urgency", "mood", "affected")


@transaction.atomic
def correct(ticket: Ticket, *, by: Actor, aspect: str, value: Any) -> TicketReading:
    """Say what is right. value: the id of a topic or area or None for "none of them"; a level of urgency or mood
    (`levels`); a side; a number of people as in `Affected`. What was already right is confirmed, which teaches too.

    A rule never undoes what a person said. Raises NotAllowed, UnknownAspect, ValueUnknown.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    value = _clean(aspect, value)
    reading = readings.of(ticket) or TicketReading(ticket=ticket, read_at=now(), meant_at=now())
    decider = "rule" if by.kind in (ActorKind.RULE, ActorKind.SYSTEM) else "person"
    before = value_of(reading, aspect)
    if before == value and reading.decided_by.get(aspect) == decider:
        return reading
    if not put(reading, aspect, value, 1.0, by=decider, evidence=_kept(reading, aspect, value)):
        return reading
    reading.suggested = {name: one for name, one in reading.suggested.items() if name != aspect}
    reading.save()
    ticket.reading = reading
    record(ReadingCorrected(ticket_id=ticket.pk, aspect=aspect, before=before, after=value), by=by)
    return reading


@transaction.atomic
def take_back(ticket: Ticket, *, by: Actor, aspect: str) -> TicketReading | None:
    """Let the words decide again. Raises NotAllowed, UnknownAspect."""
    from .noting import read_again

    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if aspect not in CORRECTABLE:
        raise UnknownAspect(aspect=aspect)
    reading = readings.of(ticket)
    if reading is None or RANKS[str(reading.decided_by.get(aspect, ""))] < RANKS["rule"]:
        return reading
    before = value_of(reading, aspect)
    reading.decided_by = {name: who for name, who in reading.decided_by.items() if name != aspect}
    reading.save(update_fields=["decided_by"])
    fresh = read_again(ticket)
    after = None if fresh is None else value_of(fresh, aspect)
    record(ReadingCorrected(ticket_id=ticket.pk, aspect=aspect, before=before, after=after), by=by)
    return fresh


def _clean(aspect: str, value: Any) -> Any:
    match aspect:
        case "topic" | "area":
            known = readings.topics() if aspect == "topic" else readings.areas()
            if value is not None and value not in known:
                raise ValueUnknown(aspect=aspect)
            return value
        case "urgency":
            _require(value in UrgencyLevel.values, aspect)
            return urgency_of(value)
        case "mood":
            _require(value in MoodLevel.values, aspect)
            return mood_of(value)
        case "side":
            _require(value in Side.values, aspect)
            return value
        case "affected":
            _require(value in Affected.values, aspect)
            return value
    raise UnknownAspect(aspect=aspect)


def _require(is_known: bool, aspect: str) -> None:
    if not is_known:
        raise ValueUnknown(aspect=aspect)


def _kept(reading: TicketReading, aspect: str, value: Any) -> list[Any]:
    """The words still bear out what was confirmed."""
    return list(reading.evidence.get(aspect, [])) if value_of(reading, aspect) == value else []
