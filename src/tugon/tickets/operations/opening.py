from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Channel
from tugon.customers.models import Audience, Customer
from tugon.database.inserting import insert
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.files.models import StoredFile
from tugon.lib.clock import now

from ..events import TicketOpened
from ..models import Attachment, Kind, Message, MessageKey, Priority, State, Status, Ticket
from ..promising import first_promise
from ..tagging import tag_word


@dataclass(frozen=True, slots=True)
class NewFile:
    """A stored file to hang on a message."""

    file: StoredFile
    name: str
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a message says, before it is on a ticket. Field meanings as in `models.Message`."""

    body: str
    body_html: str = ""
    full_text: str = ""
    full_html: str = ""
    language: str = ""
    automatic: str = ""
    envelope: dict[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None
    keys: Sequence[str] = ()
    files: Sequence[NewFile] = ()


@transaction.atomic
def open_ticket(
    *,
    customer: Customer,
    subject: str,
    message: NewMessage | None,
    by: Actor,
    channel: Channel | None = None,
    team: Team | None = None,
    assignee: Agent | None = None,
    audience: Audience | None = None,
    kind: str = Kind.QUESTION,
    priority: int = Priority.NORMAL,
    tags: Sequence[str] = (),
    side: str = "",
    fields: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
    at: datetime | None = None,
    is_silent: bool = False,
    is_spam: bool = False,
) -> Ticket:
    """Open a ticket with the customer's first message. An empty subject is taken from the message's first words.

    at: the moment it arrived, for imports; now if empty. is_silent: nobody is notified and nothing is acknowledged.
    """
    moment = at or now()
    ticket = Ticket(
        subject=_subject(subject, message),
        customer=customer,
        channel=channel,
        team=team or (channel.team if channel else None),
        assignee=assignee,
        audience=audience or customer.audience,
        status=Status.NEW,
        state=State.default_of(Status.NEW),
        kind=kind,
        priority=priority,
        tags=[tag for tag in dict.fromkeys(map(tag_word, tags)) if tag],
        side=side,
        language=(message.language if message else "") or customer.language,
        fields=fields or {},
        context=context or {},
        created_at=moment,
        updated_at=moment,
        last_customer_at=moment if message else None,
        message_count=1 if message else 0,
        snippet=snippet(message.body) if message else "",
        is_spam=is_spam,
    )
    if not is_silent:
        ticket.due_at, ticket.due_kind = first_promise(ticket)
    insert(ticket)
    row = None
    if message is not None:
        row = write(
            ticket, message, kind=Message.Kind.INCOMING, customer=customer, channel=channel, at=moment
        )
    record(
        TicketOpened(
            ticket_id=ticket.pk,
            customer_id=customer.pk,
            message_id=row.pk if row else None,
            channel_id=channel.pk if channel else None,
            is_silent=is_silent,
        ),
        by=by,
        ticket=ticket,
        message=row,
        files=message.files if message else (),
    )
    ticket.opened_with = row
    return ticket


def write(ticket: Ticket, message: NewMessage, *, kind: str, at: datetime, **columns: Any) -> Message:
    """Insert a message with its keys and files: the piece that opening, answering and noting share. No fact."""
    row = Message(
        ticket=ticket,
        kind=kind,
        body=message.body,
        body_html=message.body_html,
        full_text=message.full_text,
        full_html=message.full_html,
        language=message.language,
        automatic=message.automatic,
        envelope=message.envelope,
        sent_at=message.sent_at,
        created_at=at,
        **columns,
    )
    insert(row)
    # No two are alike, and the message is new: nothing can conflict.
    for value in dict.fromkeys(key[:500] for key in message.keys if key):
        insert(MessageKey(value=value, message=row, ticket=ticket))
    if message.files:
        Attachment.objects.bulk_create(
            Attachment(
                message=row,
                file=item.file,
                name=item.name[:255],
                content_id=item.content_id[:255],
                is_inline=item.is_inline,
            )
            for item in message.files
        )
    return row


def snippet(body: str) -> str:
    """The first words of a message on one line, at most 200 letters."""
    return " ".join(body[:600].split())[:200]


def _subject(subject: str, message: NewMessage | None) -> str:
    line = " ".join(subject.split())
    if not line and message:
        line = snippet(message.body)[:80]
    return (line or "—")[:500]
