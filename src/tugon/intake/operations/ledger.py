"""What an administrator sees and decides on the ledger."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count as CountOf

from tugon.accounts.policies import require
from tugon.company import settings as company
from tugon.customers import operations as customers
from tugon.customers.models import ContactPoint
from tugon.events.actors import SYSTEM, Actor
from tugon.events.models import Event
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.events import AttachmentRedacted, MessageRedacted

from ..errors import AlreadySettled, PayloadGone
from ..events import MessageIgnored, MessageReleased, SenderRuleChanged
from ..models import Payload, Received, SenderRule
from .processing import RELEASED, process

PERMISSION = "admin.intake"


@dataclass(frozen=True, slots=True)
class Count:
    """One channel's line: received = ticketed + ignored + quarantined + waiting, always."""

    channel_id: int
    ticketed: int = 0
    ignored: int = 0
    quarantined: int = 0
    waiting: int = 0

    @property
    def received(self) -> int:
        return self.ticketed + self.ignored + self.quarantined + self.waiting


def counts(*, days: int | None = None) -> dict[int, Count]:
    """How many of each state, per channel id. days: only what came in that many days. One query."""
    rows = Received.objects.all()
    if days is not None:
        rows = rows.filter(received_at__gte=now() - timedelta(days=days))
    found: dict[int, dict[str, int]] = {}
    for channel_id, state, number in (
        rows.values_list("channel_id", "state").annotate(n=CountOf("id")).order_by()
    ):
        found.setdefault(channel_id, {})["waiting" if state == Received.State.STORED else state] = number
    return {channel_id: Count(channel_id, **numbers) for channel_id, numbers in found.items()}


def raw(received: Received) -> bytes:
    """The bytes as they came. Raises PayloadGone when they were removed (redaction, retention)."""
    payload = Payload.objects.filter(received=received).first()
    if payload is None:
        raise PayloadGone
    return bytes(payload.content)


def retry(received: Received, *, by: Actor) -> Received:
    """Read a message again that was quarantined or ignored, with all judgements. Raises NotAllowed, AlreadySettled,
    PayloadGone.
    """
    _reopen(received, by=by)
    return process(received)


def release(received: Received, *, by: Actor) -> Received:
    """Make it a ticket whatever was said against it. Raises NotAllowed, AlreadySettled, PayloadGone."""
    with transaction.atomic():
        _reopen(received, by=by, envelope={RELEASED: True})
        record(MessageReleased(received_id=received.pk, channel_id=received.channel_id), by=by)
    return process(received)


@transaction.atomic
def ignore(received: Received, *, reason: str, by: Actor) -> Received:
    """Set a quarantined or waiting message aside for good. reason: words. Raises NotAllowed, AlreadySettled."""
    require(by, PERMISSION)
    row = Received.objects.select_for_update().get(pk=received.pk)
    if row.state == Received.State.TICKETED:
        raise AlreadySettled(state=row.get_state_display())
    if row.state == Received.State.IGNORED:
        return row
    row.state, row.reason, row.settled_at = Received.State.IGNORED, (reason.strip() or "—")[:300], now()
    row.save(update_fields=["state", "reason", "settled_at"])
    record(MessageIgnored(received_id=row.pk, channel_id=row.channel_id), by=by)
    return row


@transaction.atomic
def set_sender_rule(pattern: str, *, verdict: str, by: Actor, note: str = "") -> SenderRule:
    """Always let through, keep aside or ignore an address, or with a leading @ a domain. Raises NotAllowed."""
    require(by, PERMISSION)
    rule, _created = SenderRule.objects.update_or_create(
        pattern=pattern.strip().lower()[:320], defaults={"verdict": verdict, "note": note[:200]}
    )
    record(SenderRuleChanged(senderrule_id=rule.pk, verdict=rule.verdict), by=by)
    return rule


@transaction.atomic
def block_sender(received: Received, *, by: Actor) -> SenderRule:
    """Keep aside whatever this sender sends from now on; the customer behind the address, if any, is blocked too."""
    rule = set_sender_rule(received.sender, verdict=SenderRule.Verdict.QUARANTINE, by=by)
    point = ContactPoint.objects.of_address(received.sender).verified().select_related("customer").first()
    if point is not None:
        customers.block(point.customer, by=SYSTEM)
    return rule


def forget_redacted(fact: MessageRedacted | AttachmentRedacted, event: Event) -> None:
    """Remove the raw bytes of a message that was redacted, in whole or in part: they hold what had to go."""
    Payload.objects.filter(received__message_id=fact.message_id).delete()


def forget_old_payloads() -> int:
    """Remove the raw bytes of settled messages older than the company keeps them. Returns how many."""
    days = company.get("raw_retention_days")
    if not days:
        return 0
    settled = [Received.State.TICKETED, Received.State.IGNORED]
    old = Payload.objects.filter(
        received__state__in=settled, received__received_at__lt=now() - timedelta(days=days)
    )
    number, _kinds = old.delete()
    return number


def _reopen(received: Received, *, by: Actor, envelope: dict[str, Any] | None = None) -> None:
    require(by, PERMISSION)
    with transaction.atomic():
        row = Received.objects.select_for_update().get(pk=received.pk)
        if row.state == Received.State.TICKETED:
            raise AlreadySettled(state=row.get_state_display())
        if not Payload.objects.filter(received=row).exists():
            raise PayloadGone
        row.state, row.reason, row.settled_at, row.attempts = Received.State.STORED, "", None, 0
        row.envelope = {**row.envelope, **(envelope or {})}
        row.save(update_fields=["state", "reason", "settled_at", "attempts", "envelope"])
