"""Deciding otherwise than the table: with a reason, perhaps for a while."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import operations as tickets
from tugon.tickets import policies
from tugon.tickets.models import Priority, Ticket

from ..errors import OverrideInThePast, OverrideNeedsReason, PriorityUnknown
from ..events import PriorityOverridden, PriorityOverrideEnded
from ..models import Assessment, Override
from .assessing import assess, setting

MOST_AT_ONCE = 200


@transaction.atomic
def override(
    ticket: Ticket, *, priority: int, by: Actor, reason: str = "", until: datetime | None = None
) -> Ticket:
    """Give the ticket this priority whatever the table says, until somebody or the clock ends it.

    reason: a person must say one; a rule's name is its reason. A repeat does nothing.
    Raises NotAllowed, PriorityUnknown, OverrideNeedsReason, OverrideInThePast.
    """
    policies.require(by, "edit", ticket)
    reason = " ".join(reason.split())[:300]
    if priority not in Priority.values:
        raise PriorityUnknown
    if not reason and by.kind is ActorKind.AGENT and by.via != "undo":
        raise OverrideNeedsReason
    if until is not None and until <= now():
        raise OverrideInThePast
    ticket = Ticket.objects.locked(ticket.pk)
    row = _assessment(ticket)
    if row.override and (row.override.priority, row.override.reason, row.override.until) == (
        priority,
        reason,
        until,
    ):
        return ticket
    before = ticket.priority
    _set_down(row, priority=priority, reason=reason, until=until, by=by)
    with setting():
        ticket = tickets.change(ticket, priority=priority, by=by)
    _record(row, before, by)
    return ticket


def adopt(ticket_id: int, *, before: int, after: int, by: Actor) -> None:
    """Keep a priority that somebody set past this package (a rule, an import, a program) as decided otherwise, so that
    the next report does not undo it. Where it is what the table gives, nothing is overridden.
    """
    row = Assessment.objects.select_related("override").filter(ticket=ticket_id).first()
    if row is None or (row.priority == after and not row.is_overridden):
        return
    if row.priority == after:
        _end(row)
        return
    _set_down(row, priority=after, reason="", until=None, by=by)
    _record(row, before, by)


@transaction.atomic
def end_override(ticket: Ticket, *, by: Actor, how: str = "withdrawn") -> Ticket:
    """Let the table decide again. A ticket nobody decided about stays as it is."""
    policies.require(by, "edit", ticket)
    ticket = Ticket.objects.locked(ticket.pk)
    row = Assessment.objects.select_related("override").filter(ticket=ticket).first()
    if row is None or row.override is None:
        return ticket
    before, ended = ticket.priority, row.override
    _end(row)
    row = assess(ticket, by=SYSTEM, cause=how)
    ticket.refresh_from_db(fields=["priority"])
    if ticket.priority != row.priority:
        with setting():
            ticket = tickets.change(ticket, priority=row.priority, by=by)
    fact = PriorityOverrideEnded(
        ticket_id=ticket.pk, override_id=ended.pk, before=before, after=row.priority, how=how
    )
    record(fact, by=by)
    return ticket


def end_due_overrides() -> int:
    """Give back to the table what was decided until now. Each in a transaction of its own; returns how many."""
    due = Override.objects.filter(ended_at=None, until__lte=now()).order_by("until")
    done = 0
    for row in due.select_related("ticket")[:MOST_AT_ONCE]:
        if row.ticket.merged_into_id:
            Override.objects.filter(pk=row.pk).update(ended_at=now())
            continue
        end_override(row.ticket, by=SYSTEM, how="expired")
        done += 1
    return done


def _set_down(row: Assessment, *, priority: int, reason: str, until: datetime | None, by: Actor) -> None:
    Override.objects.filter(ticket=row.ticket_id, ended_at=None).update(ended_at=now())
    row.override = Override.objects.create(
        ticket_id=row.ticket_id,
        priority=priority,
        reason=reason,
        agent_id=by.id if by.kind is ActorKind.AGENT else None,
        via=by.via[:120],
        began_at=now(),
        until=until,
    )
    row.is_overridden = True
    row.save(update_fields=["override", "is_overridden"])


def _end(row: Assessment) -> None:
    Override.objects.filter(ticket=row.ticket_id, ended_at=None).update(ended_at=now())
    row.override, row.is_overridden = None, False
    row.save(update_fields=["override", "is_overridden"])


def _record(row: Assessment, before: int, by: Actor) -> None:
    assert row.override is not None
    fact = PriorityOverridden(
        ticket_id=row.ticket_id,
        override_id=row.override.pk,
        before=before,
        after=row.override.priority,
        until=row.override.until,
    )
    record(fact, by=by)


def _assessment(ticket: Ticket) -> Assessment:
    row = Assessment.objects.select_related("override").filter(ticket=ticket).first()
    return row or assess(ticket, by=SYSTEM, cause="asked")


def decide(ticket: Ticket, priority: int, reason: str, by: Actor) -> None:
    """What a person's choice in a list means: an override with its reason; taking a change back lets the table decide
    again where it gives just that.
    """
    row = Assessment.objects.filter(ticket=ticket).only("priority").first()
    if by.via == "undo" and row is not None and row.priority == priority:
        end_override(ticket, by=by)
    else:
        override(ticket, priority=priority, by=by, reason=reason)
