"""Reads: tickets of other people that tell of the same, lately: perhaps one problem that many have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.tickets.models import Kind, Ticket, TicketLink

from . import readings
from .likeness import likeness, telling

RECENT = timedelta(days=5)
MOST_LOOKED_AT = 60
MOST_SHOWN = 6
LEAST = 0.42
"""Likeness from which tickets of different people are worth a look: people word the same trouble differently, and
different troubles alike, so an error in common counts most."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """ticket: somebody else's. why: the error string that both have; empty where their words agree."""

    ticket: Ticket
    why: str
    likeness: float


def elsewhere(ticket: Ticket, agent: Agent) -> list[Elsewhere]:
    """Open tickets of other people, that the agent may see, of the last days: with the same error, or on the same topic
    in like words; the most alike first. Three queries at most.
    """
    reading = readings.of(ticket)
    if reading is None or not ticket.is_active:
        return []
    same = Q(reading__errors__overlap=reading.errors) if reading.errors else Q(pk__in=[])
    if reading.topic_id is not None:
        same |= Q(reading__topic=reading.topic_id)
    rows = (
        Ticket.objects.visible_to(agent)
        .active()
        .filter(same, created_at__gte=now() - RECENT, merged_into=None)
        .exclude(customer=ticket.customer_id)
        .exclude(kind=Kind.PROBLEM)
        .exclude(pk__in=siblings(ticket))
        .select_related("reading", "customer")
        .order_by("-pk")[:MOST_LOOKED_AT]
    )
    words = telling(f"{ticket.subject} {ticket.snippet}")
    found: list[Elsewhere] = []
    for row in rows:
        shared = [error for error in reading.errors if error in row.reading.errors]
        score = likeness(
            words,
            telling(f"{row.subject} {row.snippet}"),
            same_topic=reading.topic_id is not None and row.reading.topic_id == reading.topic_id,
            errors=reading.errors,
            other_errors=row.reading.errors,
        )
        if score >= LEAST or shared:
            found.append(Elsewhere(row, shared[0] if shared else "", score))
    return sorted(found, key=lambda one: (-one.likeness, -one.ticket.pk))[:MOST_SHOWN]


def problem_of(*tickets: Ticket) -> Ticket | None:
    """The open problem that one of these is a part of already. One query."""
    links = TicketLink.objects.filter(target__in=tickets, kind=TicketLink.Kind.PARENT)
    return (
        Ticket.objects.active()
        .filter(pk__in=links.values("source_id"), kind=Kind.PROBLEM)
        .order_by("pk")
        .first()
    )


def siblings(ticket: Ticket) -> list[int]:
    """Tickets under the same parent, itself included. One query."""
    parents = TicketLink.objects.filter(target=ticket, kind=TicketLink.Kind.PARENT).values("source_id")
    rows = TicketLink.objects.filter(source__in=parents, kind=TicketLink.Kind.PARENT)
    return [ticket.pk, *rows.values_list("target_id", flat=True)]
