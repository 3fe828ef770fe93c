"""The ledger of what is long closed: the letters that opened it and answered on it, and what left, written in bulk."""

import hashlib
from email.utils import format_datetime

from tugon.delivery.models import Delivery
from tugon.events.actors import ActorKind
from tugon.events.models import Event
from tugon.intake.models import Payload, Received
from tugon.intake.operations import fingerprint
from tugon.tickets.models import Message, MessageKey

from .letters import Sheet, written
from .scenes import Scene


def old_mail(scenes: list[Scene]) -> None:
    """One line of the ledger with its bytes for each letter of a customer, and one fact for each letter that left."""
    by_ticket = {
        scene.ticket.pk: scene for scene in scenes if scene.story.is_old and scene.ticket and scene.is_mail
    }
    incoming = Message.objects.filter(
        ticket__in=by_ticket, kind=Message.Kind.INCOMING, received=None, moved_from=None
    )
    rows = []
    for message in incoming.select_related("ticket"):
        scene = by_ticket[message.ticket_id]
        rows.append((_received(scene, message), *_bytes(scene, message)))
    for row, raw, _key in rows:
        row.sha256, row.size, row.fingerprint = hashlib.sha256(raw).hexdigest(), len(raw), fingerprint(raw)
    Received.objects.bulk_create([row for row, _raw, _key in rows])
    Payload.objects.bulk_create(Payload(received=row, content=raw) for row, raw, _key in rows)
    MessageKey.objects.bulk_create(
        MessageKey(value=key, message=row.message, ticket=row.message.ticket)
        for row, _raw, key in rows
        if row.message is not None
    )
    _left()


def _received(scene: Scene, message: Message) -> Received:
    return Received(
        channel=scene.house.channels[scene.story.thread.via],
        via="sandbox",
        sender=scene.address,
        subject=message.ticket.subject[:300],
        state=Received.State.TICKETED,
        ticket_id=message.ticket_id,
        message=message,
        received_at=message.created_at,
        settled_at=message.created_at,
        attempts=1,
    )


def _bytes(scene: Scene, message: Message) -> tuple[bytes, str]:
    number = f"{scene.story.number}.{int(message.created_at.timestamp())}"
    sheet = Sheet(
        sender=(scene.customer.name, scene.address),
        to=scene.house.channels[scene.story.thread.via].mailbox.address,
        subject=message.ticket.subject,
        text=message.body,
        date=format_datetime(message.created_at),
        number=number,
    )
    return written(sheet), f"<{number}@{scene.address.rpartition('@')[2]}>"


def _left() -> None:
    rows = Delivery.objects.filter(letter=None, state=Delivery.State.SENT, message__isnull=False)
    Event.objects.bulk_create(
        Event(
            name="MessageSent", subject_kind="ticket", subject_id=row.ticket_id or 0, actor_kind=ActorKind.SYSTEM,
            data={"ticket_id": row.ticket_id, "message_id": row.message_id}, at=row.sent_at or row.queued_at,
        )
        for row in rows
    )  # fmt: skip
