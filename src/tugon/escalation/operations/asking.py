"""Asking a department outside, and waiting for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tugon.accounts.policies import require as require_permission
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.sla.calendars import NeverOpen, due_at
from tugon.sla.promises import promises
from tugon.tickets import policies
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.models.state import DONE
from tugon.tickets.operations import NewMessage, set_status

from ..errors import DepartmentArchived, InquiryEnded, QuestionMissing
from ..events import OutsideAsked, OutsideEnded, OutsideOverdue
from ..models import Department, Inquiry, InquiryFile, InquiryLetter, Standing
from ..words import department_name
from .raising import PERMISSION

OPEN = (Inquiry.State.ASKED, Inquiry.State.OVERDUE)
WAITING = (Status.NEW, Status.OPEN, Status.WAITING)
"""From where a ticket goes on hold for a department."""


@transaction.atomic
def ask(
    ticket: Ticket,
    department: Department,
    *,
    message: NewMessage,
    by: Actor,
    quotes: Sequence[int] = (),
    files: Sequence[int] = (),
    waits: bool = False,
    hours: int | None = None,
) -> Inquiry:
    """Ask a department by a letter of its own, which carries nothing but these words, the messages named and the files
    named.

    quotes: ids of messages of this ticket. files: ids of attachments of this ticket; new ones are in `message`. waits:
    the ticket is on hold until the answer comes or its time is over. hours: open hours the answer may take, else the
    department's own. Raises NotAllowed, TicketNotVisible, TicketIsMerged, DepartmentArchived, QuestionMissing.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "note", ticket)
    require_permission(by, PERMISSION)
    if department.archived_at:
        raise DepartmentArchived(department=department_name(department))
    _require_words(message)
    moment = now()
    row = Inquiry.objects.create(
        ticket=ticket,
        department=department,
        address=department.address.strip().lower(),
        name=department.name_in(department.language)[:160],
        subject=ticket.subject,
        language=department.language,
        asked_by=by.subject if by.kind is ActorKind.AGENT else None,
        asked_at=moment,
        expected_at=by_when(moment, department.hours_to_answer if hours is None else hours),
        waits=waits and ticket.status not in DONE,
    )
    letter = _write(row, message, quotes, files, by=by)
    fact = OutsideAsked(ticket_id=ticket.pk, inquiry_id=row.pk, letter_id=letter.pk, waits=row.waits)
    record(fact, by=by)
    if row.waits:
        hold(ticket, by=by)
    return row


@transaction.atomic
def write_again(
    inquiry: Inquiry,
    *,
    message: NewMessage,
    by: Actor,
    quotes: Sequence[int] = (),
    files: Sequence[int] = (),
    waits: bool = False,
) -> InquiryLetter:
    """Write to the department once more in the same conversation. Raises as `ask`, and InquiryEnded."""
    ticket = Ticket.objects.locked(inquiry.ticket_id)
    policies.require(by, "note", ticket)
    require_permission(by, PERMISSION)
    row = Inquiry.objects.select_for_update(of=("self",)).select_related("department").get(pk=inquiry.pk)
    if row.state == Inquiry.State.ENDED:
        raise InquiryEnded
    _require_words(message)
    letter = _write(row, message, quotes, files, by=by)
    hours = row.department.hours_to_answer if row.department else 8
    row.state, row.expected_at = Inquiry.State.ASKED, by_when(now(), hours)
    row.waits = waits and ticket.status not in DONE
    row.save(update_fields=["state", "expected_at", "waits"])
    fact = OutsideAsked(
        ticket_id=ticket.pk, inquiry_id=row.pk, letter_id=letter.pk, waits=row.waits, is_first=False
    )
    record(fact, by=by)
    hold(ticket, by=by) if row.waits else settle(ticket.pk)
    return letter


@transaction.atomic
def end_inquiry(inquiry: Inquiry, *, by: Actor) -> Inquiry:
    """Nothing is waited for any more; what the department still sends is kept here all the same. A repeat does nothing.

    Raises NotAllowed, TicketNotVisible.
    """
    ticket = Ticket.objects.locked(inquiry.ticket_id)
    policies.require(by, "view", ticket)
    require_permission(by, PERMISSION)
    row = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if row.state == Inquiry.State.ENDED:
        return row
    was_open = row.state in OPEN
    row.state = Inquiry.State.ENDED
    row.save(update_fields=["state"])
    record(OutsideEnded(ticket_id=ticket.pk, inquiry_id=row.pk), by=by)
    if was_open:
        wake(ticket, row, by=by)
    return row


@transaction.atomic
def mark_overdue(inquiry: Inquiry) -> bool:
    """The department had its time: the ticket is ours again, and who asked is told. Returns whether that was so."""
    ticket = Ticket.objects.locked(inquiry.ticket_id)
    row = (
        Inquiry.objects.select_for_update(of=("self",))
        .filter(pk=inquiry.pk, state=Inquiry.State.ASKED, expected_at__lte=now())
        .first()
    )
    if row is None:
        return False
    row.state = Inquiry.State.OVERDUE
    row.save(update_fields=["state"])
    fact = OutsideOverdue(ticket_id=ticket.pk, inquiry_id=row.pk, asked_by_id=row.asked_by_id)
    record(fact, by=SYSTEM)
    wake(ticket, row, by=SYSTEM)
    return True


def by_when(start: datetime, hours: int) -> datetime:
    """The moment at which so many open hours have passed; calendar hours where the company is never open."""
    try:
        return due_at(start, timedelta(hours=hours), promises().hours)
    except NeverOpen:
        return start + timedelta(hours=hours)


def hold(ticket: Ticket, *, by: Actor) -> None:
    """Put the ticket on hold for a department. The ticket is locked by the caller."""
    if settle(ticket.pk) and ticket.status in WAITING:
        set_status(ticket, to=Status.HOLD, by=SYSTEM if by.kind is ActorKind.AGENT else by)


def wake(ticket: Ticket, inquiry: Inquiry, *, by: Actor) -> None:
    """What this inquiry held is ours again, unless another one holds it too. The ticket is locked by the caller."""
    still_waits = settle(ticket.pk)
    if inquiry.waits and not still_waits:
        status = Ticket.objects.values_list("status", "snoozed_until").get(pk=ticket.pk)
        if status == (Status.HOLD, None):
            set_status(ticket, to=Status.OPEN, by=SYSTEM)
    else:
        Ticket.objects.filter(pk=ticket.pk).update(updated_at=now())


def settle(ticket_id: int) -> bool:
    """Write down whether the ticket waits for a department, and until when. Returns whether it does."""
    waiting = Inquiry.objects.filter(ticket=ticket_id, state=Inquiry.State.ASKED, waits=True)
    until = list(waiting.order_by("-expected_at").values_list("expected_at", flat=True)[:1])
    values = {"waits_outside": bool(until), "waits_until": until[0] if until else None}
    Standing.objects.update_or_create(ticket_id=ticket_id, defaults=values)
    return bool(until)


def _write(
    inquiry: Inquiry, message: NewMessage, quotes: Sequence[int], files: Sequence[int], *, by: Actor
) -> InquiryLetter:
    from tugon.tickets.models import Attachment

    own = Message.objects.filter(ticket=inquiry.ticket_id)
    letter = InquiryLetter.objects.create(
        inquiry=inquiry,
        direction=InquiryLetter.Direction.OUT,
        body=message.body,
        body_html=message.body_html,
        quoted=list(own.filter(pk__in=quotes).order_by("created_at", "pk").values_list("pk", flat=True)),
        agent=by.subject if by.kind is ActorKind.AGENT else None,
        created_at=now(),
    )
    chosen = Attachment.objects.filter(
        pk__in=files, message__ticket=inquiry.ticket_id, redacted_at=None
    ).select_related("file")
    rows = [InquiryFile(letter=letter, file=one.file, name=one.name) for one in chosen]
    rows += [
        InquiryFile(
            letter=letter, file=one.file, name=one.name, content_id=one.content_id, is_inline=one.is_inline
        )
        for one in message.files
    ]
    InquiryFile.objects.bulk_create(rows)
    return letter


def _require_words(message: NewMessage) -> None:
    if not message.body.strip() and not message.files:
        raise QuestionMissing
