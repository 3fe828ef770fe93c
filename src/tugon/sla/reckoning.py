"""The clocks of one ticket: which run, which stand still, what is due when. Pure: the past in, the clocks out.

A clock starts once and is never set back. It stands still while somebody else has the turn; it ends when what was
promised is done, and goes on where that turns out to be undone (a reply taken back, a ticket opened again).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from .calendars import BusinessHours, NeverOpen, due_at, open_time

FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION = "first_response", "next_response", "resolution"
KINDS = (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION)


class State(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"


class Why(StrEnum):
    """Whose turn it is, or why the clock stands still."""

    WAITING = "waiting"
    HOLD = "hold"
    SOLVED = "solved"
    ASIDE = "aside"


_WHY = {"waiting": Why.WAITING, "hold": Why.HOLD, "solved": Why.SOLVED, "closed": Why.SOLVED}


@dataclass(frozen=True, slots=True)
class Pause:
    """since, until: aware; until is None while it lasts. state_id: the company's own word for it, if it has one."""

    since: datetime
    until: datetime | None
    why: str
    state_id: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What one kind of promise allows: a length of time, and the hours in which it is counted."""

    length: timedelta
    hours: BusinessHours
    target: str = ""


Terms = Mapping[str, Term]
"""Kind → term; a kind that is not there is not promised."""


@dataclass(frozen=True, slots=True)
class Course:
    """One clock. pauses: in order, not overlapping, the last one may last still. broken_at: the moment that passed
    while the promise was still owed; it stays broken whatever comes later.
    """

    kind: str
    cycle: int
    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    ended_at: datetime | None = None
    broken_at: datetime | None = None

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a ticket says about whose turn it is. since: from when promises count if none was made yet."""

    status: str
    since: datetime
    first_response_at: datetime | None
    last_customer_at: datetime | None
    last_agent_at: datetime | None
    solved_at: datetime | None = None
    state_id: int | None = None
    is_set_aside: bool = False

    @property
    def why(self) -> Why | None:
        """Why clocks stand still; None where it is our turn."""
        return Why.ASIDE if self.is_set_aside else _WHY.get(self.status)

    @property
    def is_done(self) -> bool:
        return self.why is Why.SOLVED

    @property
    def is_owed(self) -> bool:
        """Whether the customer's words came last."""
        last = self.last_customer_at
        return last is not None and (self.last_agent_at is None or self.last_agent_at < last)


def follow(turn: Turn, courses: Sequence[Course], terms: Terms, *, at: datetime) -> list[Course]:
    """The clocks as they should be now. courses: those known so far. What is right already stays the same object, so a
    repeat changes nothing.
    """
    known = {(course.kind, course.cycle): course for course in courses}
    found = []
    first = known.get((FIRST_RESPONSE, 1)) or _made(FIRST_RESPONSE, 1, turn, terms)
    if first is not None:
        found.append(_first(first, turn, at))
    found += _nexts([course for course in courses if course.kind == NEXT_RESPONSE], turn, terms, at)
    resolution = known.get((RESOLUTION, 1)) or _made(RESOLUTION, 1, turn, terms)
    if resolution is not None:
        found.append(_resolution(resolution, turn, at))
    return [
        # What ended is judged by the terms of its time.
        course
        if course.ended_at is not None and course == known.get((course.kind, course.cycle))
        else judged(course, terms.get(course.kind), at=at)
        for course in found
    ]


def due_of(course: Course, term: Term | None, *, less: timedelta = timedelta(0)) -> datetime | None:
    """When the promise is due, in UTC: the term's open time after the start, pauses left out. None where the clock
    stands still, nothing is promised, or nobody ever opens. less: so much open time before that.

    For a clock that ended: when it was due at its end.
    """
    if term is None:
        return None
    left, start = max(term.length - less, timedelta(seconds=1)), course.started_at
    try:
        for pause in course.pauses:
            if course.ended_at is not None and pause.since >= course.ended_at:
                break
            used = open_time(start, pause.since, term.hours)
            if used >= left:
                return due_at(start, left, term.hours)
            left -= used
            if pause.until is None:
                return None
            start = max(start, pause.until)
        return due_at(start, left, term.hours)
    except NeverOpen:
        return None


def used_of(course: Course, term: Term, *, at: datetime) -> timedelta:
    """How much of the promised time is used up: open time since the start, pauses left out."""
    end = course.ended_at or at
    total = open_time(course.started_at, end, term.hours)
    for pause in course.pauses:
        until = min(pause.until or end, end)
        total -= open_time(max(pause.since, course.started_at), until, term.hours)
    return total


def judged(course: Course, term: Term | None, *, at: datetime) -> Course:
    """With the break noted, if the promise was still owed when it became due."""
    if course.broken_at is not None:
        return course
    due = due_of(course, term)
    if due is None or (course.ended_at or at) <= due:
        return course
    return replace(course, broken_at=due)


def state_of(course: Course) -> State:
    if course.broken_at is not None:
        return State.BROKEN
    if course.ended_at is not None:
        return State.KEPT
    return State.PAUSED if course.pause else State.RUNNING


def _made(kind: str, cycle: int, turn: Turn, terms: Terms) -> Course | None:
    return Course(kind, cycle, turn.since) if kind in terms else None


def _first(course: Course, turn: Turn, at: datetime) -> Course:
    if turn.first_response_at is not None:
        return _ended(course, min(course.ended_at or turn.first_response_at, turn.first_response_at))
    return _settled(course, turn, at) if turn.is_done else _standing(course, turn, at)


def _resolution(course: Course, turn: Turn, at: datetime) -> Course:
    return _settled(course, turn, at) if turn.is_done else _standing(course, turn, at)


def _nexts(courses: list[Course], turn: Turn, terms: Terms, at: datetime) -> list[Course]:
    """Every message of a customer that waits for an answer begins one, unless one waits already."""
    done = list(courses[:-1])
    last = courses[-1] if courses else None
    if turn.first_response_at is None or not turn.is_owed:
        if last is not None and last.ended_at is None:
            last = _ended(last, max(turn.last_agent_at or at, last.started_at))
    elif turn.is_done:
        last = _settled(last, turn, at) if last is not None and last.ended_at is None else last
    elif last is not None and (last.ended_at is None or last.ended_at >= (turn.last_customer_at or at)):
        last = _standing(last, turn, at)
    elif NEXT_RESPONSE in terms and turn.last_customer_at is not None:
        done += [last] if last is not None else []
        last = _standing(Course(NEXT_RESPONSE, len(done) + 1, turn.last_customer_at), turn, at)
    return [*done, last] if last is not None else done


def _ended(course: Course, moment: datetime) -> Course:
    """Done at this moment: what stood still later does not count."""
    if course.ended_at == moment:
        return course
    pauses = tuple(
        replace(pause, until=min(pause.until or moment, moment))
        for pause in course.pauses
        if pause.since < moment
    )
    return replace(course, ended_at=moment, pauses=pauses)


def _settled(course: Course, turn: Turn, at: datetime) -> Course:
    """Solved: done, and from then on it is not our turn."""
    if course.ended_at is not None:
        return course
    moment = turn.solved_at or at
    course = _ended(course, moment)
    return replace(course, pauses=(*course.pauses, Pause(moment, None, Why.SOLVED, turn.state_id)))


def _standing(course: Course, turn: Turn, at: datetime) -> Course:
    """Not done: running where it is our turn, standing still otherwise."""
    why, pause = turn.why, course.pause
    if course.ended_at is not None:
        course = replace(course, ended_at=None)
    if pause is not None and why is not None and (pause.why, pause.state_id) == (why, turn.state_id):
        return course
    pauses = course.pauses
    if pause is not None:
        closed = (replace(pause, until=at),) if at > pause.since else ()
        pauses = (*pauses[:-1], *closed)
    if why is not None:
        pauses = (*pauses, Pause(max(at, course.started_at), None, why, turn.state_id))
    return course if pauses == course.pauses else replace(course, pauses=pauses)
