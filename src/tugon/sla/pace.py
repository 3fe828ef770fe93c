"""An honest new time for a promise that will not be kept: what waits before it, at the pace of the last week."""

from datetime import datetime, timedelta

from tugon.database.inserting import run
from tugon.lib.clock import now

from .calendars import BusinessHours, NeverOpen, due_at, open_time
from .reckoning import RESOLUTION, Term

WEEK = timedelta(days=7)
FEWEST = 5
"""Answers in a week below which the pace says nothing."""
SOONEST = timedelta(minutes=30)
MOST_TIMES = 3
"""The new time is at most so many times the promised one away: who cannot say more should not say it."""

_ANSWERED = """
SELECT count(*) FROM events_event e JOIN tickets_ticket t ON t.id = e.subject_id
WHERE e.name = %s::text AND e.subject_kind = 'ticket' AND e.at >= %s::timestamptz
  AND t.team_id IS NOT DISTINCT FROM %s::bigint
"""
_AHEAD = """
SELECT count(*) FROM tickets_ticket
WHERE status IN ('new', 'open') AND NOT is_spam AND merged_into_id IS NULL AND due_at < %s::timestamptz
  AND team_id IS NOT DISTINCT FROM %s::bigint
"""


def honest_time(
    *, kind: str, due: datetime, team_id: int | None, term: Term, hours: BusinessHours
) -> datetime:
    """When it is likely done. hours: when the people work who do it. Two queries."""
    at = now()
    [(done,)] = run(_ANSWERED, ["TicketSolved" if kind == RESOLUTION else "AgentReplied", at - WEEK, team_id])
    [(ahead,)] = run(_AHEAD, [due, team_id])
    worked = open_time(at - WEEK, at, hours)
    return estimate(at=at, due=due, term=term, hours=hours, ahead=ahead, done=done, worked=worked)


def estimate(
    *, at: datetime, due: datetime, term: Term, hours: BusinessHours, ahead: int, done: int, worked: timedelta
) -> datetime:
    """Pure. ahead: what is due earlier. done: what was done in `worked` of open time. Returns UTC.

    Later than now and than the promise that breaks: half an hour of open time at least.
    """
    needed = worked / done * (ahead + 1) if done >= FEWEST else term.length / 2
    needed = min(max(needed, SOONEST), max(MOST_TIMES * term.length, SOONEST))
    try:
        return max(due_at(at, needed, hours), due_at(max(due, at), SOONEST, hours))
    except NeverOpen:
        return max(due, at) + needed
