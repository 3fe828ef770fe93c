"""Claim, send, settle. A delivery is claimed and committed before its letter leaves, so no two workers send it.

Between the server's "250" and our commit lies the one moment at which a death can send twice: the claim then lapses
after `LEASE`, and the letter goes again with the same bytes and Message-ID, by which its reader knows the copy.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.channels.email.errors import MailboxTrouble
from tugon.channels.email.sending import DEFERRED, FAILED, SENT, Outcome, Senders
from tugon.channels.models import Mailbox
from tugon.channels.operations import mailbox_failed, mailbox_works
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import MessageKey

from .events import DeliveryFailed, MessageSent, SystemMailFailed
from .models import Delivery, Outgoing
from .purposes import OUTSIDE
from .retrying import wait_after
from .writing import write_letter

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a sender may take before it counts as dead; longer than any time-out of SMTP here."""
BATCH = 100
State = Delivery.State


@dataclass(frozen=True, slots=True)
class Claim:
    """One letter and those of its recipients whom this worker sends it to now."""

    letter: Outgoing
    deliveries: list[Delivery]
    mailbox: Mailbox


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due, a letter at a time, over one connection per mailbox; returns the number of letters tried.

    Any number of workers may do this at once.
    """
    tried = 0
    with Senders() as senders:
        while tried < limit and (claim := claim_next()) is not None:
            settle(claim, _send(senders, claim))
            tried += 1
    return tried


def claim_next() -> Claim | None:
    """Take the next letter that is due, write it if it is not written yet, and commit. None when nothing is due."""
    while (
        delivery := Delivery.objects.due(now()).values("pk", "message_id", "letter_id").first()
    ) is not None:
        try:
            with transaction.atomic():
                taken, claim = _claim(delivery["pk"])
            if claim is not None:
                return claim
            if not taken:
                return None
        except Exception as error:
            logger.exception("The letter of delivery %s could not be written", delivery["pk"])
            _postpone(delivery["pk"], error)
    return None


def _claim(pk: int) -> tuple[bool, Claim | None]:
    """(whether something was taken or set aside, the claim). Rows another worker holds are passed over."""
    moment = now()
    due = Delivery.objects.due(moment).select_for_update(skip_locked=True, of=("self",))
    first = due.filter(pk=pk).first() or due.first()
    if first is None:
        return False, None
    same = {"message_id": first.message_id} if first.message_id else {"letter_id": first.letter_id}
    rows = list(due.filter(mailbox=first.mailbox, **same))
    mailbox = first.mailbox
    if mailbox is None or mailbox.outgoing == Mailbox.Outgoing.NONE:
        _hold(rows, _("The mailbox it was to leave by can no longer send. Choose another and send it again."))
        return True, None
    letter = first.letter or _letter(first, mailbox)
    if not bytes(letter.raw):
        _hold(rows, _("The text of this letter was removed before it could leave."))
        return True, None
    for row in rows:
        row.letter, row.state, row.attempts = letter, State.SENDING, row.attempts + 1
        row.next_attempt_at = moment + LEASE
        row.save(update_fields=["letter", "state", "attempts", "next_attempt_at"])
    return True, Claim(letter, rows, mailbox)


def _letter(first: Delivery, mailbox: Mailbox) -> Outgoing:
    message = first.message
    if message is None:
        raise RuntimeError(f"Delivery {first.pk} has neither a message nor a letter")
    existing = Outgoing.objects.filter(message=message).first()
    return existing or write_letter(message, mailbox, list(message.deliveries.for_message()))


def _send(senders: Senders, claim: Claim) -> Mapping[str, Outcome]:
    addresses = [row.recipient for row in claim.deliveries]
    sender = claim.letter.return_address or claim.mailbox.address
    try:
        outcomes = senders.of(claim.mailbox).send(
            bytes(claim.letter.raw), sender=sender, recipients=addresses
        )
    except MailboxTrouble as trouble:
        mailbox_failed(claim.mailbox, way="out", code=trouble.code, words=trouble.message)
        return dict.fromkeys(addresses, Outcome(DEFERRED, "", trouble.message))
    except Exception as error:
        logger.exception("Sending letter %s stopped", claim.letter.pk)
        return dict.fromkeys(addresses, Outcome(DEFERRED, "", f"{type(error).__name__}: {error}"))
    if any(outcome.state == SENT for outcome in outcomes.values()):
        mailbox_works(claim.mailbox, way="out")
    return outcomes


@transaction.atomic
def settle(claim: Claim, outcomes: Mapping[str, Outcome]) -> None:
    """Write what became of each recipient. Rows that changed meanwhile (a bounce came first) are left as they are."""
    rows = Delivery.objects.select_for_update(of=("self",)).filter(
        pk__in=[row.pk for row in claim.deliveries], state=State.SENDING
    )
    is_sent = False
    for row in rows:
        outcome = outcomes.get(
            row.recipient, Outcome(DEFERRED, "", "The server said nothing about this recipient")
        )
        row.reason, row.status_code = outcome.words[:500], outcome.code[:12]
        if outcome.state == SENT:
            row.state, row.sent_at, row.settled_at, row.next_attempt_at = State.SENT, now(), now(), None
            is_sent = True
        else:
            _defer_or_fail(row, is_final=outcome.state == FAILED)
        row.save()
    _keep_remote_id(claim.letter, outcomes)
    if is_sent:
        _sent(claim)


def _defer_or_fail(row: Delivery, *, is_final: bool) -> None:
    wait = None if is_final else wait_after(row.attempts)
    if wait is not None:
        row.state, row.next_attempt_at = State.DEFERRED, now() + wait
        return
    row.state, row.settled_at, row.next_attempt_at = State.FAILED, now(), None
    row.reason = row.reason or _("It could not be delivered in two days of trying.")
    if row.ticket_id and row.message_id:
        fact: object = DeliveryFailed(ticket_id=row.ticket_id, message_id=row.message_id, delivery_id=row.pk)
    else:
        fact = SystemMailFailed(delivery_id=row.pk, purpose=row.purpose)
    row.save()
    record(fact, by=SYSTEM)


def _sent(claim: Claim) -> None:
    letter = claim.letter
    if letter.message_id and letter.message is not None:
        record(MessageSent(ticket_id=letter.message.ticket_id, message_id=letter.message_id), by=SYSTEM)
        return
    is_outside = any(row.purpose == OUTSIDE for row in claim.deliveries)
    if claim.mailbox.outgoing != Mailbox.Outgoing.SANDBOX and not is_outside:
        # Links that sign somebody in must not stay readable to others.
        Outgoing.objects.filter(pk=letter.pk).update(raw=b"")


def _keep_remote_id(letter: Outgoing, outcomes: Mapping[str, Outcome]) -> None:
    """A provider's own id: reports name it, and where it is a Message-ID, answers may."""
    remote = next((outcome.remote_id for outcome in outcomes.values() if outcome.remote_id), "")
    if not remote or letter.remote_id:
        return
    Outgoing.objects.filter(pk=letter.pk).update(remote_id=remote[:255])
    if letter.message is not None and "@" in remote and remote.strip("<>") != letter.letter_id.strip("<>"):
        MessageKey.objects.get_or_create(
            message=letter.message,
            value=f"<{remote.strip('<>')}>"[:500],
            defaults={"ticket_id": letter.message.ticket_id},
        )


def _hold(rows: list[Delivery], words: str) -> None:
    for row in rows:
        row.state, row.reason, row.next_attempt_at, row.settled_at = State.HELD, words[:500], None, now()
        row.save(update_fields=["state", "reason", "next_attempt_at", "settled_at"])


@transaction.atomic
def _postpone(pk: int, error: Exception) -> None:
    """A letter that cannot be written (a file is missing) waits like one the server deferred, and fails as loudly."""
    row = Delivery.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.is_settled:
        return
    rows = (
        Delivery.objects.select_for_update(of=("self",)).filter(message_id=row.message_id)
        if row.message_id
        else [row]
    )
    for one in rows:
        if not one.is_settled:
            one.attempts += 1
            one.reason = _("The letter could not be written: {error}").format(error=error)[:500]
            _defer_or_fail(one, is_final=False)
            one.save()
