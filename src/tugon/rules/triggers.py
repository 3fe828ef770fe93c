"""Triggers: what follows from a fact, in its transaction.

A rule acts once at most on one chain of causes and ticket: what it changed may start others, never itself again.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tugon.database.reading import read
from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.tickets.conditions import fields_in
from tugon.tickets.models import Ticket

from . import applying
from .compiled import Compiled, rulebook
from .models import Firing
from .occasions import BY_FACT
from .planning import plan
from .standing import Happened, Standing, TicketReader


def on_fact(fact: Any, event: Event) -> None:
    """Weigh the triggers of this fact, in their order. Nothing of imports."""
    if getattr(fact, "is_silent", False):
        return
    rules = rulebook().on(BY_FACT[event.name])
    if event.name == "CustomerWrote" and fact.automatic:
        rules = tuple(one for one in rules if _asks_writer(one))
    if not rules:
        return
    ticket = next(iter(_ticket(fact.ticket_id).rows()), None)
    if ticket is None or ticket.merged_into_id is not None:
        return
    happened = Happened.from_event(fact, event, now=now())
    reader = TicketReader(ticket, happened)
    root = root_of(event)
    before = _acted(root, ticket.pk) if event.depth else frozenset()
    found = plan(rules, Standing(reader), now=happened.now, without=before)
    if found.planned:
        applying.apply(found, ticket, message=reader.message, occasion=event.name, root_id=root.pk)


@read
def _ticket(pk: int) -> QuerySet[Ticket, Ticket]:
    return Ticket.objects.filter(pk=pk).select_related("customer", "channel")


def _asks_writer(one: Compiled) -> bool:
    """Answers of machines start only what asks about them."""
    return "who_wrote" in fields_in(one.definition.conditions)


def root_of(event: Event) -> Event:
    """The event at the beginning of the chain."""
    while event.cause_id is not None and event.cause is not None:
        event = event.cause
    return event


def _acted(root: Event, ticket_id: int) -> frozenset[int]:
    """Rules that acted on this ticket in this chain already."""
    return frozenset(rule for rule, ticket in Firing.objects.of_chain(root.pk) if ticket == ticket_id)
