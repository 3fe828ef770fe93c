"""Keeps a ticket's promises true after whatever happened to it. In the fact's transaction; a repeat changes nothing."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tugon.database.reading import gather, read
from tugon.events.models import Event
from tugon.tickets.conditions.registering import PROVIDED
from tugon.tickets.events import CustomerWrote, TagsChanged, TicketChanged, TicketOpened
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import OURS

from .choosing import asked_fields, choose
from .keeping import bring_up_to_date, first_clocks, next_of, write_first
from .models import Clock


def first_promise(ticket: Ticket) -> tuple[datetime | None, str]:
    """What a ticket that is about to be written promises next."""
    policy = choose(ticket)
    rows = first_clocks(ticket, policy)
    ticket.first_clocks = rows  # type: ignore[attr-defined]  # for `keep_promise`, which writes them
    return next_of(rows)


def keep_promise(fact: Any, event: Event) -> None:
    """Follow the ticket with its clocks. Imported tickets get none: nobody was promised anything here."""
    if getattr(fact, "is_silent", False) or not concerns(fact):
        return
    at_hand = event.at_hand.get("ticket") if isinstance(fact, TicketOpened) else None
    first = getattr(at_hand, "first_clocks", None)
    if at_hand is not None and first is not None:
        del at_hand.first_clocks
        write_first(at_hand, first)
        return
    follow_ticket(fact.ticket_id, fact)


def keep_promise_of_reading(fact: Any, event: Event) -> None:
    """What other packages found out about a ticket counts where a policy asks about it."""
    if not asked_fields().isdisjoint(PROVIDED):
        follow_ticket(fact.ticket_id)


def follow_ticket(ticket_id: int, fact: Any = None) -> None:
    """Bring the clocks of one ticket up to date; its row should be locked by the caller."""
    tickets, clocks = gather(_ticket(ticket_id), _clocks(ticket_id))
    if not tickets:
        return
    ticket: Ticket = tickets[0]
    if isinstance(fact, CustomerWrote) and ticket.status not in OURS:
        return  # the ticket opens by this message, and that is a fact of its own
    since = None if clocks or ticket.due_at else ticket.last_customer_at
    bring_up_to_date(ticket, clocks, choose(ticket), since=since)


def concerns(fact: Any) -> bool:
    """Whether the fact may move a clock: a changed field does where a policy asks about it."""
    match fact:
        case CustomerWrote():
            return not fact.automatic
        case TicketChanged():
            return not asked_fields().isdisjoint(fact.changes)
        case TagsChanged():
            return "tags" in asked_fields()
        case _:
            return True


@read
def _ticket(ticket: int) -> QuerySet[Ticket, Ticket]:
    rows = Ticket.objects.filter(pk=ticket).select_related("customer", "channel")
    left_out = {"context", "snippet", "updated_at", "closed_at", "snoozed_until"}
    own = [one.name for one in Ticket._meta.concrete_fields if one.name not in left_out]
    return rows.only(*own, "customer__plan", "customer__organisation", "channel__kind")


@read
def _clocks(ticket: int) -> QuerySet[Clock, Clock]:
    return Clock.objects.filter(ticket=ticket).order_by("id")
