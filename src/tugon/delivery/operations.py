"""The writers of deliveries: queue a message, send again, and keep what servers report later."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.channels.models import Mailbox
from tugon.customers.models import ContactPoint
from tugon.database.inserting import insert, run
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.remember import remembered
from tugon.tickets import policies
from tugon.tickets.models import Message, Ticket

from .errors import CannotSendAgain
from .events import ComplaintReceived, DeliveryBounced, DeliveryReleased
from .models import Delivery, Outgoing
from .recipients import Recipient, recipients_of

HOLD = timedelta(days=60)
"""How long automatic mail to an address is held back after it bounced for good."""
LETTERS_KEPT = timedelta(days=30)
"""How long the bytes of settled letters are kept; the message itself stays on the ticket."""
_UNDELIVERABLE = """
SELECT undeliverable_reason FROM customers_contactpoint
WHERE kind = 'email' AND value = %s::text AND undeliverable_at > %s::timestamptz LIMIT 1
"""
State = Delivery.State


@transaction.atomic
def queue(message: Message, *, is_new: bool = False) -> list[Delivery]:
    """Plan the delivery of an outgoing message: one row per recipient, due when the message is released.

    A message nobody can be written to (a request from the portal without an address) has none: it is read there.
    A repeat does nothing. is_new: the message was written just now, so this is none.
    """
    existing = [] if is_new else list(message.deliveries.all())
    if existing:
        return existing
    mailbox = mailbox_of(message.ticket)
    rows = [_row(message, mailbox, recipient) for recipient in recipients_of(message)]
    for row in rows:
        insert(row)
    return rows


def mailbox_of(ticket: Ticket) -> Mailbox | None:
    """The mailbox that answers this ticket: its channel's own where that can send, else the company's default."""
    return _answering(ticket.channel_id)


@remembered
def _answering(channel_id: int | None) -> Mailbox | None:
    own = Mailbox.objects.sending().filter(channel_id=channel_id).first() if channel_id else None
    return own or Mailbox.objects.default()


@transaction.atomic
def send_again(delivery: Delivery, *, by: Actor) -> Delivery:
    """Send what is held back, failed or bounced, on a person's word. Raises CannotSendAgain, NotAllowed."""
    row = Delivery.objects.select_for_update(of=("self",)).select_related("ticket").get(pk=delivery.pk)
    if row.ticket is not None:
        policies.require(by, "reply", row.ticket)
    if row.state not in (State.HELD, State.FAILED, State.BOUNCED, State.DEFERRED) or _is_forgotten(row):
        raise CannotSendAgain(state=State(row.state).label)
    if row.mailbox_id is None and row.ticket is not None:
        row.mailbox = mailbox_of(row.ticket)
    row.state, row.reason, row.status_code, row.attempts = State.QUEUED, "", "", 0
    row.next_attempt_at, row.settled_at = now(), None
    row.save()
    if row.ticket_id and row.message_id:
        fact = DeliveryReleased(ticket_id=row.ticket_id, message_id=row.message_id, delivery_id=row.pk)
        record(fact, by=by)
    return row


@transaction.atomic
def bounced(message: Message, *, address: str, permanent: bool, code: str = "", words: str = "") -> None:
    """A report says that the letter did not reach this address. Temporary trouble is only noted: its server tries on.

    address: "" where the report names none; then every recipient is meant. A repeat does nothing.
    """
    for row in _rows_for(message, address):
        if row.state == State.BOUNCED:
            continue
        row.reason, row.status_code = words[:500], code[:12]
        if not permanent:
            row.save(update_fields=["reason", "status_code"])
            continue
        row.state, row.settled_at = State.BOUNCED, now()
        row.save(update_fields=["reason", "status_code", "state", "settled_at"])
        mark_undeliverable(row.recipient, words or code)
        fact = DeliveryBounced(
            ticket_id=message.ticket_id, message_id=message.pk, delivery_id=row.pk, permanent=permanent
        )
        record(fact, by=SYSTEM)


@transaction.atomic
def complained(message: Message, *, address: str) -> None:
    """The recipient called the letter spam: automatic mail to that address stops. A repeat does nothing."""
    for row in _rows_for(message, address):
        words = _("The recipient marked the letter as spam")
        if row.reason == words:
            continue
        row.reason = words
        row.save(update_fields=["reason"])
        mark_undeliverable(row.recipient, words)
        record(
            ComplaintReceived(ticket_id=message.ticket_id, message_id=message.pk, delivery_id=row.pk),
            by=SYSTEM,
        )


@transaction.atomic
def confirmed(message: Message, *, addresses: Iterable[str]) -> None:
    """A provider says that the letter arrived. Ends "deferred"; a bounce that came later stands."""
    wanted = {address.lower() for address in addresses}
    for row in message.deliveries.select_for_update():
        if row.recipient.lower() in wanted and row.state in (State.SENT, State.DEFERRED, State.SENDING):
            row.state, row.settled_at, row.next_attempt_at = State.SENT, now(), None
            row.reason = _("Arrived at the recipient's server")
            row.save(update_fields=["state", "settled_at", "next_attempt_at", "reason"])


def mark_undeliverable(address: str, reason: str) -> int:
    """Hold back automatic mail to this address from now on; a person may still write there. Returns how many rows."""
    points = ContactPoint.objects.filter(kind="email", value=address.strip().lower(), undeliverable_at=None)
    return points.update(undeliverable_at=now(), undeliverable_reason=reason[:300])


def forget_letter(message_id: int) -> None:
    """Drop the bytes of a message's letter, because its words or a file were redacted."""
    Outgoing.objects.filter(message_id=message_id).update(raw=b"")


@transaction.atomic
def forget_letters() -> int:
    """Drop the bytes of letters long settled. Returns how many."""
    old = Outgoing.objects.filter(created_at__lt=now() - LETTERS_KEPT).exclude(raw=b"")
    settled = old.exclude(
        deliveries__state__in=[State.QUEUED, State.SENDING, State.DEFERRED, State.HELD, State.FAILED]
    )
    return Outgoing.objects.filter(pk__in=settled.values("pk")).update(raw=b"")


def _row(message: Message, mailbox: Mailbox | None, recipient: Recipient) -> Delivery:
    held = _why_held(message, mailbox, recipient)
    moment = now()
    return Delivery(
        message=message,
        ticket_id=message.ticket_id,
        mailbox=mailbox,
        purpose=message.automatic or "reply",
        recipient=recipient.address[:320],
        recipient_name=recipient.person.name[:160],
        role=recipient.role,
        state=State.HELD if held else State.QUEUED,
        reason=held[:500],
        queued_at=moment,
        next_attempt_at=None if held else (message.release_at or moment),
    )


def _why_held(message: Message, mailbox: Mailbox | None, recipient: Recipient) -> str:
    if mailbox is None:
        return _("No mailbox is set up to send. Connect one, then send this letter again.")
    if not message.automatic:
        return ""
    found = run(_UNDELIVERABLE, [recipient.address.lower(), now() - HOLD])
    if not found:
        return ""
    return _(
        "Mail to this address came back: {reason}. Automatic mail is held back; a person may send it."
    ).format(reason=found[0][0] or _("no reason given"))


def _rows_for(message: Message, address: str) -> list[Delivery]:
    rows = list(message.deliveries.select_for_update())
    wanted = address.strip().lower()
    exact = [row for row in rows if row.recipient.lower() == wanted]
    if exact:
        return exact
    # A report may name the address the letter was forwarded to; with one recipient there is no doubt.
    return rows if not wanted or len(rows) == 1 else []


def _is_forgotten(row: Delivery) -> bool:
    return row.letter is not None and not bytes(row.letter.raw)
