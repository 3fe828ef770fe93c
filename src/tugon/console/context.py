"""The panel at the ticket's right edge: who the customer is and what else they asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.customers.models import ContactPoint, Customer, CustomField
from tugon.feedback.models import Rating
from tugon.tickets.models import Participant, Resolution, Ticket, TicketLink

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
    followers: list[Agent]
    same_case: list[Ticket]
    customer_fields: list[tuple[str, str]]


def panel(ticket: Ticket, agent: Agent) -> Panel:
    """What stands beside a ticket, as this agent may see it. Eight queries, whatever the history."""
    customer = ticket.customer
    others = (
        Ticket.objects.visible_to(agent).filter(customer=customer, merged_into=None).exclude(pk=ticket.pk)
    )
    rows = list(others.only("pk", "subject", "status", "updated_at").order_by("-updated_at")[: EARLIER + 1])
    suggested = ticket.context.get("same_case", []) if ticket.is_active else []
    return Panel(
        customer=customer,
        contact_points=list(customer.contact_points.all()),
        earlier=rows[:EARLIER],
        total=len(rows),
        participants=list(ticket.participants.exclude(standing="removed")),
        links=_links(ticket, agent),
        ratings=list(ticket.ratings.all()[:3]),
        resolution=ticket.resolutions.first(),
        followers=list(ticket.followers.all()),
        same_case=[row for row in rows if row.pk in suggested and row.is_active],
        customer_fields=field_lines("customer", customer.fields),
    )


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


def _links(ticket: Ticket, agent: Agent) -> list[tuple[str, Ticket]]:
    pairs = TicketLink.objects.filter(Q(source=ticket) | Q(target=ticket)).values_list(
        "kind", "source_id", "target_id"
    )
    kinds = {
        (target if source == ticket.pk else source): kind
        if source == ticket.pk or kind != "parent"
        else "child"
        for kind, source, target in pairs
    }
    visible = Ticket.objects.visible_to(agent).filter(pk__in=kinds) if kinds else ()
    return [(kinds[row.pk], row) for row in visible]
