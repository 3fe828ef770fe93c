from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.channels.models import Channel
from tugon.company import settings as company
from tugon.customers.models import Customer
from tugon.database.inserting import run
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import EmptyMessage, FieldValueInvalid, NewerMessage, TooLateToWithdraw
from ..events import AgentReplied, AutomaticReplySent, CustomerWrote, NoteAdded, ReplyWithdrawn
from ..models import Draft, Message, State, Status, Ticket
from . import drafts
from .assigning import give
from .deciding import move_to, reopen_by_message
from .opening import NewMessage, snippet, write
from .recounting import recount

THEN = ("", Status.OPEN, Status.WAITING, Status.HOLD, Status.SOLVED, Status.CLOSED)
"""Where a ticket may go with a reply; empty: where it belongs by itself."""


@transaction.atomic
def add_incoming(
    ticket: Ticket,
    message: NewMessage,
    *,
    by: Actor,
    customer: Customer,
    channel: Channel | None = None,
    at: datetime | None = None,
    is_silent: bool = False,
) -> Message:
    """Add what a customer or participant wrote to an existing ticket, or to the one it was merged into.

    Who may join is decided by intake and portal: nothing that arrived is ever refused here. A person's words reopen a
    ticket that was waiting, on hold or solved; an automatic answer (out of office) changes nothing but the timeline.
    at: the moment it arrived, for imports; now if empty.
    """
    ticket = _standing(ticket.pk)
    moment = at or now()
    row = write(ticket, message, kind=Message.Kind.INCOMING, customer=customer, channel=channel, at=moment)
    ticket.message_count += 1
    ticket.updated_at = max(ticket.updated_at, moment)
    changed = ["message_count", "updated_at"]
    if not message.automatic:
        ticket.last_customer_at = max(ticket.last_customer_at or moment, moment)
        ticket.snippet = snippet(message.body)
        ticket.language = message.language or ticket.language
        changed += ["last_customer_at", "snippet", "language"]
    ticket.save(update_fields=changed)
    record(
        CustomerWrote(
            ticket_id=ticket.pk, message_id=row.pk, automatic=message.automatic, is_silent=is_silent
        ),
        by=by,
        message=row,
    )
    if not message.automatic and row.reopens:
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
    undo_seconds: int | None = None,
    despite_children: bool = False,
) -> Message:
    """Answer the customer. The letter leaves after `undo_seconds` (the company's own number if None); until then
    `withdraw` takes it back, with the status it moved the ticket to.

    then: one of THEN; empty opens new tickets and leaves others as they are. seen_message_id: the newest message
    of the customer or a colleague the writer had seen. Whoever answers a ticket of nobody in their team gets it.
    Raises NotAllowed, EmptyMessage, NewerMessage, FieldValueInvalid, and for solving as `solve` does.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "reply", ticket)
    _require_words(message)
    _require_seen(ticket, seen_message_id, by=by)
    if then not in THEN:
        raise FieldValueInvalid(value=then, field="status", reason=", ".join(filter(None, THEN)))
    then = then or (Status.OPEN if ticket.status == Status.NEW else "")
    moment = now()
    seconds = company.get("undo_seconds") if undo_seconds is None else undo_seconds
    agent = by.subject if by.kind is ActorKind.AGENT else None
    stood = {"before": [ticket.status, ticket.state_id], "after": then}
    row = write(
        ticket,
        replace(
            message,
            language=message.language or ticket.language,
            envelope={**message.envelope, "moved": stood} if then else message.envelope,
        ),
        kind=Message.Kind.OUTGOING,
        agent=agent,
        channel=ticket.channel,
        at=moment,
        release_at=moment + timedelta(seconds=seconds),
    )
    is_first = ticket.first_response_at is None
    ticket.first_response_at = ticket.first_response_at or moment
    ticket.last_agent_at = ticket.updated_at = moment
    ticket.message_count += 1
    ticket.snippet = snippet(message.body)
    ticket.save(
        update_fields=["first_response_at", "last_agent_at", "updated_at", "message_count", "snippet"]
    )
    Draft.objects.filter(ticket=ticket, agent=agent, kind="reply").delete()
    record(
        AgentReplied(ticket_id=ticket.pk, message_id=row.pk, release_at=row.release_at, is_first=is_first),
        by=by,
    )
    if (
        ticket.assignee_id is None
        and agent is not None
        and (ticket.team_id is None or ticket.team_id in agent.team_ids)
    ):
        give(ticket, agent, by=by)
    if then:
        move_to(ticket, then, by=by, despite_children=despite_children)
    return row


@transaction.atomic
def withdraw(message: Message, *, by: Actor) -> Draft | None:
    """Take back a reply that has not left yet: its words and files become the writer's draft again, and the ticket
    stands as before, unless somebody changed it since. Raises NotAllowed, TooLateToWithdraw.
    """
    ticket = Ticket.objects.locked(message.ticket_id)
    policies.require(by, "reply", ticket)
    row = (
        Message.objects.select_for_update(of=("self",))
        .filter(pk=message.pk, kind=Message.Kind.OUTGOING)
        .first()
    )
    if row is None or row.release_at is None or row.release_at <= now():
        raise TooLateToWithdraw
    draft = drafts.from_message(row)
    moved = row.envelope.get("moved")
    message_id = row.pk
    row.delete()
    recount(ticket)
    record(ReplyWithdrawn(ticket_id=ticket.pk, message_id=message_id), by=by)
    if moved and ticket.status == moved["after"]:
        status, state_id = moved["before"]
        move_to(
            ticket, status, by=by, state=State.objects.filter(pk=state_id).first(), checks=False, is_undo=True
        )
    return draft


@transaction.atomic
def send_automatic(ticket: Ticket, message: NewMessage, *, by: Actor) -> Message:
    """Tugon itself writes to the customer (`message.automatic` says why). Leaves at once; counts as nobody's answer."""
    moment = now()
    row = write(
        ticket,
        message,
        kind=Message.Kind.OUTGOING,
        agent=None,
        channel=ticket.channel,
        at=moment,
        release_at=moment,
    )
    # Counted by the database itself: the row that the caller has may be an older one.
    run("UPDATE tickets_ticket SET message_count = message_count + 1 WHERE id = %s::bigint", [ticket.pk])
    ticket.message_count += 1
    fact = AutomaticReplySent(ticket_id=ticket.pk, message_id=row.pk, purpose=message.automatic)
    record(fact, by=by, message=row)
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
    ticket.followers.add(*(one for one in mentions if one.is_active))
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


def _require_seen(ticket: Ticket, seen_message_id: int | None, *, by: Actor) -> None:
    if seen_message_id is None:
        return
    said = [Message.Kind.INCOMING, Message.Kind.OUTGOING]
    newer = Message.objects.filter(ticket=ticket, kind__in=said, automatic="", pk__gt=seen_message_id)
    if by.kind is ActorKind.AGENT and by.id is not None:
        newer = newer.exclude(kind=Message.Kind.OUTGOING, agent_id=by.id)
    row = newer.select_related("customer", "agent").order_by("-pk").first()
    if row is not None:
        raise NewerMessage(name=row.customer.shown_name if row.customer else str(row.agent or ""))


def _standing(pk: int) -> Ticket:
    """The ticket, or the one it was merged into, locked."""
    ticket = Ticket.objects.locked(pk)
    while ticket.merged_into_id is not None:
        ticket = Ticket.objects.locked(ticket.merged_into_id)
    return ticket
