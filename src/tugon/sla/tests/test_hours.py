"""Calendars as people write them: weeks, holidays, exceptions, files; what is impossible is refused in words."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.sla import feeds, holidays
from tugon.sla.calendars import day_length, due_at
from tugon.sla.errors import FeedUnreadable
from tugon.sla.hours import HoursImpossible, hours_of, line_of, lines_of, require_open, shifts_of, week_from
from tugon.sla.targets import Target, TargetRefused

OFFICE = week_from(["9-17"] * 5 + ["", ""])


def test_a_week_is_written_in_lines():
    week = week_from(["9–12, 13:00–17:30", "9.00 to 12.00", "24h", "closed", "", "22:00–06:00", ""])
    assert week["0"] == [["09:00", "12:00"], ["13:00", "17:30"]]
    assert week["2"] == [["00:00", "00:00"]]
    assert "3" not in week
    assert week["5"] == [["22:00", "00:00"]]
    assert week["6"] == [["00:00", "06:00"]]
    assert lines_of(week)[0] == "09:00–12:00, 13:00–17:30"
    assert line_of(week["5"]) == "22:00–24:00"
    assert week_from(lines_of(week)) == week


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("9–12, 11–17", "Monday: two stretches overlap."),
        ("morning", "Monday: “morning” is not understood"),
        ("9–25", "Monday: there is no such time"),
        ("9:75–12", "Monday: there is no such time"),
        ("9–9", "Monday: there is no such time"),
    ],
)
def test_impossible_hours_are_refused_in_words(line, words):
    with pytest.raises(HoursImpossible, match=words[:20]):
        week_from([line, "", "", "", "", "", ""])


def test_a_night_must_not_run_into_the_next_morning():
    with pytest.raises(HoursImpossible, match="Tuesday: two stretches overlap"):
        week_from(["22–6", "5–12", "", "", "", "", ""])


@given(st.text(max_size=30))
def test_whatever_is_typed_is_understood_or_refused(line):
    try:
        week = week_from([line] + [""] * 6)
    except HoursImpossible:
        return
    hours_of(week, zone="UTC")


@pytest.mark.parametrize(
    "given",
    [
        {"zone": "Mars/Base"},
        {"zone": "UTC", "country": "XX"},
        {"zone": "UTC", "holidays": {"2026-02-30": "No day"}},
        {"zone": "UTC", "exceptions": {"2026-12-31": {"shifts": [["12:00", "09:00"]]}}},
    ],
)
def test_unknown_zones_countries_and_days_are_refused(given):
    with pytest.raises(HoursImpossible):
        hours_of(OFFICE, **given)


def test_hours_that_never_open_are_refused():
    with pytest.raises(HoursImpossible, match="never open"):
        require_open(hours_of({}, zone="UTC"), on=date(2026, 11, 22))


def test_a_countrys_holidays_are_closed_but_those_that_are_worked():
    hours = hours_of(OFFICE, zone="Asia/Manila", country="PH", left_out=["2026-11-30"])
    assert hours.on(date(2026, 12, 25)) == []
    assert hours.on(date(2026, 11, 30)) != []
    assert hours.on(date(2031, 12, 25)) == []


def test_holidays_have_names_in_both_languages():
    year = holidays.of_year("PH", "", 2026)
    assert year[date(2026, 12, 25)] == {"en": "Christmas Day", "fil": "Pasko"}
    assert holidays.named(holidays.of_year("DE", "BY", 2026)[date(2026, 1, 6)], "fil") == "Epiphany"


def test_an_exception_is_stronger_than_weekday_and_holiday():
    hours = hours_of(
        OFFICE,
        zone="UTC",
        holidays={"2026-12-24": "Closed", "2026-12-26": "A Saturday"},
        exceptions={"2026-12-24": {"shifts": [["09:00", "12:00"]]}, "2026-12-28": {"shifts": []}},
    )
    assert due_at(datetime(2026, 12, 24, 8, tzinfo=UTC), timedelta(hours=4), hours) == datetime(
        2026, 12, 25, 10, tzinfo=UTC
    )
    assert hours.on(date(2026, 12, 28)) == []


def test_a_business_day_is_as_long_as_most_days_of_the_calendar():
    assert day_length(hours_of(week_from(["9-12, 13-18"] * 5 + ["10-14", ""]), zone="UTC")) == timedelta(
        hours=8
    )
    assert day_length(hours_of(week_from(["8-22"] * 7), zone="UTC")) == timedelta(hours=14)
    assert day_length(hours_of({}, zone="UTC")) == timedelta(hours=8)


def test_targets_are_written_and_read():
    for words in ("1 business day", "30 minutes", "8 business hours", "2 days"):
        assert str(Target.read(words)) == words
    hours = hours_of(OFFICE, zone="UTC")
    assert Target.read("3 business days").length(hours) == timedelta(hours=24)
    assert Target.read("2 days").length(hours) == timedelta(days=2)
    assert Target.read("1 business day").in_words() == "1 business day"
    for words in ("", "0 days", "soon", "400 days", "-1 hours", "1 business week"):
        with pytest.raises(TargetRefused):
            Target.read(words)


ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:1\r
SUMMARY:Company days\r
DTSTART;VALUE=DATE:20261228\r
DTEND;VALUE=DATE:20261231\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
SUMMARY:Founding day\r
DTSTART;VALUE=DATE:20200229\r
RRULE:FREQ=YEARLY\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
SUMMARY:Meeting\r
DTSTART:20261201T090000Z\r
DTEND:20261201T100000Z\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_closed_days_are_read_from_a_file():
    found = feeds.read(ICS, today=date(2026, 11, 22))
    assert found.days == {
        "2026-12-28": "Company days",
        "2026-12-29": "Company days",
        "2026-12-30": "Company days",
        "2028-02-29": "Founding day",
    }
    assert found.left_out == 1


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\xfe\x00", b"x" * 2_000_000]
)
def test_what_is_no_calendar_is_refused_in_words(content):
    with pytest.raises(FeedUnreadable) as refusal:
        feeds.read(content, today=date(2026, 11, 22))
    assert refusal.value.message


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    whole = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + content + b"\r\nEND:VEVENT\r\nEND:VCALENDAR"
    with contextlib.suppress(FeedUnreadable):
        feeds.read(whole, today=date(2026, 1, 1))


def test_what_is_given_out_can_be_read_again():
    hours = hours_of(OFFICE, zone="Asia/Manila", country="PH")
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    closed = feeds.closed_days(
        hours, own={"2026-12-28": "Company day"}, exceptions={}, first=first, last=last, language="fil"
    )
    words = feeds.written(hours, closed, name="Sining", key="abc", first=first, last=last, is_open=False)
    assert b"Closed: Pasko" in words
    assert set(feeds.read(words, today=first).days) == {one.day.isoformat() for one in closed}
    opened = feeds.written(hours, closed, name="Sining", key="abc", first=first, last=last, is_open=True)
    assert opened.count(b"BEGIN:VEVENT") == sum(len(hours.on(date(2026, 12, day))) for day in range(1, 32))


def test_a_shift_says_how_long_it_is():
    [shift] = shifts_of([["22:00", "24:00"]], "Monday")
    assert shift.end == time(0)
    assert shift.length == timedelta(hours=2)
