"""Letters to departments outside: composed of an inquiry's own words, the messages chosen and the files chosen.

They leave in the same queue as replies, but stand on no message: nothing that customers read knows of them.
"""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.channels.email.compose import compose
from tugon.channels.email.letters import File, Foot, Letter, Person, Quote
from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.escalation import addresses
from tugon.escalation.events import OutsideAsked, OutsideFailed
from tugon.escalation.models import InquiryFile, InquiryLetter
from tugon.escalation.operations import letter_failed
from tugon.files import operations as files
from tugon.intake.acknowledging import language_for
from tugon.intake.identity import instance
from tugon.lib.clock import now
from tugon.tickets.events import MessageRedacted
from tugon.tickets.models import Message

from .events import SystemMailFailed
from .models import Delivery, Outgoing
from .operations import mailbox_of
from .purposes import OUTSIDE
from .tasks import send_at
from .writing import from_name, moment_in_words, signature

State = Delivery.State


def plan(fact: OutsideAsked, event: Any) -> None:
    """Compose the letter and plan its delivery. A repeat does nothing."""
    row = (
        InquiryLetter.objects.select_for_update(of=("self",))
        .select_related("inquiry__ticket", "agent")
        .get(pk=fact.letter_id)
    )
    if row.letter_id:
        return
    inquiry = row.inquiry
    mailbox = mailbox_of(inquiry.ticket)
    if mailbox is None:
        row.letter_id = addresses.new_letter_id("nobody@missing.invalid", inquiry.pk)
        row.save(update_fields=["letter_id"])
        letter_failed(row.letter_id, words=_("No mailbox is set up to send. Connect one, then ask again."))
        return
    letter = letter_of(row, mailbox)
    row.letter_id = letter.message_id
    row.save(update_fields=["letter_id"])
    outgoing = Outgoing.objects.create(
        mailbox=mailbox,
        letter_id=letter.message_id,
        subject=letter.subject[:500],
        return_address=mailbox.address,
        raw=compose(letter),
    )
    Delivery.objects.create(
        letter=outgoing,
        ticket_id=inquiry.ticket_id,
        mailbox=mailbox,
        purpose=OUTSIDE,
        recipient=inquiry.address,
        recipient_name=inquiry.name,
        queued_at=now(),
        next_attempt_at=now(),
    )


def enqueue(fact: OutsideAsked, event: Any) -> None:
    """A job that sends it."""
    send_at(None)


def mark_failed(fact: SystemMailFailed, event: Any) -> None:
    """The letter could not be delivered: the inquiry knows, and who asked is told."""
    if fact.purpose == OUTSIDE:
        row = Delivery.objects.select_related("letter").get(pk=fact.delivery_id)
        if row.letter is not None:
            letter_failed(row.letter.letter_id, words=f"{row.status_code} {row.reason}".strip())


def mark_bounced(fact: OutsideFailed, event: Any) -> None:
    """A report came back after a server had taken the letter over."""
    letter = InquiryLetter.objects.get(pk=fact.letter_id)
    rows = Delivery.objects.filter(
        letter__letter_id=letter.letter_id,
        purpose=OUTSIDE,
        state__in=[State.SENT, State.SENDING, State.DEFERRED],
    )
    rows.update(state=State.BOUNCED, settled_at=now(), reason=letter.trouble, next_attempt_at=None)


@transaction.atomic
def forget_redacted(fact: MessageRedacted, event: Any) -> None:
    """Bytes of letters that quote what was redacted go too."""
    quoting = InquiryLetter.objects.filter(
        inquiry__ticket=fact.ticket_id, quoted__contains=[fact.message_id]
    ).exclude(letter_id="")
    ids = list(quoting.values_list("letter_id", flat=True))
    Outgoing.objects.filter(letter_id__in=ids).update(raw=b"")


def letter_of(row: InquiryLetter, mailbox: Mailbox) -> Letter:
    """The values of the letter, in the department's language. The thread is the inquiry's own: nothing of the ticket's
    ids is in it.
    """
    inquiry = row.inquiry
    earlier = [one for one in inquiry.letters.exclude(pk=row.pk) if one.letter_id]
    language = language_for(inquiry.language)
    with translation.override(language):
        mark = addresses.token(inquiry.ticket_id, inquiry.pk)
        return Letter(
            from_=Person(mailbox.address, from_name(row.agent, mailbox)),
            to=(Person(inquiry.address, inquiry.name),),
            reply_to=Person(addresses.inquiry_address(mailbox.address, inquiry.pk), company.get("name"))
            if mailbox.has_plus_addressing
            else None,
            subject=f"{'Re: ' if earlier else ''}{inquiry.subject} {mark}",
            text=row.body,
            html=row.body_html,
            message_id=addresses.new_letter_id(mailbox.address, inquiry.pk),
            in_reply_to=earlier[-1].letter_id if earlier else "",
            references=tuple(one.letter_id for one in earlier),
            date=now(),
            language=language,
            instance=instance(),
            signature=signature(row.agent, mailbox, language),
            quote=_quote(row, language),
            foot=Foot(
                _("Please answer this letter itself: your answer then finds request #{number}.").format(
                    number=inquiry.ticket_id
                )
            ),
            files=tuple(_files(row)),
        )


def _quote(row: InquiryLetter, language: str) -> Quote | None:
    """The messages chosen, each with its line; what was removed for good is not quoted."""
    chosen = Message.objects.filter(
        pk__in=row.quoted, ticket=row.inquiry.ticket_id, redacted_at=None
    ).select_related("customer", "agent")
    parts = []
    for message in chosen.order_by("created_at", "pk"):
        person = message.customer if message.kind == Message.Kind.INCOMING else None
        name = (
            person.shown_name
            if person
            else message.agent.shown_name
            if message.agent
            else company.get("name")
        )
        line = _("On {moment}, {name} wrote:").format(moment=moment_in_words(message, language), name=name)
        parts.append((line, message.body))
    if not parts:
        return None
    first, *others = parts
    text = "\n\n".join([first[1], *(f"{line}\n\n{body}" for line, body in others)])
    return Quote(first[0], text)


def _files(row: InquiryLetter) -> list[File]:
    found = []
    chosen = InquiryFile.objects.filter(letter=row, file__redacted_at=None).select_related("file")
    for one in chosen:
        with files.read(one.file) as opened:
            content_id = one.content_id if one.is_inline else ""
            found.append(File(one.name, one.file.media_type, opened.read(), content_id=content_id))
    return found
