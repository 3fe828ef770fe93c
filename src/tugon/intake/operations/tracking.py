"""What providers tell of letters of ours: kept on the ledger like a report by mail, then told as a fact."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.channels.models import Mailbox
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.tickets.models import MessageKey

from ..events import BounceReceived, DeliveryConfirmed
from ..models import Received
from ..providers import Tracked, as_payload
from .storing import keep


def recipient_mac(address: str) -> str:
    """An address as facts may hold it: comparable, not readable."""
    return secrets.sign("recipient", address.strip().lower())


@transaction.atomic
def keep_tracked(mailbox: Mailbox, tracked: Tracked) -> Received | None:
    """Keep one report of a provider and tell it. None for a delivery: that is a fact and no line of the ledger.

    The same report again changes nothing. A report about a letter we do not know is ignored on the ledger.
    """
    key = _message_key(tracked.letter_id)
    if tracked.kind == "delivered":
        if key is not None:
            record(
                DeliveryConfirmed(message_id=key.message_id, recipient_mac=recipient_mac(tracked.recipient)),
                by=SYSTEM,
            )
        return None
    content = as_payload(tracked)
    row = keep(_row(mailbox, tracked, content, key), content, wakes=False, with_bytes=False)
    if row.settled_at is not None:
        return row
    row.settled_at = now()
    row.save(update_fields=["settled_at"])
    fact = BounceReceived(
        received_id=row.pk,
        kind=tracked.kind,
        permanent=tracked.is_permanent,
        message_id=key.message_id if key else None,
        ticket_id=key.ticket_id if key else None,
    )
    record(fact, by=SYSTEM)
    return row


def _row(mailbox: Mailbox, tracked: Tracked, content: bytes, key: MessageKey | None) -> Received:
    report = {
        "address": tracked.recipient,
        "status": "",
        "diagnostic": tracked.words,
        "action": "delayed" if tracked.kind == "delay" else "failed",
        "permanent": tracked.is_permanent,
    }
    reason = (
        _("A report about our letter: {kind}.").format(kind=tracked.kind)
        if key
        else _("A report about a letter that Tugon did not send.")
    )
    return Received(
        channel_id=mailbox.channel_id,
        via="webhook",
        place=tracked.place,
        fingerprint=hashlib.sha256(b"tracked\x00" + content).hexdigest(),
        sender=mailbox.provider[:320],
        state=Received.State.TICKETED if key else Received.State.IGNORED,
        reason=reason,
        envelope={"report": [report]},
        ticket_id=key.ticket_id if key else None,
        message_id=key.message_id if key else None,
    )


def _message_key(letter_id: str) -> MessageKey | None:
    bare = letter_id.strip("<> ")
    return MessageKey.objects.filter(value__in=[bare, f"<{bare}>"]).first() if bare else None
