"""What comes back from a department, and what did not arrive there."""

from typing import Any

from django.db import transaction

from tugon.accounts.policies import require as require_permission
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import policies
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

from ..events import OutsideAnswered, OutsideFailed
from ..models import Inquiry, InquiryFile, InquiryLetter
from . import asking
from .raising import PERMISSION


@transaction.atomic
def receive_answer(
    inquiry: Inquiry, message: NewMessage, *, is_confirmed: bool, received_id: int | None = None
) -> InquiryLetter | None:
    """Keep a letter that came back. From the asked address, and of a person, it is the answer: the ticket wakes up.

    is_confirmed: it is from the asked address, proved as far as mail can. Otherwise it is shown as unconfirmed, and
    waits for somebody to accept it. None for a letter that is there already (it came through two mailboxes).
    """
    ticket = Ticket.objects.locked(inquiry.ticket_id)
    row = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    letter_id = next(iter(message.keys), "")[:500]
    if letter_id and row.letters.filter(letter_id=letter_id).exists():
        return None
    letter = InquiryLetter.objects.create(
        inquiry=row,
        direction=InquiryLetter.Direction.BACK,
        body=message.body,
        body_html=message.body_html,
        full_text=message.full_text,
        full_html=message.full_html,
        envelope=message.envelope,
        automatic=message.automatic,
        is_confirmed=is_confirmed,
        letter_id=letter_id,
        received_id=received_id,
        created_at=now(),
    )
    InquiryFile.objects.bulk_create(
        InquiryFile(
            letter=letter, file=one.file, name=one.name, content_id=one.content_id, is_inline=one.is_inline
        )
        for one in message.files
    )
    _told(row, letter, by=SYSTEM)
    if is_confirmed and not message.automatic:
        _answered(ticket, row)
    return letter


@transaction.atomic
def confirm_answer(letter: InquiryLetter, *, by: Actor) -> InquiryLetter:
    """Accept a letter from another address as the department's answer. A repeat does nothing.

    Raises NotAllowed, TicketNotVisible.
    """
    ticket = Ticket.objects.locked(letter.inquiry.ticket_id)
    policies.require(by, "view", ticket)
    require_permission(by, PERMISSION)
    row = InquiryLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.is_confirmed:
        return row
    row.is_confirmed = True
    row.save(update_fields=["is_confirmed"])
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=row.inquiry_id)
    _told(inquiry, row, by=by)
    _answered(ticket, inquiry)
    return row


@transaction.atomic
def letter_failed(letter_id: str, *, words: str, is_final: bool = True) -> InquiryLetter | None:
    """The letter with this Message-ID did not arrive: who asked is told, and the ticket does not wait any longer.

    is_final: False for a delay, which is only noted. None where no letter of ours has the id. A repeat does nothing.
    """
    found = InquiryLetter.objects.filter(
        letter_id=letter_id, direction=InquiryLetter.Direction.OUT
    ).select_related("inquiry")
    letter = found.first() if letter_id else None
    if letter is None:
        return None
    ticket = Ticket.objects.locked(letter.inquiry.ticket_id)
    letter.trouble = (words or letter.trouble)[:500]
    letter.save(update_fields=["trouble"])
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=letter.inquiry_id)
    if not is_final or inquiry.state not in asking.OPEN:
        return letter
    inquiry.state = Inquiry.State.FAILED
    inquiry.save(update_fields=["state"])
    fact = OutsideFailed(
        ticket_id=ticket.pk,
        inquiry_id=inquiry.pk,
        letter_id=letter.pk,
        asked_by_id=inquiry.asked_by_id,
    )
    record(fact, by=SYSTEM)
    asking.wake(ticket, inquiry, by=SYSTEM)
    return letter


@transaction.atomic
def redact_letter(letter: InquiryLetter, *, by: Actor) -> InquiryLetter:
    """Remove a letter's words and files for good; that there was one stays. A repeat does nothing.

    Raises NotAllowed, TicketNotVisible.
    """
    ticket = Ticket.objects.locked(letter.inquiry.ticket_id)
    policies.require(by, "redact", ticket)
    row = InquiryLetter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.redacted_at is None:
        row.body = row.body_html = row.full_text = row.full_html = ""
        row.quoted, row.redacted_at = [], now()
        row.save(update_fields=["body", "body_html", "full_text", "full_html", "quoted", "redacted_at"])
        row.files.all().delete()
    return row


def _answered(ticket: Ticket, inquiry: Inquiry) -> None:
    inquiry.answered_at = now()
    if inquiry.state != Inquiry.State.ENDED:
        inquiry.state = Inquiry.State.ANSWERED
    inquiry.save(update_fields=["state", "answered_at"])
    asking.wake(ticket, inquiry, by=SYSTEM)


def _told(inquiry: Inquiry, letter: InquiryLetter, *, by: Actor) -> Any:
    fact = OutsideAnswered(
        ticket_id=inquiry.ticket_id,
        inquiry_id=inquiry.pk,
        letter_id=letter.pk,
        confirmed=letter.is_confirmed,
        automatic=bool(letter.automatic),
        asked_by_id=inquiry.asked_by_id,
    )
    return record(fact, by=by)
