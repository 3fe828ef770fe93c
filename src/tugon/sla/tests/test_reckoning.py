"""Clocks follow a ticket: they stand still while it is not our turn, go on where something is undone, and agree with a
model that counts every minute.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tugon.sla.calendars import ALWAYS, BusinessHours, Shift, due_at, open_time
from tugon.sla.counting import Happening, count
from tugon.sla.reckoning import (
    FIRST_RESPONSE,
    NEXT_RESPONSE,
    RESOLUTION,
    Course,
    State,
    Term,
    Turn,
    due_of,
    follow,
    state_of,
    used_of,
)

H = timedelta(hours=1)
OFFICE = {day: (Shift(time(9), time(17)),) for day in range(5)}
HOURS = BusinessHours(ZoneInfo("UTC"), OFFICE)
TERMS = {
    FIRST_RESPONSE: Term(8 * H, HOURS),
    NEXT_RESPONSE: Term(8 * H, HOURS),
    RESOLUTION: Term(24 * H, HOURS),
}
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Played:
    """A ticket to which things happen, followed by clocks as the handlers do it."""

    def __init__(self, terms, at):
        self.terms = terms
        self.turn = Turn("new", at, None, at, None)
        self.courses = follow(self.turn, [], terms, at=at)
        self.at = at

    def happens(self, what, at):
        turn = self.turn
        match what:
            case "wrote":
                self.turn = replace(turn, last_customer_at=at)
                self.look(at) if turn.status in ("new", "open") else None
                if turn.status not in ("new", "open"):
                    self.happens("open", at)
            case "replied":
                first = turn.first_response_at or at
                self.turn = replace(turn, first_response_at=first, last_agent_at=at)
                self.look(at)
            case status:
                solved = (turn.solved_at or at) if status in ("solved", "closed") else None
                self.turn = replace(turn, status=status, solved_at=solved)
                self.look(at)

    def look(self, at):
        self.at = at
        self.courses = follow(self.turn, self.courses, self.terms, at=at)

    def __getitem__(self, key):
        kind, cycle = key if isinstance(key, tuple) else (key, 1)
        return next((one for one in self.courses if (one.kind, one.cycle) == (kind, cycle)), None)


def test_a_new_ticket_promises_an_answer_and_a_solution():
    ticket = Played(TERMS, MONDAY)
    assert due_of(ticket[FIRST_RESPONSE], TERMS[FIRST_RESPONSE]) == MONDAY + 8 * H
    assert due_of(ticket[RESOLUTION], TERMS[RESOLUTION]) == MONDAY + timedelta(days=2) + 8 * H
    assert ticket[NEXT_RESPONSE] is None


def test_the_clock_stands_still_while_the_customer_has_the_turn():
    ticket = Played(TERMS, MONDAY)
    ticket.happens("replied", MONDAY + H)
    ticket.happens("waiting", MONDAY + H)
    assert due_of(ticket[RESOLUTION], TERMS[RESOLUTION]) is None
    assert state_of(ticket[RESOLUTION]) is State.PAUSED
    ticket.happens("wrote", MONDAY + 3 * H)
    assert due_of(ticket[RESOLUTION], TERMS[RESOLUTION]) == MONDAY + timedelta(days=3) + 2 * H
    assert used_of(ticket[RESOLUTION], TERMS[RESOLUTION], at=MONDAY + 4 * H) == 2 * H
    [pause] = ticket[RESOLUTION].pauses
    assert (pause.why, pause.until - pause.since) == ("waiting", 2 * H)


def test_a_reopened_ticket_goes_on_where_it_stood():
    ticket = Played(TERMS, MONDAY)
    ticket.happens("replied", MONDAY + H)
    ticket.happens("solved", MONDAY + 2 * H)
    assert state_of(ticket[RESOLUTION]) is State.KEPT
    ticket.happens("wrote", MONDAY + timedelta(days=7))
    assert state_of(ticket[RESOLUTION]) is State.RUNNING
    assert ticket[RESOLUTION].started_at == MONDAY
    left = TERMS[RESOLUTION].length - used_of(
        ticket[RESOLUTION], TERMS[RESOLUTION], at=MONDAY + timedelta(days=7)
    )
    assert left == 22 * H
    assert ticket[NEXT_RESPONSE, 1].started_at == MONDAY + timedelta(days=7)


def test_writing_again_does_not_move_the_next_answer():
    ticket = Played(TERMS, MONDAY)
    ticket.happens("replied", MONDAY + H)
    ticket.happens("wrote", MONDAY + 2 * H)
    due = due_of(ticket[NEXT_RESPONSE], TERMS[NEXT_RESPONSE])
    ticket.happens("wrote", MONDAY + 5 * H)
    assert due_of(ticket[NEXT_RESPONSE], TERMS[NEXT_RESPONSE]) == due
    assert ticket[NEXT_RESPONSE, 2] is None
    ticket.happens("replied", MONDAY + 6 * H)
    ticket.happens("wrote", MONDAY + 7 * H)
    assert state_of(ticket[NEXT_RESPONSE, 1]) is State.KEPT
    assert ticket[NEXT_RESPONSE, 2].started_at == MONDAY + 7 * H


def test_a_reply_taken_back_is_still_owed():
    ticket = Played(TERMS, MONDAY)
    ticket.happens("replied", MONDAY + H)
    ticket.turn = replace(ticket.turn, first_response_at=None, last_agent_at=None)
    ticket.look(MONDAY + H + timedelta(seconds=5))
    assert state_of(ticket[FIRST_RESPONSE]) is State.RUNNING
    assert due_of(ticket[FIRST_RESPONSE], TERMS[FIRST_RESPONSE]) == MONDAY + 8 * H


def test_what_was_broken_stays_broken_though_it_is_done_later():
    ticket = Played(TERMS, MONDAY)
    ticket.look(MONDAY + 9 * H)
    assert ticket[FIRST_RESPONSE].broken_at == MONDAY + 8 * H
    ticket.happens("replied", MONDAY + timedelta(days=1))
    assert state_of(ticket[FIRST_RESPONSE]) is State.BROKEN
    assert ticket[FIRST_RESPONSE].ended_at == MONDAY + timedelta(days=1)


def test_another_policy_counts_from_the_same_start():
    ticket = Played(TERMS, MONDAY)
    ticket.terms = {**TERMS, FIRST_RESPONSE: Term(2 * H, ALWAYS)}
    ticket.look(MONDAY + H)
    assert due_of(ticket[FIRST_RESPONSE], ticket.terms[FIRST_RESPONSE]) == MONDAY + 2 * H


def test_spam_and_merged_tickets_owe_nothing_until_they_come_back():
    ticket = Played(TERMS, MONDAY)
    ticket.turn = replace(ticket.turn, is_set_aside=True)
    ticket.look(MONDAY + H)
    assert due_of(ticket[FIRST_RESPONSE], TERMS[FIRST_RESPONSE]) is None
    ticket.turn = replace(ticket.turn, is_set_aside=False)
    ticket.look(MONDAY + 3 * H)
    assert due_of(ticket[FIRST_RESPONSE], TERMS[FIRST_RESPONSE]) == MONDAY + timedelta(days=1) + 2 * H


ZONES = ["Asia/Manila", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]
STARTS = [
    datetime(2026, 3, 26, tzinfo=UTC),  # before Europe's clocks go forward
    datetime(2026, 10, 22, tzinfo=UTC),  # and back
    datetime(2026, 3, 6, tzinfo=UTC),  # North America
    datetime(2026, 4, 3, tzinfo=UTC),  # Lord Howe, by half an hour
    datetime(2026, 6, 15, tzinfo=UTC),
]


@st.composite
def calendars(draw):
    shifts = {}
    for day in range(7):
        marks = sorted(draw(st.sets(st.integers(0, 96), max_size=4)))
        marks = marks[: len(marks) // 2 * 2]
        clock = [time(mark // 4 % 24, mark % 4 * 15) for mark in marks]
        shifts[day] = tuple(Shift(a, b) for a, b in zip(clock[::2], clock[1::2], strict=True))
    days = st.dates(date(2026, 3, 1), date(2026, 11, 1))
    return BusinessHours(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        shifts,
        draw(st.frozensets(days, max_size=5)),
        draw(st.dictionaries(days, st.just((Shift(time(10), time(12)),)), max_size=3)),
    )


@st.composite
def stories(draw):
    """A start, then gaps in minutes with what happens after each."""
    start = draw(st.sampled_from(STARTS)) + timedelta(minutes=draw(st.integers(0, 3000)))
    steps = draw(
        st.lists(
            st.tuples(
                st.integers(1, 1500),
                st.sampled_from(["wrote", "replied", "waiting", "hold", "open", "solved", "closed"]),
            ),
            max_size=9,
        )
    )
    found, at = [], start
    for gap, what in steps:
        at += timedelta(minutes=gap)
        found.append((at, what))
    return start, found, at + timedelta(minutes=draw(st.integers(1, 2000)))


lengths = st.integers(1, 3000).map(lambda minutes: timedelta(minutes=minutes))


@settings(max_examples=60, deadline=None)
@given(stories(), calendars(), st.lists(lengths, min_size=3, max_size=3), st.booleans())
def test_clocks_agree_with_a_model_that_counts_every_minute(story, hours, allowed, by_wall_clock):
    start, steps, until = story
    clock = ALWAYS if by_wall_clock else hours
    terms = {kind: Term(length, clock) for kind, length in zip(TERMS, allowed, strict=True)}
    ticket = Played(terms, start)
    told = [Happening(start, "opened")]
    for at, what in steps:
        opens = what == "wrote" and ticket.turn.status not in ("new", "open")
        ticket.happens(what, at)
        told += [Happening(at, what), *([Happening(at, "open")] if opens else [])]
    ticket.look(until)
    counted = count(told, terms, until=until)
    assert {(one.kind, one.cycle) for one in ticket.courses} == set(counted)
    for course in ticket.courses:
        slow = counted[course.kind, course.cycle]
        assert course.ended_at == slow.ended_at
        assert (course.broken_at is not None) == slow.is_broken, course
        if slow.is_broken:
            assert course.broken_at == slow.due_at
        elif course.ended_at is None:
            used = used_of(course, terms[course.kind], at=until)
            assert used == timedelta(minutes=slow.used)
            due = due_of(course, terms[course.kind])
            if due is not None and due > until:
                assert open_time(until, due, clock) == terms[course.kind].length - used


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STARTS), calendars(), lengths, st.lists(st.integers(1, 600), max_size=8))
def test_pauses_only_ever_push_the_due_moment_back(start, hours, length, gaps):
    from tugon.sla.calendars import NeverOpen
    from tugon.sla.reckoning import Pause

    try:
        plain = due_at(start, length, hours)
    except NeverOpen:
        return
    at, pauses = start, []
    for number, gap in enumerate(gaps):
        later = at + timedelta(minutes=gap)
        if number % 2:
            pauses.append(Pause(at, later, "waiting"))
        at = later
    due = due_of(Course(FIRST_RESPONSE, 1, start, tuple(pauses)), Term(length, hours))
    assert due is None or due >= plain
