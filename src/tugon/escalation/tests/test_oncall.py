"""Who is on call, week by week, through clock changes and holidays of people."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tugon.escalation.oncall import Rotation, Stead, on_call, shift_bounds, whom_to_call

BERLIN = ZoneInfo("Europe/Berlin")
WEEKS = Rotation((1, 2, 3), date(2026, 1, 5), time(9), BERLIN)


def at(*parts, zone=BERLIN):
    return datetime(*parts, tzinfo=zone)


def test_each_week_is_anothers():
    assert [on_call(WEEKS, at(2026, 1, 5 + 7 * week, 10))[0] for week in range(4)] == [1, 2, 3, 1]


def test_the_next_one_begins_at_the_hour_and_not_before():
    assert on_call(WEEKS, at(2026, 1, 12, 8, 59))[0] == 1
    assert on_call(WEEKS, at(2026, 1, 12, 9))[0] == 2


def test_the_hour_stays_the_same_on_the_clock_when_the_clocks_change():
    """29 March 2026 has 23 hours in Berlin."""
    turns = Rotation((1, 2), date(2026, 3, 23), time(9), BERLIN)
    assert on_call(turns, at(2026, 3, 30, 8, 59))[0] == 1
    assert on_call(turns, at(2026, 3, 30, 9))[0] == 2


def test_who_stands_in_is_called_first_and_the_rest_follow():
    stead = Stead(9, at(2026, 1, 6), at(2026, 1, 7))
    turns = Rotation((1, 2, 3), date(2026, 1, 5), time(9), BERLIN, (stead,))
    assert on_call(turns, at(2026, 1, 6, 12)) == (9, 1, 2, 3)
    assert on_call(turns, at(2026, 1, 7, 12)) == (1, 2, 3)


def test_of_several_steads_the_last_one_counts():
    first, last = Stead(8, at(2026, 1, 6), at(2026, 1, 8)), Stead(9, at(2026, 1, 6), at(2026, 1, 7))
    turns = Rotation((1,), date(2026, 1, 5), time(9), BERLIN, (first, last))
    assert on_call(turns, at(2026, 1, 6, 12))[0] == 9
    assert on_call(turns, at(2026, 1, 7, 12))[0] == 8


def test_a_rotation_of_nobody_calls_nobody():
    turns = Rotation((), date(2026, 1, 5), time(9), BERLIN)
    assert on_call(turns, at(2026, 1, 6)) == ()
    assert whom_to_call((), calls_before=0, calls_each=2) is None


def test_each_is_called_so_often_before_the_next():
    calls = [whom_to_call((1, 2), calls_before=number, calls_each=2) for number in range(6)]
    assert calls == [1, 1, 2, 2, 1, 1]


moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
zones = st.sampled_from(["UTC", "Asia/Manila", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])


@given(moments, zones, st.integers(1, 7))
def test_somebody_is_always_on_call_and_everybody_follows_once(moment, zone, number):
    turns = Rotation(tuple(range(number)), date(2026, 1, 5), time(9), ZoneInfo(zone))
    assert sorted(on_call(turns, moment)) == list(range(number))


@given(moments, zones)
def test_a_turn_holds_for_a_week_around_its_moment(moment, zone):
    turns = Rotation((1, 2), date(2026, 1, 5), time(9), ZoneInfo(zone))
    begins, ends = shift_bounds(turns, moment)
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert begins.replace(tzinfo=None) <= local < ends.replace(tzinfo=None)
    assert ends.replace(tzinfo=None) - begins.replace(tzinfo=None) == timedelta(days=7)
    assert on_call(turns, moment) == on_call(turns, begins.astimezone(UTC))
