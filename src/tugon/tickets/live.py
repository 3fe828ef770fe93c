"""Open screens hear that something about a ticket changed, and who may listen. Names only, never content."""

from typing import Any

from tugon.accounts.models import Agent
from tugon.events.models import Event
from tugon.realtime.identity import Identity
from tugon.realtime.publish import publish

from .events import CustomerOfTicketChanged, TicketOpened
from .models import Ticket


def announce(fact: Any, _event: Event) -> None:
    """Any fact about a ticket: whoever shows the ticket, or a list, fetches again; so does its customer's own list."""
    customers = (
        {getattr(fact, name, None) for name in ("customer_id", "from_id", "to_id")} if _moves(fact) else set()
    )
    publish(f"ticket:{fact.ticket_id}", "tickets:all", *(f"customer:{pk}" for pk in customers if pk))


def _moves(fact: Any) -> bool:
    """Whether a customer has one request more or fewer since."""
    return isinstance(fact, TicketOpened | CustomerOfTicketChanged)


def may_hear_of_ticket(identity: Identity, pk: str) -> bool:
    """Agents who may see the ticket, and the signed-in customer whose ticket it is. Two queries at most."""
    if not pk.isdecimal():
        return False
    if identity.agent_id is not None:
        agent = Agent.objects.active().filter(pk=identity.agent_id).first()
        if agent is not None and Ticket.objects.visible_to(agent).filter(pk=pk).exists():
            return True
    return (
        identity.customer_id is not None
        and Ticket.objects.filter(pk=pk, customer_id=identity.customer_id, is_spam=False).exists()
    )


def is_agent(identity: Identity, _pk: str) -> bool:
    """What concerns every agent: that some list changed."""
    return identity.agent_id is not None


def is_this_agent(identity: Identity, pk: str) -> bool:
    return str(identity.agent_id) == pk


def is_this_customer(identity: Identity, pk: str) -> bool:
    return str(identity.customer_id) == pk
