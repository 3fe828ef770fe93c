"""The panel at the ticket's right edge: who the customer is and what else they asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.customers.models import ContactPoint, Customer, CustomField
from tugon.database.reading import Asked, read
from tugon.feedback.models import Rating
from tugon.tickets.models import Participant, Resolution, Ticket, TicketLink
from tugon.tickets.querysets import Sight

EARLIER = 8


@dataclass(frozen=True, slots=True)
class Panel:
    customer: Customer
    contact_points: list[ContactPoint]
    earlier: list[Ticket]
    total: int
    participants: list[Participant]
    links: list[tuple[str, Ticket]]
    ratings: list[Rating]
    resolution: Resolution | None
    followers: list[tuple[int, str]]
    customer_fields: list[tuple[str, str]]


def panel_reads(ticket: Ticket, agent: Agent) -> dict[str, Asked[Any]]:
    """What stands beside a ticket, as this agent may see it: eight reads, whatever the history."""
    number, sight = ticket.pk, Sight.of(agent)
    return {
        "points": _points(ticket.customer_id),
        "earlier": _earlier(ticket.customer_id, number, sight=sight),
        "participants": _participants(number),
        "links": _links(number),
        "linked": _linked(number, sight=sight),
        "ratings": _ratings(number),
        "resolutions": _resolutions(number),
        "followers": _followers(number),
    }


def panel(ticket: Ticket, found: Mapping[str, list[Any]]) -> Panel:
    """The panel of the rows that `panel_reads` gave. One query where the customer has fields of the company's own."""
    customer, rows = ticket.customer, found["earlier"]
    kinds = {
        (target if source == ticket.pk else source): kind
        if source == ticket.pk or kind != "parent"
        else "child"
        for kind, source, target in found["links"]
    }
    return Panel(
        customer=customer,
        contact_points=found["points"],
        earlier=rows[:EARLIER],
        total=len(rows),
        participants=found["participants"],
        links=[(kinds[row.pk], row) for row in found["linked"]],
        ratings=found["ratings"],
        resolution=next(iter(found["resolutions"]), None),
        followers=found["followers"],
        customer_fields=field_lines("customer", customer.fields),
    )


@read
def _points(customer: int) -> QuerySet[ContactPoint, ContactPoint]:
    return ContactPoint.objects.filter(customer=customer)


@read
def _earlier(customer: int, ticket: int, *, sight: Sight | None) -> QuerySet[Ticket, Ticket]:
    others = Ticket.objects.within(sight).filter(customer=customer, merged_into=None).exclude(pk=ticket)
    return others.only("pk", "subject", "status", "updated_at").order_by("-updated_at")[: EARLIER + 1]


@read
def _participants(ticket: int) -> QuerySet[Participant, Participant]:
    return Participant.objects.filter(ticket=ticket).exclude(standing="removed")


@read
def _links(ticket: int) -> QuerySet[TicketLink, tuple[str, int, int]]:
    links = TicketLink.objects.filter(Q(source=ticket) | Q(target=ticket))
    return links.values_list("kind", "source_id", "target_id")


@read
def _linked(ticket: int, *, sight: Sight | None) -> QuerySet[Ticket, Ticket]:
    links = TicketLink.objects
    away, back = links.filter(source=ticket).values("target"), links.filter(target=ticket).values("source")
    rows = Ticket.objects.within(sight).filter(pk__in=away.union(back))
    return rows.only("pk", "subject", "status").order_by("pk")


@read
def _ratings(ticket: int) -> QuerySet[Rating, Rating]:
    return Rating.objects.filter(ticket=ticket)[:3]


@read
def _resolutions(ticket: int) -> QuerySet[Resolution, Resolution]:
    return Resolution.objects.filter(ticket=ticket)[:1]


@read
def _followers(ticket: int) -> QuerySet[Agent, tuple[int, str]]:
    return Agent.objects.filter(followed_tickets=ticket).values_list("pk", "name")


def field_lines(on: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    """Custom fields that have a value, as (label, words). One query, none without values."""
    if not values:
        return []
    language = get_language() or "en"
    fields = CustomField.objects.filter(on=on, archived_at=None, key__in=values)
    return [
        (field.name_in(language), _words(field, values[field.key], language))
        for field in fields
        if values[field.key] not in (None, "", [])
    ]


def _words(field: CustomField, value: Any, language: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    names = {str(one["key"]): one.get("names") or {} for one in field.choices}
    given = value if isinstance(value, list) else [value]
    return ", ".join(
        names.get(str(one), {}).get(language) or names.get(str(one), {}).get("en") or str(one)
        for one in given
    )
