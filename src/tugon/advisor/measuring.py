"""What every channel achieved: how long people waited for the first answer of a person, computed from events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from django.db import transaction

from tugon.company import settings
from tugon.database.inserting import run
from tugon.lib.clock import now
from tugon.sla.calendars import NeverOpen, due_at
from tugon.sla.promises import Promises, promises

from .models import Measure, Route

WINDOW = timedelta(days=30)
MOST = 20_000
"""Requests of one channel that are looked at, the newest first; a fair sample where there were more."""

_WAITS = """
SELECT opened.channel_id, opened.at, answered.at
FROM (
  SELECT (e.data->>'channel_id')::bigint AS channel_id, e.subject_id, e.at,
    row_number() OVER (PARTITION BY e.data->>'channel_id' ORDER BY e.at DESC) AS place
  FROM events_event e
  WHERE e.name = 'TicketOpened' AND e.at >= %s::timestamptz AND e.at < %s::timestamptz
    AND e.actor_kind <> 'agent' AND coalesce((e.data->>'is_silent')::boolean, false) = false
    AND e.data->>'channel_id' IS NOT NULL
) opened
LEFT JOIN LATERAL (
  SELECT r.at FROM events_event r
  WHERE r.subject_kind = 'ticket' AND r.subject_id = opened.subject_id AND r.name = 'AgentReplied'
  ORDER BY r.id LIMIT 1
) answered ON true
JOIN tickets_ticket t ON t.id = opened.subject_id AND NOT t.is_spam
WHERE opened.place <= %s::bigint
"""


@dataclass(frozen=True, slots=True)
class Achieved:
    """Of one channel. middle, slow: median and 90th percentile of the waits of the answered, as the clock runs."""

    asked: int
    answered: int
    kept: int
    middle: timedelta | None
    slow: timedelta | None


def measure() -> int:
    """Compute the last thirty days of every channel anew. Returns how many channels had requests."""
    until = now()
    since = until - WINDOW
    waits: dict[int, list[tuple[datetime, datetime | None]]] = {}
    for channel_id, opened_at, answered_at in run(_WAITS, [since, until, MOST]):
        waits.setdefault(channel_id, []).append((opened_at, answered_at))
    promised = _promised()
    with transaction.atomic():
        Measure.objects.exclude(channel_id__in=waits).delete()
        for channel_id, rows in waits.items():
            found = achieved(rows, promised.get(channel_id, promises()), at=until)
            values = {
                "since": since,
                "until": until,
                "asked": found.asked,
                "answered": found.answered,
                "kept": found.kept,
                "middle_seconds": _seconds(found.middle),
                "slow_seconds": _seconds(found.slow),
            }
            Measure.objects.update_or_create(channel_id=channel_id, defaults=values)
    return len(waits)


def _promised() -> dict[int, Promises]:
    """What the routes of a channel promise of their own, by channel: the first route that names it. One query."""
    company = promises()
    found: dict[int, Promises] = {}
    rows = Route.objects.filter(is_enabled=True).exclude(channel=None).select_related("calendar")
    for row in rows:
        hours = row.calendar.hours(zone=settings.get("zone")) if row.calendar else company.hours
        length = timedelta(minutes=row.promised_minutes) if row.promised_minutes else company.first_response
        assert row.channel_id is not None
        found.setdefault(row.channel_id, replace(company, first_response=length, hours=hours))
    return found


def achieved(
    rows: Iterable[tuple[datetime, datetime | None]], promised: Promises, *, at: datetime
) -> Achieved:
    """What the waits come to. Pure. rows: (asked, answered or None), aware. at: now.

    A request that is not answered and whose promise is not over does not count; one whose promise is over counts as
    asked and not kept.
    """
    lasted: list[float] = []  # seconds
    kept, asked = 0, 0
    for opened_at, answered_at in rows:
        try:
            due = due_at(opened_at, promised.first_response, promised.hours)
        except NeverOpen:
            due = None
        if answered_at is None and (due is None or due > at):
            continue
        asked += 1
        if answered_at is not None:
            lasted.append((answered_at - opened_at).total_seconds())
            kept += due is None or answered_at <= due
    lasted.sort()
    return Achieved(
        asked,
        len(lasted),
        kept,
        timedelta(seconds=median(lasted)) if lasted else None,
        timedelta(seconds=lasted[min(len(lasted) - 1, len(lasted) * 9 // 10)]) if lasted else None,
    )


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else max(0, int(length.total_seconds()))
