"""Opening hours and what they make of a length of time. Pure: values in, values out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HORIZON = 366
"""Days looked ahead for an open minute."""

MONDAY_TO_FRIDAY = range(5)


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


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a company is open.

    zone: where the clock hangs. shifts: weekday (Monday 0) → stretches in order, not overlapping; a day may have
    several. holidays: local days that are closed whatever the weekday.
    """

    zone: ZoneInfo
    shifts: Mapping[int, tuple[Shift, ...]]
    holidays: frozenset[date] = field(default_factory=frozenset)

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open stretches of one local day, as UTC moments. A shift inside a skipped hour is empty and left out."""
        if day in self.holidays:
            return []
        found = []
        for shift in self.shifts.get(day.weekday(), ()):
            ends_on = day + timedelta(days=1) if shift.end == time(0) else day
            start, end = self._utc(day, shift.start), self._utc(ends_on, shift.end)
            if start < end:
                found.append((start, end))
        return found

    def _utc(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)


def due_at(start: datetime, target: timedelta, hours: BusinessHours) -> datetime:
    """When `target` of open time will have passed since `start`.

    start: aware. target: open time, not wall time, > 0. Returns UTC. Opening hours are local to hours.zone: a
    09:00–17:00 day is 8 h also when clocks change, because none changes within it; a shift over the change is as long
    as it really is. A target that is used up exactly at closing is due then, not at the next opening.
    Raises NeverOpen if no minute within 366 days is open; ValueError for a target that is not positive.
    """
    if target <= timedelta(0):
        raise ValueError("A target must be longer than nothing")
    left = target
    for opened, closed in stretches(start, hours):
        if closed - opened >= left:
            return opened + left
        left -= closed - opened
    raise NeverOpen


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
        day += timedelta(days=1)
