"""What delivery does on facts from below: plan letters, keep reports, tell an agent of what failed."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tugon.channels.events import MailboxFailed
from tugon.company import settings as company
from tugon.events.actors import SYSTEM
from tugon.intake.events import BounceReceived, DeliveryConfirmed
from tugon.intake.models import Received
from tugon.intake.operations import recipient_mac
from tugon.lib.clock import now
from tugon.tickets.events import AgentReplied, AttachmentRedacted, AutomaticReplySent, MessageRedacted
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.operations import add_note, set_status
from tugon.tickets.operations.opening import NewMessage

from . import operations, tasks
from .events import DeliveryBounced, DeliveryFailed
from .models import Delivery


def plan(fact: AgentReplied | AutomaticReplySent, event: Any) -> None:
    """One delivery per recipient, due when the message is released."""
    message = event.at_hand.get("message")
    if message is None:
        message = Message.objects.select_related("ticket__customer", "agent").get(pk=fact.message_id)
    operations.queue(message, is_new="message" in event.at_hand)


def enqueue(fact: AgentReplied | AutomaticReplySent, event: Any) -> None:
    """A job that sends at the moment of release; a reply withdrawn before has no rows any more."""
    tasks.send_at(getattr(fact, "release_at", None))


def enqueue_report(fact: BounceReceived, event: Any) -> None:
    """A job that reads the report when the ledger's row has it whole."""
    if fact.message_id:
        tasks.keep_report.defer(event_id=event.pk)


def keep_report(fact: BounceReceived) -> None:
    """Put a report about one of our letters on its deliveries. A repeat does nothing."""
    message = Message.objects.filter(pk=fact.message_id or 0).first()
    received = Received.objects.filter(pk=fact.received_id).first()
    if message is None or received is None:
        return
    report = received.envelope.get("report") or [{}]
    for one in report:
        address = str(one.get("address") or "")
        if fact.kind == "complaint":
            operations.complained(message, address=address)
            continue
        operations.bounced(
            message,
            address=address,
            permanent=bool(one.get("permanent", fact.permanent)) and fact.kind != "delay",
            code=str(one.get("status") or ""),
            words=str(one.get("diagnostic") or ""),
        )


def forget_redacted(fact: MessageRedacted | AttachmentRedacted, event: Any) -> None:
    """What was redacted is not kept in the letter either."""
    operations.forget_letter(fact.message_id)


def raise_alarm(fact: MailboxFailed, event: Any) -> None:
    """Administrators are told by mail if the mailbox still does not work a little later."""
    job = tasks.tell_administrators.configure(schedule_at=now() + tasks.ALARM_WAIT)
    job.defer(mailbox_id=fact.mailbox_id)


def keep_confirmation(fact: DeliveryConfirmed, event: Any) -> None:
    """A provider says that a letter arrived; the fact names the recipient only by a keyed hash."""
    message = Message.objects.get(pk=fact.message_id)
    recipients = message.deliveries.values_list("recipient", flat=True)
    operations.confirmed(
        message, addresses=[one for one in recipients if recipient_mac(one) == fact.recipient_mac]
    )


def tell_agent(fact: DeliveryFailed | DeliveryBounced, event: Any) -> None:
    """A letter that did not arrive is work: a note says what happened and what to do, and the ticket is open again."""
    delivery = Delivery.objects.select_related("ticket").get(pk=fact.delivery_id)
    ticket = delivery.ticket
    if ticket is None or delivery.purpose != "reply":
        return
    with translation.override(company.get("language")):
        add_note(ticket, NewMessage(body=_words(delivery)), by=SYSTEM)
    if Ticket.objects.get(pk=ticket.pk).status in (Status.WAITING, Status.SOLVED, Status.HOLD):
        set_status(ticket, to=Status.OPEN, by=SYSTEM)


def _words(delivery: Delivery) -> str:
    reason = " ".join(part for part in (delivery.status_code, delivery.reason) if part)
    return _(
        "The reply did not reach {address}: {reason}. The customer has not read it. Check the address, ask for another "
        "way to reach the person, or send the letter again."
    ).format(address=delivery.recipient, reason=reason or _("the server gave no reason"))
