from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import EmptyMessage, NewerMessage, TooLateToWithdraw
from ..events import AgentReplied, AutomaticReplySent, CustomerWrote, NoteAdded, ReplyWithdrawn
from ..models import Draft, Message, Status, Ticket
from .deciding import move_to, reopen_by_message
from .opening import NewMessage, snippet, write

UNDO_SECONDS = 10
"""How long a reply waits before it leaves, so that it can be taken back."""


@transaction.atomic
def add_incoming(
    ticket: Ticket,
    message: NewMessage,
    *,
    by: Actor,
    customer: Customer,
    channel: Channel | None = None,
    is_silent: bool = False,
) -> Message:
    """Add what a customer or participant wrote to an existing ticket.

    A person's words reopen a ticket that was waiting, on hold or solved; an automatic answer (out of office) changes
    nothing but the timeline.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    moment = now()
    row = write(ticket, message, kind=Message.Kind.INCOMING, customer=customer, channel=channel, at=moment)
    ticket.message_count += 1
    ticket.updated_at = moment
    changed = ["message_count", "updated_at"]
    if not message.automatic:
        ticket.last_customer_at = moment
        ticket.snippet = snippet(message.body)
        ticket.language = message.language or ticket.language
        changed += ["last_customer_at", "snippet", "language"]
    ticket.save(update_fields=changed)
    record(
        CustomerWrote(ticket_id=ticket.pk, message_id=row.pk, automatic=message.automatic, is_silent=is_silent), by=by
    )
    if not message.automatic:
        reopen_by_message(ticket, row, by=by)
    return row


@transaction.atomic
def reply(
    ticket: Ticket,
    message: NewMessage,
    *,
    by: Actor,
    then: str = "",
    seen_message_id: int | None = None,
    undo_seconds: int = UNDO_SECONDS,
) -> Message:
    """Answer the customer. The letter leaves after `undo_seconds`; until then `withdraw` takes it back.

    then: the status to move to afterwards ("waiting", "solved", "hold", "open"); empty leaves new tickets open and others
    as they are. seen_message_id: the newest incoming message the writer had seen. Raises EmptyMessage, NewerMessage.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "reply", ticket)
    _require_words(message)
    _require_seen(ticket, seen_message_id)
    moment = now()
    agent = by.subject if by.kind is ActorKind.AGENT else None
    row = write(
        ticket,
        replace(message, language=message.language or ticket.language),
        kind=Message.Kind.OUTGOING,
        agent=agent,
        channel=ticket.channel,
        at=moment,
        release_at=moment + timedelta(seconds=undo_seconds),
    )
    is_first = ticket.first_response_at is None
    ticket.first_response_at = ticket.first_response_at or moment
    ticket.last_agent_at = ticket.updated_at = moment
    ticket.message_count += 1
    ticket.snippet = snippet(message.body)
    changed = ["first_response_at", "last_agent_at", "updated_at", "message_count", "snippet"]
    if ticket.assignee_id is None and agent is not None and (ticket.team_id is None or ticket.team_id in agent.team_ids):
        ticket.assignee = agent
        changed.append("assignee")
    ticket.save(update_fields=changed)
    Draft.objects.filter(ticket=ticket, agent=agent, kind="reply").delete()
    record(
        AgentReplied(ticket_id=ticket.pk, message_id=row.pk, release_at=row.release_at, is_first=is_first), by=by
    )
    if then or ticket.status == Status.NEW:
        move_to(ticket, then or Status.OPEN, by=by)
    return row


@transaction.atomic
def withdraw(message: Message, *, by: Actor) -> Draft:
    """Take back a reply that has not left yet; its words become the draft again. Raises TooLateToWithdraw."""
    ticket = Ticket.objects.locked(message.ticket_id)
    policies.require(by, "reply", ticket)
    row = Message.objects.select_for_update().filter(pk=message.pk, kind=Message.Kind.OUTGOING).first()
    if row is None or row.release_at is None or row.release_at <= now():
        raise TooLateToWithdraw
    draft, _created = Draft.objects.update_or_create(
        ticket=ticket,
        agent=row.agent,
        kind="reply",
        defaults={"html": row.body_html or row.body, "recipients": row.envelope, "updated_at": now()},
    )
    fact = ReplyWithdrawn(ticket_id=ticket.pk, message_id=row.pk)
    row.delete()
    _recount(ticket)
    record(fact, by=by)
    return draft


@transaction.atomic
def send_automatic(ticket: Ticket, message: NewMessage, *, by: Actor) -> Message:
    """Tugon itself writes to the customer (`message.automatic` says why). Leaves at once; counts as nobody's answer."""
    ticket = Ticket.objects.locked(ticket.pk)
    moment = now()
    row = write(
        ticket, message, kind=Message.Kind.OUTGOING, agent=None, channel=ticket.channel, at=moment, release_at=moment
    )
    ticket.message_count += 1
    ticket.save(update_fields=["message_count"])
    record(AutomaticReplySent(ticket_id=ticket.pk, message_id=row.pk, purpose=message.automatic), by=by)
    return row


@transaction.atomic
def add_note(
    ticket: Ticket,
    message: NewMessage,
    *,
    by: Actor,
    mentions: Sequence[Agent] = (),
    mentioned_teams: Sequence[int] = (),
) -> Message:
    """Write an internal note. Mentioned agents follow the ticket from then on. Raises EmptyMessage."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "note", ticket)
    _require_words(message)
    agent = by.subject if by.kind is ActorKind.AGENT else None
    row = write(ticket, message, kind=Message.Kind.NOTE, agent=agent, at=now())
    ticket.updated_at = row.created_at
    ticket.message_count += 1
    ticket.save(update_fields=["updated_at", "message_count"])
    Draft.objects.filter(ticket=ticket, agent=agent, kind="note").delete()
    ticket.followers.add(*mentions)
    record(
        NoteAdded(
            ticket_id=ticket.pk,
            message_id=row.pk,
            mentioned_ids=tuple(one.pk for one in mentions),
            mentioned_team_ids=tuple(mentioned_teams),
        ),
        by=by,
    )
    return row


def _require_words(message: NewMessage) -> None:
    if not message.body.strip() and not message.files and "<img" not in message.body_html:
        raise EmptyMessage


def _require_seen(ticket: Ticket, seen_message_id: int | None) -> None:
    if seen_message_id is None:
        return
    newer = (
        Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, automatic="", pk__gt=seen_message_id)
        .select_related("customer")
        .order_by("-pk")
        .first()
    )
    if newer is not None:
        raise NewerMessage(name=newer.customer.shown_name if newer.customer else "")


def _recount(ticket: Ticket) -> None:
    last = Message.objects.filter(ticket=ticket).exclude(kind=Message.Kind.NOTE).order_by("-created_at", "-pk").first()
    answers = Message.objects.filter(ticket=ticket, kind=Message.Kind.OUTGOING, automatic="")
    first, newest = answers.order_by("created_at").first(), answers.order_by("-created_at").first()
    ticket.message_count = Message.objects.filter(ticket=ticket).count()
    ticket.snippet = snippet(last.body) if last else ""
    ticket.first_response_at = first.created_at if first else None
    ticket.last_agent_at = newest.created_at if newest else None
    ticket.save(update_fields=["message_count", "snippet", "first_response_at", "last_agent_at"])
