"""What agents say of themselves, or their leads of them, and what it amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.accounts.policies import require
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.opening import HoursRefused, read, write, zone_or_none
from tugon.realtime.publish import publish

from ..being_there import AWAY, ONLINE, Said, Standing, standing
from ..capacity import MOST, Lane
from ..deciding import habits
from ..errors import AvailabilityRefused
from ..events import AgentBecameAvailable, AgentBecameUnavailable, AvailabilityChanged
from ..models import Availability

PERMISSION = "routing.edit"
BOARD = "availability:all"


def set_online(agent: Agent, *, by: Actor) -> Availability:
    """Back, whatever was said before. Raises NotAllowed."""
    return _set(agent, {"chosen": ONLINE, "away_until": None}, by=by)


def set_away(agent: Agent, *, by: Actor, until: datetime | None = None) -> Availability:
    """No new tickets, until a moment or until further notice. Raises NotAllowed, AvailabilityRefused."""
    if until is not None and until <= now():
        raise AvailabilityRefused(reason=_("choose a moment to come."))
    return _set(agent, {"chosen": AWAY, "away_until": until}, by=by)


def set_hours(agent: Agent, hours: str, *, by: Actor) -> Availability:
    """When the agent works, in its own zone ("Mon–Fri 09:00–17:00; Sat 09:00–12:00"); empty: always.

    Raises NotAllowed, AvailabilityRefused with the part that was not understood.
    """
    text = hours.strip()
    try:
        clean = write(read(text), language="") if text else ""
    except HoursRefused as refusal:
        raise AvailabilityRefused(
            reason=_("“{part}” was not understood. Write hours like Mon–Fri 09:00–17:00.").format(
                part=refusal
            )
        ) from refusal
    return _set(agent, {"hours": clean[:300]}, by=by)


def set_out_of_office(
    agent: Agent,
    *,
    by: Actor,
    begins: datetime | None,
    ends: datetime | None = None,
    substitute: Agent | None = None,
) -> Availability:
    """Out of office from one moment to another, and who takes over meanwhile. begins: None ends it.

    Raises NotAllowed, AvailabilityRefused.
    """
    if begins is not None and ends is not None and ends <= begins:
        raise AvailabilityRefused(reason=_("the absence must end after it begins."))
    if begins is not None and ends is not None and ends <= now():
        raise AvailabilityRefused(reason=_("this absence is over already."))
    if substitute is not None and (substitute.pk == agent.pk or not substitute.is_active):
        raise AvailabilityRefused(reason=_("choose another colleague as substitute."))
    values = {"out_from": begins, "out_until": ends if begins else None}
    return _set(agent, {**values, "substitute_id": substitute.pk if substitute else None}, by=by)


@transaction.atomic
def set_capacity(agent: Agent, capacity: Mapping[str, int | None], *, by: Actor) -> Availability:
    """How many tickets at once, where not as everybody: lane → number, None: as everybody.

    Raises NotAllowed, AvailabilityRefused. Oneself may not: it is the lead's decision.
    """
    require(by, PERMISSION)
    own = {lane: value for lane, value in capacity.items() if value is not None}
    if any(lane not in Lane.values or not 0 <= value <= MOST for lane, value in own.items()):
        raise AvailabilityRefused(reason=_("a capacity is a number from 0 to {most}.").format(most=MOST))
    return _set(agent, {"capacity": {str(lane): int(value) for lane, value in own.items()}}, by=by)


@transaction.atomic
def refresh(agent_ids: list[int] | None = None) -> list[int]:
    """Reckon anew who is there, of these or of all. Records a fact for each who came or went; returns their ids.

    Rows another worker holds are passed over: the next minute comes again.
    """
    if agent_ids is None:
        ensure_rows()
    rows = Availability.objects.select_related("agent").select_for_update(of=("self",), skip_locked=True)
    if agent_ids is not None:
        rows = rows.filter(agent__in=agent_ids)
    return [row.agent_id for row in rows.order_by("agent_id") if _settle(row, by=SYSTEM)]


def ensure_rows() -> None:
    """Every agent has a row. One statement; a repeat does nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO routing_availability (agent_id, chosen, hours, capacity, state)
            SELECT id, 'online', '', '{}', 'unseen' FROM accounts_agent
            WHERE NOT EXISTS (SELECT FROM routing_availability have WHERE have.agent_id = accounts_agent.id)
            ON CONFLICT DO NOTHING
            """
        )


@transaction.atomic
def _set(agent: Agent, values: dict[str, Any], *, by: Actor) -> Availability:
    if by.kind is not ActorKind.AGENT or by.id != agent.pk:
        require(by, PERMISSION)
    Availability.objects.get_or_create(agent=agent)
    row = Availability.objects.select_related("agent").select_for_update(of=("self",)).get(agent=agent)
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
        record(AvailabilityChanged(agent_id=agent.pk, fields=changed), by=by)
        publish(BOARD)
    seen_now = by.kind is ActorKind.AGENT and by.id == agent.pk
    _settle(row, by=by, seen_at=now() if seen_now else None)
    return row


def _settle(row: Availability, *, by: Actor, seen_at: datetime | None = None) -> bool:
    """Bring the row's state up to date. True where the agent came or went."""
    found = state_of(row, seen_at=seen_at)
    was, was_there = row.state, row.is_available
    if (row.state, row.state_until) == (found.state, found.until):
        return False
    if was != found.state:
        row.state_since = now()
    row.state, row.state_until = found.state, found.until
    row.save(update_fields=["state", "state_since", "state_until"])
    publish(BOARD)
    if was == row.state:
        return False
    if row.is_available:
        record(AgentBecameAvailable(agent_id=row.agent_id, was=was), by=by)
    elif was_there or row.state == "out" or was == "out":
        record(AgentBecameUnavailable(agent_id=row.agent_id, state=row.state, until=row.state_until), by=by)
    return was_there != row.is_available or row.state == "out"


def state_of(row: Availability, *, seen_at: datetime | None = None) -> Standing:
    """What the row amounts to now. seen_at: known better than the agent's row says. No query with `agent` at hand."""
    agent = row.agent
    if not agent.is_active:
        return Standing("away")
    zone = zone_or_none(agent.time_zone) or UTC
    said = Said(
        chosen=row.chosen,
        away_until=row.away_until,
        hours=_hours(row.hours),
        zone=zone,
        out_from=row.out_from,
        out_until=row.out_until,
    )
    moments = [one for one in (seen_at, agent.last_seen_at) if one is not None]
    return standing(
        said, now=now(), seen_at=max(moments) if moments else None, away_after=habits().away_after
    )


def _hours(text: str) -> Any:
    try:
        return read(text) if text else None
    except HoursRefused:
        return None
