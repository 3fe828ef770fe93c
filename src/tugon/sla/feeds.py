"""Calendars in the iCalendar format (RFC 5545): closed days read from a file, closed or open days given out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
from django.utils.translation import gettext as _

from .calendars import DAY, BusinessHours
from .errors import FeedUnreadable
from .holidays import ClosedDays, Names, between, named

MOST_BYTES = 1_000_000
MOST_EVENTS = 1_000
LONGEST = 62
"""Days of one event; a longer one is no holiday."""
YEARS = 4
"""So many years of what repeats every year are taken, the present one first."""


@dataclass(frozen=True, slots=True)
class Read:
    """days: day (ISO) → name. left_out: events that close no whole day (an hour long, weekly, cancelled)."""

    days: dict[str, str]
    left_out: int


def read(content: bytes, *, today: date) -> Read:
    """The whole days of a file. Raises FeedUnreadable in words."""
    if len(content) > MOST_BYTES:
        raise FeedUnreadable(reason=_("it is larger than a megabyte."))
    try:
        events = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise FeedUnreadable(reason=str(error)[:200]) from error
    if not events:
        raise FeedUnreadable(reason=_("there is no event in it."))
    if len(events) > MOST_EVENTS:
        raise FeedUnreadable(
            reason=_("there are more than {number} events in it.").format(number=MOST_EVENTS)
        )
    days: dict[str, str] = {}
    left_out = 0
    for event in events:
        found = list(_days(event, today))
        left_out += not found
        name = " ".join(str(event.get("SUMMARY", "")).split())[:120]
        days |= {day.isoformat(): name for day in found}
    return Read(dict(sorted(days.items())), left_out)


def _days(event: Any, today: date) -> Iterator[date]:
    """The days an event closes; none where it does not last whole days."""
    try:
        first = event.decoded("DTSTART")
        if isinstance(first, datetime) or str(event.get("STATUS", "")).upper() == "CANCELLED":
            return
        last = event.decoded("DTEND") - DAY if "DTEND" in event else first
        if "DURATION" in event and "DTEND" not in event:
            last = first + event.decoded("DURATION") - DAY
        length = (max(last, first) - first).days + 1
    except (KeyError, ValueError, TypeError, OverflowError):
        return
    if length > LONGEST:
        return
    for begin in _repeated(first, event.get("RRULE"), today):
        yield from (begin + step * DAY for step in range(length))


def _repeated(first: date, rule: Any, today: date) -> Iterator[date]:
    """Once, or on the same day of every year; other repetitions are no holidays we can tell."""
    if not rule:
        yield first
        return
    kind = str(rule.get("FREQ", [""])[0]).upper()
    plain = {"FREQ", "INTERVAL", "UNTIL", "COUNT", "WKST", "BYMONTH", "BYMONTHDAY"}
    months, days = rule.get("BYMONTH", [first.month]), rule.get("BYMONTHDAY", [first.day])
    if kind != "YEARLY" or set(rule) - plain or (int(months[0]), int(days[0])) != (first.month, first.day):
        return
    step, until = int(rule.get("INTERVAL", [1])[0]) or 1, rule.get("UNTIL", [None])[0]
    number = rule.get("COUNT", [None])[0]
    for turn in range(min(int(number or 500), 500)):
        year = first.year + turn * step
        if year > today.year + YEARS - 1:
            return
        try:
            day = first.replace(year=year)
        except ValueError:  # 29 February
            continue
        if until is not None and day > (until.date() if isinstance(until, datetime) else until):
            return
        if year >= today.year:
            yield day


@dataclass(frozen=True, slots=True)
class Closed:
    """A day on which the week alone would not be right. hours: its own, as ("09:00", "12:00"); closed where empty."""

    day: date
    name: str
    hours: tuple[tuple[str, str], ...] = ()
    is_own: bool = False


def closed_days(
    hours: BusinessHours,
    *,
    own: dict[str, Names | str],
    exceptions: dict[str, Any],
    first: date,
    last: date,
    language: str,
) -> list[Closed]:
    """Every closed day and exception from first to last (included), named, in order; an exception hides a holiday."""
    found: dict[date, Closed] = {}
    if isinstance(hours.holidays, ClosedDays):
        for day, names in between(hours.holidays, first, last):
            found[day] = Closed(day, named(names, language))
    for words, called in own.items():
        day = date.fromisoformat(words)
        if first <= day <= last:
            found[day] = Closed(day, named(called, language), is_own=True)
    for words, one in exceptions.items():
        day = date.fromisoformat(words)
        if first <= day <= last:
            shifts = tuple((shift[0], shift[1]) for shift in one.get("shifts", []))
            found[day] = Closed(day, str(one.get("name", "")), shifts, is_own=True)
    return [found[day] for day in sorted(found)]


def written(
    hours: BusinessHours, closed: list[Closed], *, name: str, key: str, first: date, last: date, is_open: bool
) -> bytes:
    """A feed to subscribe to: closed days as whole days, or every open stretch. key: makes the ids of the events."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//Tugon//Opening hours//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", hours.zone.key)
    calendar.add("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
    stamp = datetime.combine(first, datetime.min.time(), tzinfo=hours.zone)
    for one in _open_events(hours, first, last) if is_open else _closed_events(closed):
        one.add("UID", f"{one['DTSTART'].to_ical().decode()}-{key[:8]}@tugon")
        one.add("DTSTAMP", stamp)
        one.add("TRANSP", "TRANSPARENT")
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def _closed_events(closed: list[Closed]) -> Iterator[Any]:
    for one in closed:
        event = icalendar.Event()
        times = ", ".join(f"{start}–{end}" for start, end in one.hours)
        words = _("Open {hours}").format(hours=times) if times else _("Closed")
        event.add("SUMMARY", f"{words}: {one.name}" if one.name else words)
        event.add("DTSTART", one.day)
        event.add("DTEND", one.day + DAY)
        yield event


def _open_events(hours: BusinessHours, first: date, last: date) -> Iterator[Any]:
    day = first
    while day <= last:
        for start, end in hours.on(day):
            event = icalendar.Event()
            event.add("SUMMARY", _("Open"))
            event.add("DTSTART", start)
            event.add("DTEND", end)
            yield event
        day += timedelta(days=1)
