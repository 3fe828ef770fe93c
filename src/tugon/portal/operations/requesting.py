"""What customers do on their own requests. The actor is the customer; what may not be done is refused with words."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from tugon.channels.models import Channel
from tugon.events.actors import Actor
from tugon.files.models import Upload
from tugon.intake import participants
from tugon.lib.clock import now
from tugon.lib.language import detect
from tugon.tickets import operations as tickets
from tugon.tickets import policies
from tugon.tickets.errors import TicketIsMerged
from tugon.tickets.models import Message, Status, Ticket
from tugon.tickets.operations.deciding import close, confirm_solution, reject_solution
from tugon.tickets.operations.opening import NewFile, NewMessage

from ..conversation import readable
from ..errors import EmptyReply, NotTaken, RequestClosed, TooManyMessages

PER_HOUR = 40
"""Messages a request takes from its customer in an hour: more than anybody types."""


@transaction.atomic
def reply(
    ticket: Ticket, *, words: str, uploads: Sequence[Upload] = (), once: str = "", by: Actor
) -> Message:
    """Add the customer's words and files. Opens a request that waited or was solved.

    once: made by the page; the same one again returns the message it made. Raises RequestClosed, TicketIsMerged,
    EmptyReply,
    TooManyMessages, NotTaken (of somebody who was blocked).
    """
    ticket = _open_to(ticket, by)
    if ticket.customer.blocked_at:
        raise NotTaken
    key = f"<portal.{once[:60]}@{ticket.pk}>" if once else ""
    known = Message.objects.filter(ticket=ticket, keys__value=key).first() if key else None
    if known is not None:
        return known
    if (
        readable(ticket)
        .filter(kind=Message.Kind.INCOMING, created_at__gte=now() - timedelta(hours=1))
        .count()
        >= PER_HOUR
    ):
        raise TooManyMessages
    words = words.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words and not uploads:
        raise EmptyReply
    message = tickets.add_incoming(
        ticket,
        NewMessage(
            body=words,
            language=detect(words).language or "",
            envelope={"via": "portal", "subject": ticket.subject},
            keys=(key,) if key else (),
            files=[NewFile(upload.file, upload.name) for upload in uploads],
        ),
        by=by,
        customer=ticket.customer,
        channel=_form_channel(ticket),
    )
    forget(uploads)
    return message


@transaction.atomic
def answer_solution(
    ticket: Ticket,
    *,
    is_solved: bool,
    words: str = "",
    uploads: Sequence[Upload] = (),
    once: str = "",
    by: Actor,
) -> Ticket:
    """The customer says whether it is solved. No opens the request again, with what they add.

    A yes to a request that is closed already changes nothing. Raises RequestClosed (for a no), TicketIsMerged.
    """
    if is_solved:
        locked = Ticket.objects.locked(ticket.pk)
        policies.require(by, "view", locked)
        return locked if locked.status == Status.CLOSED else confirm_solution(locked, by=by)
    locked = reject_solution(_open_to(ticket, by), by=by)
    if words.strip() or uploads:
        reply(locked, words=words, uploads=uploads, once=once, by=by)
    return locked


@transaction.atomic
def close_request(ticket: Ticket, *, is_solved: bool, by: Actor) -> Ticket:
    """The customer needs nothing more: it is solved, or no longer wanted. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "close", ticket)
    if ticket.status == Status.CLOSED:
        return ticket
    return confirm_solution(ticket, by=by) if is_solved else close(ticket, by=by)


def link_to_earlier(ticket: Ticket, earlier: Ticket) -> None:
    """Say that a new request goes on from one that is closed. A repeat does nothing."""
    if ticket.pk != earlier.pk:
        participants.link(ticket, earlier.pk)


def forget(uploads: Sequence[Upload]) -> None:
    """What hangs on a message waits no longer. The files stay; only the rows that held them go."""
    if uploads:
        Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()


def _open_to(ticket: Ticket, by: Actor) -> Ticket:
    """The ticket, locked, if the customer may still write on it."""
    locked = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", locked)
    if locked.merged_into_id:
        raise TicketIsMerged(number=locked.merged_into_id)
    if locked.status == Status.CLOSED:
        raise RequestClosed
    return locked


def _form_channel(ticket: Ticket) -> Channel | None:
    """The form the words came by: the ticket's own, else the first there is."""
    if ticket.channel and ticket.channel.kind == Channel.Kind.FORM:
        return ticket.channel
    return Channel.objects.filter(kind=Channel.Kind.FORM).order_by("pk").first()
