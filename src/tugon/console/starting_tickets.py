"""Tickets that begin in the console."""

from html import escape
from typing import Any

from django.db import transaction

from tugon.customers.models import Customer
from tugon.customers.operations import claim, identify_sender
from tugon.events.actors import Actor
from tugon.lib.language import detect
from tugon.tickets import operations
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewMessage


@transaction.atomic
def begin(values: dict[str, Any], *, by: Actor) -> Ticket:
    """Open what `NewTicketForm` describes. The agent vouches for the address, so it joins that customer's history."""
    customer = values.get("customer") or _customer(values)
    language = detect(values["body"]).language or customer.language
    message = NewMessage(body=values["body"], language=language or "")
    incoming = values["direction"] == "incoming"
    ticket = operations.open_ticket(
        customer=customer,
        subject=values["subject"],
        message=message if incoming else None,
        by=by,
        team=values.get("team"),
        kind=values["kind"],
        priority=values["priority"],
    )
    if values["direction"] == "outgoing":
        html = "".join(f"<p>{escape(part)}</p>" for part in values["body"].split("\n\n"))
        operations.reply(
            ticket, NewMessage(body=values["body"], body_html=html, language=language or ""), by=by
        )
    if values["direction"] == "note":
        operations.add_note(ticket, message, by=by)
    return ticket


def _customer(values: dict[str, Any]) -> Customer:
    if values.get("address"):
        return identify_sender(values["address"], name=values.get("name", ""))
    return claim("", name=values.get("name", ""))
