"""Dry run: what a rule would do to the newest tickets, without doing it.

Tickets are weighed as they stand today; for triggers on a new request, with the words it arrived with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket

from .compiled import Compiled
from .models import Rule
from .occasions import OCCASIONS
from .planning import Step, plan
from .standing import Happened, Standing, TicketReader

MOST = 500
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One ticket the rule fits, and what it would do to it."""

    ticket: Ticket
    steps: tuple[Step, ...]
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """looked: tickets looked at. fitted: how many it fits. changed: of those, how many would change. shown: the
    first."""

    looked: int
    fitted: int
    changed: int
    shown: tuple[Rehearsed, ...]


def rehearse(
    one: Compiled, *, last: int = 100, agent: Agent | None = None, number: int | None = None
) -> Rehearsal:
    """Weigh a rule, published or not, on the newest tickets; or on one by its number. Two queries, and what its
    conditions
    ask beyond the ticket and its message.
    """
    rows = Ticket.objects.filter(merged_into=None)
    if agent is not None:
        rows = rows.visible_to(agent)
    rows = rows.filter(pk=number) if number else rows.filter(is_spam=False)
    tickets = list(rows.select_related("customer", "channel").order_by("-pk")[: min(last, MOST)])
    messages = _messages(one, tickets)
    moment, fitted, changed, shown = now(), 0, 0, list[Rehearsed]()
    for ticket in tickets:
        happened = Happened(now=moment, occasion=_occasion(one), message=messages.get(ticket.pk))
        found = plan([one], Standing(_Today(ticket, happened)), now=_within(one, moment))
        if not found.planned:
            continue
        fitted += 1
        changed += not found.planned[0].does_nothing
        if len(shown) < SHOWN:
            shown.append(Rehearsed(ticket, found.planned[0].steps, found.changes))
    return Rehearsal(len(tickets), fitted, changed, tuple(shown))


class _Today(TicketReader):
    """A ticket as if the message had just come: the first one counts as the first, however many followed."""

    def is_first(self) -> bool:
        return self.happened.occasion in ("TicketOpened", "MessageReceived")


def _occasion(one: Compiled) -> str:
    if one.rule.kind == Rule.Kind.FILTER:
        return "MessageReceived"
    return OCCASIONS[one.definition.on[0]].facts[0] if one.definition.on else ""


def _within(one: Compiled, moment: datetime) -> datetime:
    """A moment at which the rule's schedule holds, so that what is planned for tomorrow can be tried today."""
    return one.definition.starts if one.definition.starts and one.definition.starts > moment else moment


def _messages(one: Compiled, tickets: list[Ticket]) -> dict[int, Message]:
    """Ticket id → the message it is about: the first of a new request, else the customer's newest. One query."""
    is_first = _occasion(one) in ("TicketOpened", "MessageReceived")
    order = ("created_at", "id") if is_first else ("-created_at", "-id")
    wanted = Message.objects.filter(ticket=OuterRef("pk"), kind=Message.Kind.INCOMING).order_by(*order)
    picked = Ticket.objects.filter(pk__in=[row.pk for row in tickets]).annotate(
        said=Subquery(wanted.values("pk")[:1])
    )
    rows = Message.objects.filter(pk__in=picked.values("said"))
    return {row.ticket_id: row for row in rows}
