"""Keeps a ticket's promise true after whatever happened to it. In the fact's transaction; a repeat changes nothing."""

from datetime import datetime
from typing import Any

from tugon.events.models import Event
from tugon.tickets.models import Ticket

from .promises import next_due, promises, turn_of

_READ = (
    "status",
    "created_at",
    "first_response_at",
    "last_customer_at",
    "last_agent_at",
    "due_at",
    "due_kind",
    "is_spam",
    "merged_into_id",
)


def keep_promise(fact: Any, event: Event) -> None:
    """Reckon the ticket's promise anew. Imported tickets get none: nobody was promised anything here."""
    if getattr(fact, "is_silent", False):
        return
    ticket = event.at_hand.get("ticket") or Ticket.objects.only(*_READ).filter(pk=fact.ticket_id).first()
    if ticket is None:
        return
    moment, kind = next_due(turn_of(ticket), promises())
    if (moment, kind) != (ticket.due_at, ticket.due_kind):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=moment, due_kind=kind)
        # The row at hand goes on to other reactions, which may name the promise.
        ticket.due_at, ticket.due_kind = moment, kind


def first_promise(ticket: Ticket) -> tuple[datetime | None, str]:
    """What a ticket that is about to be written promises."""
    return next_due(turn_of(ticket), promises())
