from django.db import transaction

from tugon.customers import operations as customers
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..events import TicketMarkedSpam, TicketUnmarkedSpam
from ..models import Ticket


@transaction.atomic
def mark_spam(ticket: Ticket, *, by: Actor, block_sender: bool = False) -> Ticket:
    """Take the ticket out of every list but the spam's. block_sender: keep aside what this person sends from now on.

    A repeat does nothing.
    """
    ticket = _set(ticket, True, by)
    if block_sender:
        customers.block(ticket.customer, by=by)
    return ticket


@transaction.atomic
def unmark_spam(ticket: Ticket, *, by: Actor) -> Ticket:
    """It was none: back into the lists, and its sender is heard again. A repeat does nothing."""
    ticket = _set(ticket, False, by)
    if ticket.customer.blocked_at is not None:
        customers.unblock(ticket.customer, by=by)
    return ticket


def _set(ticket: Ticket, is_spam: bool, by: Actor) -> Ticket:
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "spam", ticket)
    if ticket.is_spam != is_spam:
        ticket.is_spam, ticket.updated_at = is_spam, now()
        ticket.save(update_fields=["is_spam", "updated_at"])
        fact = TicketMarkedSpam(ticket_id=ticket.pk) if is_spam else TicketUnmarkedSpam(ticket_id=ticket.pk)
        record(fact, by=by)
    return ticket
