"""The status of a ticket: solving, closing, opening again, putting away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from tugon.customers.models import CustomField
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import (
    ChildrenOpen,
    FieldValueInvalid,
    RequiredToSolve,
    SnoozeInThePast,
    StateArchived,
    TicketIsDone,
)
from ..events import (
    SolutionConfirmed,
    SolutionRejected,
    StatusChanged,
    TicketChanged,
    TicketClosed,
    TicketReopened,
    TicketSnoozed,
    TicketSolved,
    TicketWoke,
)
from ..models import Message, Resolution, State, Status, Ticket
from ..models.state import DONE
from .linking import open_children


@transaction.atomic
def set_status(
    ticket: Ticket, *, to: str, by: Actor, state: State | None = None, despite_children: bool = False
) -> Ticket:
    """Move to a status, or to one of the company's states. A repeat does nothing.

    Raises NotAllowed, FieldValueInvalid, StateArchived, and for solving and closing as `solve` does.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    state = State.objects.get(pk=state.pk) if state else None
    if state and state.archived_at and state.pk != ticket.state_id:
        raise StateArchived(state=state.name_in(get_language() or "en"))
    move_to(ticket, state.status if state else to, by=by, state=state, despite_children=despite_children)
    return ticket


@transaction.atomic
def snooze(ticket: Ticket, *, until: datetime, by: Actor) -> Ticket:
    """Put the ticket away until a moment (aware). A message of the customer brings it back earlier.

    Raises NotAllowed, SnoozeInThePast, TicketIsDone.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if until <= now():
        raise SnoozeInThePast
    if ticket.status in DONE:
        raise TicketIsDone
    if ticket.snoozed_until == until:
        return ticket
    move_to(ticket, Status.HOLD, by=by)
    ticket.snoozed_until, ticket.updated_at = until, now()
    ticket.save(update_fields=["snoozed_until", "updated_at"])
    record(TicketSnoozed(ticket_id=ticket.pk, until=until), by=by)
    return ticket


@transaction.atomic
def wake(ticket: Ticket, *, by: Actor) -> Ticket:
    """End the snooze and open the ticket. A ticket that does not sleep stays as it is."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if ticket.snoozed_until is not None:
        move_to(ticket, Status.OPEN, by=by)
    return ticket


@transaction.atomic
def solve(
    ticket: Ticket,
    *,
    by: Actor,
    cause: str = "",
    done: str = "",
    prevention: str = "",
    despite_children: bool = False,
) -> Ticket:
    """Solve with what was found: cause, what was done, how to prevent it. A closed ticket stays closed.

    despite_children: solve although tickets below it are open. Raises NotAllowed, RequiredToSolve, ChildrenOpen.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    resolution = None
    if cause.strip() or done.strip() or prevention.strip():
        resolution = Resolution.objects.create(
            ticket=ticket,
            cause=cause.strip(),
            done=done.strip(),
            prevention=prevention.strip(),
            recorded_by=by.subject if by.kind is ActorKind.AGENT else None,
            recorded_at=now(),
        )
    if ticket.status not in DONE:
        move_to(ticket, Status.SOLVED, by=by, resolution=resolution, despite_children=despite_children)
    elif resolution is not None:
        record(TicketChanged(ticket_id=ticket.pk, changes={"resolution": []}), by=by)
    return ticket


@transaction.atomic
def reopen(ticket: Ticket, *, by: Actor) -> Ticket:
    """Open a solved or closed ticket again. Any other stays as it is."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if ticket.status in DONE:
        move_to(ticket, Status.OPEN, by=by)
    return ticket


@transaction.atomic
def close(ticket: Ticket, *, by: Actor) -> Ticket:
    """Close for good. Customers may close their own, whatever is still to be filled in. Raises as `solve`."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "close", ticket)
    move_to(ticket, Status.CLOSED, by=by, checks=by.kind is ActorKind.AGENT)
    return ticket


@transaction.atomic
def confirm_solution(ticket: Ticket, *, by: Actor) -> Ticket:
    """The customer says: solved. The ticket is solved even if nobody had said so yet. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "confirm", ticket)
    if ticket.status not in DONE:
        move_to(ticket, Status.SOLVED, by=by, checks=False)
    resolution = ticket.resolutions.first() or Resolution.objects.create(ticket=ticket, recorded_at=now())
    if resolution.confirmed_at is None:
        resolution.confirmed_at, resolution.rejected_at = now(), None
        resolution.save(update_fields=["confirmed_at", "rejected_at"])
        record(SolutionConfirmed(ticket_id=ticket.pk), by=by)
    return ticket


@transaction.atomic
def reject_solution(ticket: Ticket, *, by: Actor) -> Ticket:
    """The customer says: not yet. Opens the ticket again with everything that was said. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "confirm", ticket)
    if ticket.status not in DONE:
        return ticket
    resolution = ticket.resolutions.first()
    if resolution is not None:
        resolution.confirmed_at, resolution.rejected_at = None, now()
        resolution.save(update_fields=["confirmed_at", "rejected_at"])
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
    despite_children: bool = False,
    is_undo: bool = False,
) -> None:
    """Change the status of a locked ticket and record what that means. Permission is the caller's business.

    is_undo: a step back, which is no new solving, closing or opening again. Raises FieldValueInvalid, RequiredToSolve,
    ChildrenOpen.
    """
    if status not in Status.values:
        raise FieldValueInvalid(value=status, field="status", reason=", ".join(Status.values))
    if ticket.status == status and (state is None or ticket.state_id == state.pk):
        return
    if status in DONE and ticket.status not in DONE and checks:
        _require_fields(ticket)
        _require_children_done(ticket, despite_children)
    before, slept, moment = ticket.status, ticket.snoozed_until, now()
    state = state or State.default_of(status)
    ticket.status, ticket.state, ticket.updated_at = status, state, moment
    ticket.solved_at = (ticket.solved_at or moment) if status in DONE else None
    ticket.closed_at = (ticket.closed_at or moment) if status == Status.CLOSED else None
    if status != Status.HOLD:
        ticket.snoozed_until = None
    if before in DONE and status not in DONE and not is_undo:
        ticket.reopen_count += 1
    ticket.save(
        update_fields=[
            "status",
            "state",
            "updated_at",
            "solved_at",
            "closed_at",
            "snoozed_until",
            "reopen_count",
        ]
    )
    record(
        StatusChanged(
            ticket_id=ticket.pk, from_status=before, to_status=status, state_id=state.pk if state else None
        ),
        by=by,
    )
    if slept and ticket.snoozed_until is None:
        record(TicketWoke(ticket_id=ticket.pk), by=by)
    if not is_undo:
        _record_meaning(ticket, before, by, resolution, message)


def _record_meaning(
    ticket: Ticket, before: str, by: Actor, resolution: Resolution | None, message: Message | None
) -> None:
    if ticket.status == Status.SOLVED and before not in DONE:
        record(TicketSolved(ticket_id=ticket.pk, resolution_id=resolution.pk if resolution else None), by=by)
    elif ticket.status == Status.CLOSED and before != Status.CLOSED:
        record(TicketClosed(ticket_id=ticket.pk), by=by)
    elif before in DONE and ticket.status not in DONE:
        record(TicketReopened(ticket_id=ticket.pk, message_id=message.pk if message else None), by=by)


def _require_fields(ticket: Ticket) -> None:
    required = CustomField.objects.filter(on="ticket", required_to_solve=True, archived_at=None)
    language = get_language() or "en"
    missing = [
        field.name_in(language) for field in required if ticket.fields.get(field.key) in (None, "", [])
    ]
    if missing:
        raise RequiredToSolve(fields=", ".join(missing))


def _require_children_done(ticket: Ticket, despite_children: bool) -> None:
    if despite_children:
        return
    numbers = [f"#{pk}" for pk in open_children(ticket).order_by("pk").values_list("pk", flat=True)]
    if numbers:
        shown = ", ".join(numbers[:5]) + ("…" if len(numbers) > 5 else "")
        raise ChildrenOpen(number=len(numbers), tickets=shown)
