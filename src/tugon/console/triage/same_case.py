"""Whether a new ticket belongs to a case of the same person that is still open: merged, or set apart, with a press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import ACTIVE
from tugon.tickets.querysets import Sight

from .parts import Found, Part, Place
from .understood import reading_of

MOST = 12


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {
        "reading": reading_of(ticket.pk),
        "still_open": _still_open(ticket.customer_id, ticket.pk, sight=Sight.of(agent)),
    }


def value(ticket: Ticket, agent: Agent, found: Found) -> list[Ticket] | None:
    """The likeliest first; None where there is none, or the ticket is done with."""
    reading = next(iter(found["reading"]), None)
    if reading is None or not ticket.is_active or ticket.merged_into_id:
        return None
    rows = {row.pk: row for row in found["still_open"]}
    return [rows[pk] for pk, _likeness in reading.alike if pk in rows] or None


PARTS = (Part("same_case", Place.HEAD, reads, value),)


@read
def _still_open(customer: int, ticket: int, *, sight: Sight | None) -> QuerySet[Ticket, Ticket]:
    rows = Ticket.objects.within(sight).filter(
        customer=customer, status__in=ACTIVE, is_spam=False, merged_into=None
    )
    return (
        rows.exclude(pk=ticket).only("pk", "subject", "status", "updated_at").order_by("-updated_at")[:MOST]
    )
