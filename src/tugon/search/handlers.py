"""The index follows the facts, in their transaction. Wired in `project/wiring.py`."""

from typing import Any

from tugon.customers.events import CustomerCreated, CustomerMergeUndone, CustomersMerged
from tugon.events.models import Event
from tugon.tickets.events import TicketOpened, TicketSplit

from . import indexing


def on_opened(fact: TicketOpened, _event: Event) -> None:
    indexing.index_tickets([fact.ticket_id])


def on_message(fact: Any, _event: Event) -> None:
    """CustomerWrote, AgentReplied, NoteAdded: only the new words."""
    indexing.add_message(fact.message_id)


def on_rewritten(fact: Any, _event: Event) -> None:
    """Subject, messages or customer changed in a way that takes words away."""
    indexing.index_tickets([fact.ticket_id])


def on_split(fact: TicketSplit, _event: Event) -> None:
    indexing.index_tickets([fact.ticket_id, fact.new_ticket_id])


def on_customer(fact: CustomerCreated | Any, _event: Event) -> None:
    indexing.index_customers([fact.customer_id])


def on_customers_merged(fact: CustomersMerged, _event: Event) -> None:
    indexing.forget_customers([fact.from_id])
    indexing.index_customers([fact.customer_id])


def on_merge_undone(fact: CustomerMergeUndone, _event: Event) -> None:
    indexing.index_customers([fact.customer_id, fact.from_id])
