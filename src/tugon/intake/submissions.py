"""A stored request of a web form becomes a ticket, or is kept aside with a reason."""

import json
from typing import Any

from tugon.customers import operations as customers
from tugon.customers.models import Customer
from tugon.events.operations import record
from tugon.files.models import StoredFile
from tugon.lib.language import detect
from tugon.tickets.operations import open_ticket
from tugon.tickets.operations.opening import NewFile, NewMessage

from . import filtering, lookups
from .events import ContextCarried
from .models import Form, Received
from .outcomes import Outcome, opened, set_aside
from .steps import senders, submitted

CARRIED = "carried"
"""In a ticket's context: what its writer did before; rows of kind, value, title, lines, url (`portal/context.py`)."""


def read(received: Received, *, is_forced: bool = False) -> Outcome:
    """Open the ticket of a stored submission. is_forced: an administrator released it."""
    payload = json.loads(bytes(received.payload.content))
    form = received.channel.form
    person = _signed_in(payload["customer"])
    if not is_forced:
        verdict = submitted.judged(submitted.Signs(**payload["signs"]))
        if verdict is None:
            verdict, _is_allowed = senders.by_rules(received.sender, lookups.rules_for(received.sender))
        verdict = verdict or senders.blocked(bool(person and person.blocked_at))
        if verdict is not None:
            return set_aside(verdict)
    sieved = filtering.PASSED if is_forced else _filtered(received, payload["data"], person)
    if sieved.verdict is not None:
        return set_aside(sieved.verdict)
    return _opened(received, form, payload, person, sieved)


def _filtered(received: Received, data: dict[str, Any], person: Customer | None) -> filtering.Filtered:
    """What the company's filters say, before a ticket exists."""
    incoming = filtering.Incoming(
        sender=data["email"],
        name=data["name"],
        recipients=(),
        subject=data["subject"],
        text=data["description"],
        language=detect(data["description"]).language or "",
        channel=received.channel,
        customer=person,
    )
    return filtering.filtered(received, incoming)


def _opened(
    received: Received,
    form: Form,
    payload: dict[str, Any],
    person: Customer | None,
    sieved: filtering.Filtered,
) -> Outcome:
    data = payload["data"]
    language = detect(data["description"]).language or payload["language"]
    context = dict(payload["context"])
    if data["username"]:
        context["username"] = data["username"]
    customer = person or customers.claim(
        data["email"], name=data["name"], username=data["username"], language=language, audience=form.audience
    )
    ticket = open_ticket(
        customer=customer,
        subject=data["subject"],
        message=_message(received, payload, customer, language),
        by=customer.actor,
        channel=received.channel,
        audience=form.audience,
        context=context,
        **sieved.opening(kind=form.kind, tags=form.tags, side=data["side"], fields=data["fields"]),
    )
    sieved.opened(ticket)
    for one in context.get(CARRIED, ()):
        record(ContextCarried(ticket_id=ticket.pk, kind=one["kind"], value=one["value"]), by=customer.actor)
    return opened(ticket)


def _message(received: Received, payload: dict[str, Any], customer: Customer, language: str) -> NewMessage:
    data = payload["data"]
    # Who is signed in is answered at an address that is proved, whatever was typed.
    address = (_address_of(customer) if payload["customer"] else "") or data["email"]
    rows = StoredFile.objects.in_bulk([one["file"] for one in payload["files"]]) if payload["files"] else {}
    return NewMessage(
        body=data["description"],
        language=language,
        envelope={
            "from": {"name": data["name"] or customer.name, "address": address},
            "subject": data["subject"],
            "received": received.pk,
        },
        files=[NewFile(rows[one["file"]], one["name"]) for one in payload["files"] if one["file"] in rows],
    )


def _signed_in(pk: int | None) -> Customer | None:
    if pk is None:
        return None
    customer = Customer.objects.select_related("audience", "merged_into__audience").get(pk=pk)
    return customer.merged_into or customer


def _address_of(customer: Customer) -> str:
    return customer.contact_points.filter(kind="email").values_list("value", flat=True).first() or ""
