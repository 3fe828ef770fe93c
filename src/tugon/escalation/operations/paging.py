"""Calling whoever is on call, again and again, until somebody says: I have it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.accounts.policies import require as require_permission
from tugon.company import settings as company
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from ..events import PageAcknowledged, PageSent, PageUnanswered
from ..models import Level, Page, PageCall, Rota
from ..oncall import Rotation, Stead, on_call, whom_to_call

LONGEST = timedelta(days=1)
"""How long a page calls. Then those who may change levels are told that nobody answered."""


@transaction.atomic
def page(ticket: Ticket, rota: Rota, *, by: Actor, level: Level | None = None) -> Page | None:
    """Call whoever is on call for this ticket. One page a rota at a time: a repeat returns the one that calls already.

    None where the rota has nobody: those who may change it are told.
    """
    calling = Page.objects.filter(ticket=ticket, rota=rota, next_call_at__isnull=False).first()
    if calling is not None:
        return calling
    row = Page.objects.create(ticket=ticket, rota=rota, level=level, made_at=now(), next_call_at=now())
    _call(row, by=by)
    return row if row.next_call_at else None


@transaction.atomic
def call_next(page: Page, *, at: datetime | None = None) -> PageCall | None:
    """Call once more, if it is time: the same person, or the next one. A page that was answered stays as it is."""
    row = (
        Page.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=page.pk, next_call_at__lte=at or now())
        .first()
    )
    return _call(row, by=SYSTEM) if row is not None else None


@transaction.atomic
def acknowledge(page: Page, *, by: Actor) -> Page:
    """Somebody says: I have it. No further calls. A repeat does nothing. Raises NotAllowed."""
    require_permission(by, "ticket.view")
    row = Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if row.acknowledged_at is not None:
        return row
    row.acknowledged_at, row.next_call_at = now(), None
    row.acknowledged_by = by.subject if by.kind is ActorKind.AGENT else None
    row.save(update_fields=["acknowledged_at", "acknowledged_by", "next_call_at"])
    record(PageAcknowledged(ticket_id=row.ticket_id, page_id=row.pk), by=by)
    return row


def end_pages(ticket_id: int) -> None:
    """Nobody is called for this ticket any more."""
    Page.objects.filter(ticket=ticket_id, next_call_at__isnull=False).update(next_call_at=None)


def rotation_of(rota: Rota) -> Rotation:
    """The rota as values, without people who have left. Two queries."""
    places = rota.places.filter(agent__is_active=True).values_list("agent_id", flat=True)
    steads = rota.overrides.filter(agent__is_active=True, ends_at__gt=now()).order_by("pk")
    return Rotation(
        people=tuple(places),
        starts_on=rota.starts_on,
        changes_at=rota.changes_at,
        zone=_zone(rota.zone or company.get("zone")),
        steads=tuple(Stead(one.agent_id, one.begins_at, one.ends_at) for one in steads),
    )


def _call(row: Page, *, by: Actor) -> PageCall | None:
    moment = now()
    before = row.calls.count()
    order = on_call(rotation_of(row.rota), moment)
    agent_id = whom_to_call(order, calls_before=before, calls_each=row.rota.calls_each)
    if agent_id is None or moment - row.made_at >= LONGEST:
        row.next_call_at = None
        row.save(update_fields=["next_call_at"])
        told = tuple(Agent.objects.with_permission("promise.edit").values_list("pk", flat=True))
        record(PageUnanswered(ticket_id=row.ticket_id, page_id=row.pk, told_ids=told), by=SYSTEM)
        return None
    agent = Agent.objects.get(pk=agent_id)
    place = row.rota.places.filter(agent=agent).first()
    call = PageCall.objects.create(
        page=row, agent=agent, address=(place.address if place else "") or agent.email, at=moment
    )
    row.next_call_at = moment + timedelta(minutes=row.rota.repeat_minutes)
    row.save(update_fields=["next_call_at"])
    fact = PageSent(
        ticket_id=row.ticket_id, page_id=row.pk, call_id=call.pk, agent_id=agent.pk, number=before + 1
    )
    record(fact, by=by)
    return call


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
