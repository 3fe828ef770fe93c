"""What the minute does to promises: agents are warned, customers are told, breaks are noted."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from . import telling
from .choosing import choose, with_id
from .events import PromiseAtRisk
from .keeping import STEPS, bring_up_to_date, look_at, step_moments
from .models import Clock

logger = logging.getLogger(__name__)

PAGE = 200
MOST_PAGES = 25
STALE = timedelta(days=1)
"""After a break as old as this nobody is warned or told any more: it is known by then."""


def look(*, tells: bool = True) -> int:
    """Do what is due on every clock now. Returns on how many. tells: whether customers get letters.

    One transaction a clock: one that fails is logged, tried again in the next minute, and keeps no other waiting.
    """
    moment, after, number = now(), (datetime.min.replace(tzinfo=now().tzinfo), 0), 0
    for _page in range(MOST_PAGES):
        due = Clock.objects.filter(look_at__lte=moment).filter(
            Q(look_at__gt=after[0]) | Q(look_at=after[0], pk__gt=after[1])
        )
        rows = list(due.order_by("look_at", "pk").values_list("look_at", "pk", "ticket_id")[:PAGE])
        for _at, pk, ticket_id in rows:
            number += _looked_at(pk, ticket_id, tells=tells)
        if len(rows) < PAGE:
            break
        after = rows[-1][:2]  # type: ignore[assignment]
    return number


def _looked_at(pk: int, ticket_id: int, *, tells: bool) -> bool:
    try:
        with transaction.atomic():
            return _step(Ticket.objects.locked(ticket_id), pk, tells=tells)
    except Exception:
        logger.exception("The promise %s of #%s could not be looked at", pk, ticket_id)
        return False


def _step(ticket: Ticket, pk: int, *, tells: bool) -> bool:
    """The steps that are due, in order; those missed while nobody looked are made up for together."""
    at = now()
    rows = bring_up_to_date(ticket, list(ticket.clocks.order_by("id")), choose(ticket))
    row = next((one for one in rows if one.pk == pk), None)
    if row is None or row.look_at is None or row.look_at > at:
        return False
    policy = with_id(row.policy_id)
    course, term = row.course(), policy.terms.get(row.kind)
    moments = step_moments(course, term)
    due = sum(moment <= at for moment in moments)
    is_fresh = bool(moments) and at - moments[-1] < STALE
    if row.steps < 1 <= due and is_fresh:
        _warn(row, at)
    if row.steps < 2 <= due and is_fresh and tells and policy.tells_customer:
        telling.forewarn(ticket, row, policy)
    row.steps = max(row.steps, min(due, STEPS))
    row.look_at = look_at(row, course, term)
    row.save(update_fields=["steps", "look_at", "warned_at", "told_at", "expected_at"])
    return True


def _warn(row: Clock, at: datetime) -> None:
    row.warned_at = at
    if row.due_at is not None:
        fact = PromiseAtRisk(
            ticket_id=row.ticket_id,
            clock_id=row.pk,
            kind=row.kind,
            due_at=row.due_at,
            policy_id=row.policy_id,
        )
        record(fact, by=SYSTEM)
