"""What understanding does on facts of tickets. Wired in `project/wiring.py`, before all that ask for a reading."""

from __future__ import annotations

from typing import Any

from tugon.events.models import Event
from tugon.tickets.events import CustomerWrote, TicketOpened, TicketSplit
from tugon.tickets.models import Message, Ticket

from . import operations


def on_opened(fact: TicketOpened, event: Event) -> None:
    """Read the first message of a ticket; a ticket of no team goes where it surely belongs."""
    if fact.is_silent or fact.message_id is None:
        return
    ticket = event.at_hand.get("ticket") or Ticket.objects.get(pk=fact.ticket_id)
    message = event.at_hand.get("message") or Message.objects.get(pk=fact.message_id)
    if not message.automatic:
        operations.place(ticket, operations.note_message(ticket, message, opens=True))


def on_customer_wrote(fact: CustomerWrote, event: Event) -> None:
    """Read what a customer added; an automatic answer says nothing of them."""
    if fact.is_silent or fact.automatic:
        return
    ticket = event.at_hand.get("ticket") or Ticket.objects.get(pk=fact.ticket_id)
    message = event.at_hand.get("message") or Message.objects.get(pk=fact.message_id)
    operations.note_message(ticket, message, opens=False)


def on_words_gone(fact: Any, _event: Event) -> None:
    """A message was redacted, or moved between tickets: no reading rests on words that are not there."""
    _read_again(fact.ticket_id)


def on_split(fact: TicketSplit, _event: Event) -> None:
    _read_again(fact.ticket_id)
    _read_again(fact.new_ticket_id)


def _read_again(ticket_id: int) -> None:
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is not None:
        operations.read_again(ticket)
