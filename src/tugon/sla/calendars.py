"""Opening hours and what they make of a length of time. Pure: values in, values out."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HORIZON = 366
"""Days looked ahead for an open minute."""

DAY = timedelta(days=1)


class NeverOpen(Exception):
    """No minute within 366 days is open: the hours are empty, or everything is a holiday."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One open stretch of a day, local time. `end` 00:00 means midnight at the day's end. `end` after `start`."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end != time(0) and self.end <= self.start:
            raise ValueError(f"A shift must end after it starts: {self.start}–{self.end}")

    @property
    def length(self) -> timedelta:
        """As the clock on the wall says; a change of clocks within it is not counted."""
        end = timedelta(hours=self.end.hour, minutes=self.end.minute) or DAY
        return end - timedelta(hours=self.start.hour, minutes=self.start.minute)


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a company is open.

    zone: where the clock hangs. shifts: weekday (Monday 0) → stretches in order, not overlapping; a day may have
    several. holidays: local days that are closed whatever the weekday. exceptions: local days with hours of their own,
    stronger than weekday and holiday.
    """

    zone: ZoneInfo
    shifts: Mapping[int, tuple[Shift, ...]]
    holidays: Container[date] = field(default_factory=frozenset)
    exceptions: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)

    def shifts_on(self, day: date) -> tuple[Shift, ...]:
        """The stretches of one local day, as written; empty where it is closed."""
        if day in self.exceptions:
            return self.exceptions[day]
        shifts = self.shifts.get(day.weekday(), ())
        return () if not shifts or day in self.holidays else shifts

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open stretches of one local day, as UTC moments. A shift inside a skipped hour is empty and left out."""
        found = []
        for shift in self.shifts_on(day):
            ends_on = day + DAY if shift.end == time(0) else day
            start, end = self._utc(day, shift.start), self._utc(ends_on, shift.end)
            if start < end:
                found.append((start, end))
        return found

    def _utc(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)


ALWAYS = BusinessHours(ZoneInfo("UTC"), dict.fromkeys(range(7), (Shift(time(0), time(0)),)))
"""Every minute: for promises that count as the calendar on the wall does."""


def due_at(start: datetime, target: timedelta, hours: BusinessHours) -> datetime:
    """When `target` of open time will have passed since `start`.

    start: aware. target: open time, not wall time, > 0. Returns UTC. Opening hours are local to hours.zone: a
    09:00–17:00 day is 8 h also when clocks change, because none changes within it; a shift over the change is as long
    as it really is. A target that is used up exactly at closing is due then, not at the next opening.
    Raises NeverOpen if no minute within 366 days is open; ValueError for a target that is not positive.
    """
    if target <= timedelta(0):
        raise ValueError("A target must be longer than nothing")
    if hours is ALWAYS:
        return start.astimezone(UTC) + target
    left = target
    for opened, closed in stretches(start, hours):
        if closed - opened >= left:
            return opened + left
        left -= closed - opened
    raise NeverOpen


def open_time(start: datetime, end: datetime, hours: BusinessHours) -> timedelta:
    """How much open time lies between two aware moments; nothing where `end` is not after `start`."""
    total = timedelta(0)
    if end <= start:
        return total
    if hours is ALWAYS:
        return end - start
    day, last = start.astimezone(hours.zone).date(), end.astimezone(hours.zone).date()
    while day <= last:
        for opened, closed in hours.on(day):
            total += max(timedelta(0), min(closed, end) - max(opened, start))
        day += DAY
    return total


def stretches(start: datetime, hours: BusinessHours) -> Iterator[tuple[datetime, datetime]]:
    """Open stretches from `start` on, as UTC moments in order; ends after 366 days without an open minute."""
    day = start.astimezone(hours.zone).date()
    empty = 0
    while empty <= HORIZON:
        empty += 1
        for opened, closed in hours.on(day):
            if closed > start:
                empty = 0
                yield max(opened, start.astimezone(UTC)), closed
        day += DAY


def day_length(hours: BusinessHours) -> timedelta:
    """What "one business day" means here: the open time that most open weekdays have, the longer where two are as
    frequent; eight hours where none is open.
    """
    lengths = Counter(
        sum((shift.length for shift in shifts), timedelta(0)) for shifts in hours.shifts.values() if shifts
    )
    if not lengths:
        return timedelta(hours=8)
    return max(lengths, key=lambda length: (lengths[length], length))
