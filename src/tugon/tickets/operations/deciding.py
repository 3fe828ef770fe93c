from datetime import datetime

from django.db import transaction

from tugon.customers.models import CustomField
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import RequiredToSolve, SnoozeInThePast
from ..events import (
    SolutionConfirmed,
    SolutionRejected,
    StatusChanged,
    TicketClosed,
    TicketReopened,
    TicketSnoozed,
    TicketSolved,
    TicketWoke,
)
from ..models import Message, Resolution, State, Status, Ticket

DONE = (Status.SOLVED, Status.CLOSED)


@transaction.atomic
def set_status(ticket: Ticket, *, to: str, by: Actor, state: State | None = None) -> Ticket:
    """Move to a status, or to one of the company's states. Solving checks the fields it requires. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    move_to(ticket, state.status if state else to, by=by, state=state)
    return ticket


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime, by: Actor) -> Ticket:
    """Put the ticket away until a moment (aware). A message of the customer brings it back earlier."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if until <= now():
        raise SnoozeInThePast
    move_to(ticket, Status.HOLD, by=by)
    ticket.snoozed_until = until
    ticket.save(update_fields=["snoozed_until"])
    record(TicketSnoozed(ticket_id=ticket.pk, until=until), by=by)
    return ticket


@transaction.atomic
def wake(ticket: Ticket, *, by: Actor) -> Ticket:
    """End the snooze and open the ticket. A ticket that does not sleep stays as it is."""
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.snoozed_until is None:
        return ticket
    ticket.snoozed_until = None
    ticket.save(update_fields=["snoozed_until"])
    record(TicketWoke(ticket_id=ticket.pk), by=by)
    move_to(ticket, Status.OPEN, by=by)
    return ticket


@transaction.atomic
def solve(ticket: Ticket, *, by: Actor, cause: str = "", done: str = "", prevention: str = "") -> Ticket:
    """Solve with what was found: cause, what was done, how to prevent it. Raises RequiredToSolve."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    resolution = None
    if cause or done or prevention:
        resolution = Resolution.objects.create(
            ticket=ticket,
            cause=cause,
            done=done,
            prevention=prevention,
            recorded_by=by.subject if by.kind is ActorKind.AGENT else None,
            recorded_at=now(),
        )
    move_to(ticket, Status.SOLVED, by=by, resolution=resolution)
    return ticket


@transaction.atomic
def reopen(ticket: Ticket, *, by: Actor) -> Ticket:
    """Open a solved or closed ticket again."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if ticket.status in DONE:
        move_to(ticket, Status.OPEN, by=by)
    return ticket


@transaction.atomic
def close(ticket: Ticket, *, by: Actor) -> Ticket:
    """Close for good: a later message opens a linked ticket instead. Customers may close their own."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    move_to(ticket, Status.CLOSED, by=by)
    return ticket


@transaction.atomic
def confirm_solution(ticket: Ticket, *, by: Actor) -> Ticket:
    """The customer says: solved. The ticket is solved even if nobody had said so yet. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", ticket)
    move_to(ticket, Status.SOLVED, by=by, checks=False)
    resolution = ticket.resolutions.first() or Resolution.objects.create(ticket=ticket, recorded_at=now())
    if resolution.confirmed_at is None:
        resolution.confirmed_at, resolution.rejected_at = now(), None
        resolution.save(update_fields=["confirmed_at", "rejected_at"])
        record(SolutionConfirmed(ticket_id=ticket.pk), by=by)
    return ticket


@transaction.atomic
def reject_solution(ticket: Ticket, *, by: Actor) -> Ticket:
    """The customer says: not yet. Opens the ticket again with everything that was said."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", ticket)
    resolution = ticket.resolutions.first()
    if resolution is not None:
        resolution.confirmed_at, resolution.rejected_at = None, now()
        resolution.save(update_fields=["confirmed_at", "rejected_at"])
    if ticket.status in DONE:
        record(SolutionRejected(ticket_id=ticket.pk), by=by)
        move_to(ticket, Status.OPEN, by=by)
    return ticket


def reopen_by_message(ticket: Ticket, message: Message, *, by: Actor) -> None:
    """A person's words make it our turn again. The ticket is locked by the caller."""
    if ticket.status in (Status.WAITING, Status.HOLD, *DONE):
        move_to(ticket, Status.OPEN, by=by, message=message)


def move_to(
    ticket: Ticket,
    status: str,
    *,
    by: Actor,
    state: State | None = None,
    resolution: Resolution | None = None,
    message: Message | None = None,
    checks: bool = True,
) -> None:
    """Change the status of a locked ticket and record what that means. Permission is the caller's business."""
    if ticket.status == status and ticket.state_id == (state.pk if state else ticket.state_id):
        return
    if status == Status.SOLVED and checks:
        _require_fields(ticket)
    before, moment = ticket.status, now()
    ticket.status, ticket.state, ticket.updated_at = status, state, moment
    ticket.solved_at = (ticket.solved_at or moment) if status in DONE else None
    ticket.closed_at = moment if status == Status.CLOSED else None
    if status != Status.HOLD:
        ticket.snoozed_until = None
    if before in DONE and status not in DONE:
        ticket.reopen_count += 1
    ticket.save(
        update_fields=["status", "state", "updated_at", "solved_at", "closed_at", "snoozed_until", "reopen_count"]
    )
    record(
        StatusChanged(ticket_id=ticket.pk, from_status=before, to_status=status, state_id=state.pk if state else None),
        by=by,
    )
    if status == Status.SOLVED and before not in DONE:
        record(TicketSolved(ticket_id=ticket.pk, resolution_id=resolution.pk if resolution else None), by=by)
    elif status == Status.CLOSED:
        record(TicketClosed(ticket_id=ticket.pk), by=by)
    elif before in DONE and status not in DONE:
        record(TicketReopened(ticket_id=ticket.pk, message_id=message.pk if message else None), by=by)


def _require_fields(ticket: Ticket) -> None:
    required = CustomField.objects.filter(on="ticket", required_to_solve=True, archived_at=None)
    missing = [field.name_in("en") for field in required if ticket.fields.get(field.key) in (None, "", [])]
    if missing:
        raise RequiredToSolve(fields=", ".join(missing))
