"""Opening hours: what a length of open time means on the wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.sla.calendars import BusinessHours, NeverOpen, Shift, due_at, open_time, stretches

OFFICE = {day: (Shift(time(9), time(17)),) for day in range(5)}
MANILA = BusinessHours(ZoneInfo("Asia/Manila"), OFFICE)
H = timedelta(hours=1)


def manila(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Manila"))


def test_a_target_within_the_day_is_due_that_day():
    assert due_at(manila(2026, 11, 20, 10), 3 * H, MANILA) == manila(2026, 11, 20, 13)


def test_what_is_left_at_closing_goes_on_after_the_weekend():
    assert due_at(manila(2026, 11, 20, 16), 3 * H, MANILA) == manila(2026, 11, 23, 11)


def test_a_target_used_up_at_closing_is_due_at_closing():
    assert due_at(manila(2026, 11, 20, 16), H, MANILA) == manila(2026, 11, 20, 17)


def test_a_request_at_night_counts_from_the_opening():
    assert due_at(manila(2026, 11, 18, 23), 8 * H, MANILA) == manila(2026, 11, 19, 17)


def test_holidays_are_passed_over():
    hours = BusinessHours(MANILA.zone, OFFICE, frozenset({date(2026, 11, 30)}))
    assert due_at(manila(2026, 11, 27, 16), 2 * H, hours) == manila(2026, 12, 1, 10)


def test_a_day_may_have_several_shifts_and_end_at_midnight():
    split = {5: (Shift(time(8), time(12)), Shift(time(22), time(0)))}
    hours = BusinessHours(ZoneInfo("UTC"), split)
    assert due_at(datetime(2026, 11, 21, 11, tzinfo=UTC), 2 * H, hours) == datetime(
        2026, 11, 21, 23, tzinfo=UTC
    )


def test_a_shift_over_the_change_of_clocks_is_as_long_as_it_really_is():
    night = BusinessHours(ZoneInfo("Europe/Berlin"), {6: (Shift(time(0), time(6)),)})
    [(opened, closed)] = night.on(date(2026, 10, 25))
    assert closed - opened == 7 * H
    [(opened, closed)] = night.on(date(2026, 3, 29))
    assert closed - opened == 5 * H


def test_an_office_day_is_eight_hours_also_when_clocks_change():
    berlin = BusinessHours(ZoneInfo("Europe/Berlin"), dict.fromkeys(range(7), (Shift(time(9), time(17)),)))
    start = datetime(2026, 10, 24, 9, tzinfo=berlin.zone)
    assert due_at(start, 16 * H, berlin) == datetime(2026, 10, 25, 17, tzinfo=berlin.zone)


def test_hours_that_are_never_open_are_told():
    with pytest.raises(NeverOpen):
        due_at(manila(2026, 11, 20, 10), H, BusinessHours(MANILA.zone, {}))
    always_closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(1200))
    with pytest.raises(NeverOpen):
        due_at(manila(2026, 11, 20, 10), H, BusinessHours(MANILA.zone, OFFICE, always_closed))


def test_a_target_of_nothing_and_a_shift_backwards_are_refused():
    with pytest.raises(ValueError):
        due_at(manila(2026, 11, 20, 10), timedelta(0), MANILA)
    with pytest.raises(ValueError):
        Shift(time(17), time(9))


ZONES = st.sampled_from(
    ["Asia/Manila", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]
)


@st.composite
def hours(draw: st.DrawFn) -> BusinessHours:
    shifts = {}
    for day in range(7):
        marks = sorted(draw(st.sets(st.integers(0, 95), max_size=4)))
        marks = marks[: len(marks) // 2 * 2]
        clock = [time(mark // 4, mark % 4 * 15) for mark in marks]
        shifts[day] = tuple(Shift(start, end) for start, end in zip(clock[::2], clock[1::2], strict=True))
    return BusinessHours(ZoneInfo(draw(ZONES)), shifts)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
targets = st.integers(1, 5000).map(lambda minutes: timedelta(minutes=minutes))


@given(moments, targets, hours())
def test_exactly_the_target_of_open_time_lies_before_the_due_moment(start, target, when_open):
    try:
        due = due_at(start, target, when_open)
    except NeverOpen:
        return
    assert due > start
    assert open_time(start, due, when_open) == target


@given(moments, targets, targets, hours())
def test_a_longer_target_is_never_due_earlier(start, one, more, when_open):
    try:
        assert due_at(start, one, when_open) < due_at(start, one + more, when_open)
    except NeverOpen:
        return


@given(moments, hours())
def test_open_stretches_come_in_order_and_never_overlap(start, when_open):
    last = start
    for number, (opened, closed) in enumerate(stretches(start, when_open)):
        assert last <= opened < closed
        last = closed
        if number > 20:
            break
