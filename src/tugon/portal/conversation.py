"""A request as its customer reads it: what both sides said, without notes, machines and strangers."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from tugon.company import settings as company
from tugon.tickets.display import shown_html
from tugon.tickets.models import Attachment, Message, Participant, Ticket
from tugon.tickets.querysets import MessageQuerySet

from .plain import plain

HOLDER = "enclosure"
"""The kind of holder by which customers read files: /files/enclosure/<id>/<name>."""

_REPEATED = ("acknowledgement", "solved")
"""Automatic letters that say what the page shows anyway."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message as it is shown. html is empty for plain text. is_own: the customer's, not of somebody in copy."""

    message: Message
    who: str
    is_theirs: bool
    is_own: bool
    html: SafeString
    pictures: tuple[Attachment, ...]
    files: tuple[Attachment, ...]


def readable(ticket: Ticket) -> MessageQuerySet:
    """The messages a customer may read: no notes, nothing that can still be taken back, nobody who was not let in."""
    waiting = Participant.objects.filter(
        ticket=ticket, standing=Participant.Standing.PENDING, customer__isnull=False
    )
    of_strangers = Q(envelope__from_stranger=True, customer__in=waiting.values("customer"))
    return ticket.messages.for_customer().exclude(pk__in=ticket.messages.filter(of_strangers).values("pk"))


def entries(ticket: Ticket) -> list[Entry]:
    """The conversation, oldest first. Three queries whatever its length."""
    machines = Q(kind=Message.Kind.INCOMING) | Q(automatic__in=_REPEATED)
    rows = readable(ticket).exclude(~Q(automatic="") & machines).for_timeline()
    return [_entry(row, ticket) for row in rows]


def _entry(message: Message, ticket: Ticket) -> Entry:
    is_theirs = message.kind == Message.Kind.INCOMING
    whole = [item for item in message.attachments.all() if item.redacted_at is None]
    html = "" if message.redacted_at else plain(shown_html(message, holder=HOLDER))
    files = [
        item for item in whole if not (item.is_inline and item.content_id and f"/{HOLDER}/{item.pk}/" in html)
    ]
    return Entry(
        message=message,
        who=_who(message, ticket),
        is_theirs=is_theirs,
        is_own=is_theirs and message.customer_id in (ticket.customer_id, None),
        html=mark_safe(html),  # noqa: S308 - sanitised when it was stored
        pictures=tuple(item for item in files if item.file.is_image),
        files=tuple(item for item in files if not item.file.is_image),
    )


def _who(message: Message, ticket: Ticket) -> str:
    if message.kind == Message.Kind.INCOMING:
        person = ticket.customer if message.customer_id == ticket.customer_id else message.customer
        return (person.name or person.username if person else "") or pgettext("a customer", "You")
    return message.agent.shown_name if message.agent else company.get("name")
