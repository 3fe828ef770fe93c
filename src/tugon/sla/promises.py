"""The promise a ticket carries: by when it is answered next, and what the form says before a ticket exists."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from tugon.company import settings as company
from tugon.lib.clock import now
from tugon.lib.moments import promise_in_words
from tugon.tickets.models import Status, Ticket

from .calendars import BusinessHours, NeverOpen, due_at
from .models import Calendar, Policy

__all__ = [
    "FIRST_RESPONSE",
    "NEXT_RESPONSE",
    "Promises",
    "expected_answer",
    "next_due",
    "promise_in_words",
    "promises",
]

FIRST_RESPONSE, NEXT_RESPONSE = "first_response", "next_response"
_TURNS = (Status.NEW, Status.OPEN)
_KEPT_SECONDS = 5.0
_kept: tuple[float, "Promises"] | None = None


@dataclass(frozen=True, slots=True)
class Promises:
    """A policy as values: open time per kind of answer, and when the company is open."""

    first_response: timedelta
    next_response: timedelta
    resolution: timedelta
    hours: BusinessHours


@dataclass(frozen=True, slots=True)
class Turn:
    """What the promise depends on. due: the promise so far, as (moment, kind)."""

    status: str
    created_at: datetime
    first_response_at: datetime | None
    last_customer_at: datetime | None
    last_agent_at: datetime | None
    due: tuple[datetime | None, str] = (None, "")
    is_set_aside: bool = False


def next_due(turn: Turn, promises: Promises) -> tuple[datetime | None, str]:
    """The promise as it should be: (moment in UTC, kind), or (None, "") where it is not our turn.

    First the first response, counted from the beginning; after it the next response, counted from the first words of
    the customer that wait for one, so that writing again does not move it.
    """
    if turn.is_set_aside or turn.status not in _TURNS:
        return None, ""
    if turn.first_response_at is None:
        return _due(turn.created_at, promises.first_response, promises, FIRST_RESPONSE)
    if turn.last_customer_at is None or (turn.last_agent_at and turn.last_agent_at >= turn.last_customer_at):
        return None, ""
    if turn.due[0] is not None and turn.due[1] == NEXT_RESPONSE:
        return turn.due
    return _due(turn.last_customer_at, promises.next_response, promises, NEXT_RESPONSE)


def turn_of(ticket: Ticket) -> Turn:
    return Turn(
        status=ticket.status,
        created_at=ticket.created_at,
        first_response_at=ticket.first_response_at,
        last_customer_at=ticket.last_customer_at,
        last_agent_at=ticket.last_agent_at,
        due=(ticket.due_at, ticket.due_kind),
        is_set_aside=ticket.is_spam or ticket.merged_into_id is not None,
    )


def expected_answer(at: datetime | None = None) -> datetime | None:
    """When a request sent at this moment (now if empty) is answered; None where the company is never open."""
    current = promises()
    return _due(at or now(), current.first_response, current, FIRST_RESPONSE)[0]


def promises() -> Promises:
    """The default policy as values, kept for five seconds; one business day where no policy was made yet."""
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > _KEPT_SECONDS:
        kept = _kept = (time.monotonic(), _read())
    return kept[1]


def forget() -> None:
    """Read the policy afresh next time: for who changes it, and for tests."""
    global _kept
    _kept = None


def _read() -> Promises:
    policy = Policy.objects.select_related("calendar").filter(is_default=True).first() or Policy()
    calendar = policy.calendar or Calendar()
    return Promises(
        policy.first_response,
        policy.next_response,
        policy.resolution,
        calendar.hours(zone=company.get("zone")),
    )


def _due(start: datetime, target: timedelta, promises: Promises, kind: str) -> tuple[datetime | None, str]:
    try:
        return due_at(start, target, promises.hours), kind
    except NeverOpen:
        return None, ""
