"""The one writer of clocks: what `reckoning` says becomes rows, facts and the ticket's next promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from tugon.database.inserting import run
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from .choosing import Chosen
from .events import PromiseBroken, PromiseKept, PromiseMade
from .models import Clock, written
from .reckoning import Course, State, Term, Turn, due_of, follow, state_of

STEPS = 3
"""Agents are warned, the customer is told, the promise breaks."""
SHORTEST_WARNING, LONGEST_WARNING = timedelta(minutes=10), timedelta(hours=4)

_INSERT = """
INSERT INTO sla_clock (ticket_id, kind, cycle, policy_id, target, state, started_at, due_at, pauses, ended_at,
  broken_at, look_at, steps)
VALUES {places} ON CONFLICT (ticket_id, kind, cycle) DO NOTHING RETURNING id
"""
_PLACE = (
    "(%s::bigint, %s::text, %s::smallint, %s::bigint, %s::text, %s::text, %s::timestamptz, %s::timestamptz, %s::jsonb,"
    " %s::timestamptz, %s::timestamptz, %s::timestamptz, 0)"
)
_COLUMNS = ("policy_id", "target", "state", "due_at", "pauses", "ended_at", "broken_at", "look_at")


def turn_of(ticket: Ticket, *, since: datetime | None = None) -> Turn:
    """since: from when promises count if none was made yet; the ticket's beginning if empty."""
    return Turn(
        status=ticket.status,
        since=since or ticket.created_at,
        first_response_at=ticket.first_response_at,
        last_customer_at=ticket.last_customer_at,
        last_agent_at=ticket.last_agent_at,
        solved_at=ticket.solved_at,
        state_id=ticket.state_id,
        is_set_aside=ticket.is_spam or ticket.merged_into_id is not None,
    )


def bring_up_to_date(
    ticket: Ticket, clocks: Sequence[Clock], policy: Chosen, *, since: datetime | None = None
) -> list[Clock]:
    """Follow the ticket with its clocks; returns them as they are now. Nothing is written where nothing changed.

    clocks: all that the ticket has; none for one that has just been opened. In the transaction of what happened.
    """
    moment = now()
    known = {(one.kind, one.cycle): one for one in clocks}
    courses = follow(turn_of(ticket, since=since), [one.course() for one in clocks], policy.terms, at=moment)
    rows, made, changed = [], [], []
    for course in courses:
        row = known.get((course.kind, course.cycle))
        if row is None:
            row = Clock(ticket=ticket, kind=course.kind, cycle=course.cycle, started_at=course.started_at)
            made.append(row)
        elif course.ended_at is not None and course == row.course():
            rows.append(row)
            continue
        before = {name: getattr(row, name) for name in _COLUMNS}
        _fill(row, course, policy)
        if row.pk is not None and any(before[name] != getattr(row, name) for name in _COLUMNS):
            changed.append((row, before))
        rows.append(row)
    if made:
        _insert(made)
    for row, _before in changed:
        row.save(update_fields=[name.removesuffix("_id") for name in _COLUMNS])
    _name_the_next(ticket, rows)
    _tell(ticket, made, changed, policy)
    return rows


def next_of(rows: Sequence[Clock]) -> tuple[datetime | None, str]:
    """The soonest promise that is still owed."""
    owed = [(row.due_at, row.kind) for row in rows if row.ended_at is None and row.due_at is not None]
    return min(owed, default=(None, ""))


def first_clocks(ticket: Ticket, policy: Chosen) -> list[Clock]:
    """The clocks of a ticket that is about to be written; not saved."""
    rows = []
    for course in follow(turn_of(ticket), [], policy.terms, at=now()):
        row = Clock(ticket=ticket, kind=course.kind, cycle=course.cycle, started_at=course.started_at)
        _fill(row, course, policy)
        rows.append(row)
    return rows


def write_first(ticket: Ticket, rows: list[Clock]) -> None:
    """Write what `first_clocks` made, once the ticket has its number. One statement; that it opened says the rest."""
    for row in rows:
        row.ticket = ticket
    if not rows:
        return
    _insert(rows)
    if rows[0].pk is None:
        # A reaction before this one changed the ticket, and its clocks were made then.
        found = run("SELECT due_at, due_kind FROM tickets_ticket WHERE id = %s::bigint", [ticket.pk])
        ticket.due_at, ticket.due_kind = found[0]


def step_moments(course: Course, term: Term | None) -> tuple[datetime, ...]:
    """When agents are warned, the customer is told, and the promise breaks; nothing where the clock stands still."""
    due = due_of(course, term)
    if term is None or due is None or course.ended_at is not None:
        return ()
    told = (due_of(course, term, less=length(term)) for length in (warning_of, notice_of))
    return (*(one or due for one in told), due)


def look_at(row: Clock, course: Course, term: Term | None) -> datetime | None:
    """When the next step is to be done."""
    if row.steps >= STEPS or row.due_at is None or course.ended_at is not None or term is None:
        return None
    match row.steps:
        case 0:
            return due_of(course, term, less=warning_of(term))
        case 1:
            return due_of(course, term, less=notice_of(term))
        case _:
            return row.due_at


def warning_of(term: Term) -> timedelta:
    """How much of the time is left when agents are warned: a quarter, ten minutes at least and four hours at most."""
    return min(max(term.length / 4, SHORTEST_WARNING), LONGEST_WARNING, term.length * 9 / 10)


def notice_of(term: Term) -> timedelta:
    """How much is left when the customer is told: a third of the warning, so that it can still be kept before."""
    return warning_of(term) / 3


def _fill(row: Clock, course: Course, policy: Chosen) -> None:
    term = policy.terms.get(course.kind)
    row.policy_id, row.target = policy.pk, term.target if term else ""
    row.state, row.due_at = state_of(course), due_of(course, term)
    row.pauses, row.ended_at, row.broken_at = written(course.pauses), course.ended_at, course.broken_at
    row.look_at = look_at(row, course, term)


def _insert(rows: list[Clock]) -> None:
    """All of them in one statement. Those that somebody wrote meanwhile get no id and are left as they are."""
    values: list[Any] = []
    for row in rows:
        values += [
            row.ticket_id, row.kind, row.cycle, row.policy_id, row.target, str(row.state), row.started_at,
            row.due_at, Jsonb(row.pauses), row.ended_at, row.broken_at, row.look_at,
        ]  # fmt: skip
    found = run(_INSERT.format(places=", ".join([_PLACE] * len(rows))), values)
    if len(found) == len(rows):
        for row, (pk,) in zip(rows, found, strict=True):
            row.pk = pk
            row._state.adding = False


def _name_the_next(ticket: Ticket, rows: Sequence[Clock]) -> None:
    moment, kind = next_of(rows)
    if (moment, kind) != (ticket.due_at, ticket.due_kind):
        run(
            "UPDATE tickets_ticket SET due_at = %s::timestamptz, due_kind = %s::text WHERE id = %s::bigint",
            [moment, kind, ticket.pk],
        )
        # The row at hand goes on to other reactions, which may name the promise.
        ticket.due_at, ticket.due_kind = moment, kind


def _tell(
    ticket: Ticket, made: list[Clock], changed: Sequence[tuple[Clock, Mapping[str, Any]]], policy: Chosen
) -> None:
    """The facts of what was written."""
    new = [row for row in made if row.pk is not None]
    if new:
        due = {row.kind: row.due_at.isoformat() if row.due_at else None for row in new}
        record(PromiseMade(ticket_id=ticket.pk, due=due, policy_id=policy.pk), by=SYSTEM)
    for row, before in [*((row, {"broken_at": None, "ended_at": None}) for row in new), *changed]:
        said: dict[str, Any] = {"ticket_id": ticket.pk, "clock_id": row.pk, "kind": row.kind}
        said["policy_id"] = row.policy_id
        if row.broken_at is not None and before["broken_at"] is None:
            record(PromiseBroken(due_at=row.broken_at, **said), by=SYSTEM)
        elif row.state == State.KEPT and before["ended_at"] is None and row.ended_at is not None:
            record(PromiseKept(**said), by=SYSTEM)
