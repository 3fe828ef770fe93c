"""A calendar's columns as opening hours, and what makes them impossible, in words. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from tugon.lib import opening

from .calendars import BusinessHours, Shift
from .calendars import stretches as open_stretches
from .holidays import ClosedDays, is_known

_MIDNIGHT = opening.MIDNIGHT
_STRETCH = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.h](\d{2}))?")

Stretches = list[list[str]]
"""[["09:00", "12:00"], …]; "00:00" or "24:00" at the end is midnight."""


class HoursImpossible(ValueError):
    """Nobody can be open so; the argument says why, in words."""


def hours_of(
    shifts: Mapping[str, Stretches],
    *,
    zone: str,
    country: str = "",
    subdivision: str = "",
    left_out: Mapping[str, Any] | list[str] = (),  # type: ignore[assignment]
    holidays: Mapping[str, Any] | None = None,
    exceptions: Mapping[str, Any] | None = None,
) -> BusinessHours:
    """The opening hours as values. Raises HoursImpossible for an unknown zone or country, stretches that overlap or end
    before they begin, and days that do not exist; hours that are never open are values like others.
    """
    place = opening.zone_or_none(zone)
    if place is None:
        raise HoursImpossible(_("There is no time zone “{zone}”.").format(zone=zone))
    if country and not is_known(country, subdivision):
        raise HoursImpossible(
            _("The holidays of “{country}” are not known.").format(country=f"{country} {subdivision}".strip())
        )
    if not set(shifts) <= set("0123456"):
        raise HoursImpossible(_("A week has the days 0 (Monday) to 6 (Sunday)."))
    return BusinessHours(
        place,
        {int(day): shifts_of(one, opening.day_name(int(day))) for day, one in shifts.items() if one},
        ClosedDays(
            country, subdivision, frozenset(map(_day, left_out)), frozenset(map(_day, holidays or {}))
        ),
        {_day(day): shifts_of(one.get("shifts", []), day) for day, one in (exceptions or {}).items()},
    )


def shifts_of(stretches: Stretches, day: str) -> tuple[Shift, ...]:
    """The stretches of one day in order. day: what the day is called, for the words. Raises HoursImpossible."""
    try:
        found = sorted(
            (Shift(_clock(start), _clock(end)) for start, end in stretches), key=lambda one: one.start
        )
    except (ValueError, TypeError, AttributeError):
        raise HoursImpossible(
            _("{day}: write hours such as 09:00–12:00, each ending after it begins.").format(day=day)
        ) from None
    if any(one.end == time(0) or one.end > other.start for one, other in pairwise(found)):
        raise HoursImpossible(_("{day}: two stretches overlap.").format(day=day))
    return tuple(found)


def require_open(hours: BusinessHours, *, on: date) -> None:
    """Raises HoursImpossible where no minute of the year after `on` is open."""
    midnight = datetime.combine(on, time(0), tzinfo=hours.zone)
    if next(open_stretches(midnight, hours), None) is None:
        raise HoursImpossible(_("These hours are never open. Give at least one day some hours."))


def week_from(written: Sequence[str]) -> dict[str, Stretches]:
    """The seven lines of a week editor, Monday first, as kept: "9–12, 13:00–17:00", "24h", empty where closed.

    A stretch that ends before it begins goes on into the next morning. Raises HoursImpossible, naming the day.
    """
    minutes: list[list[tuple[int, int]]] = [[] for _day in range(7)]
    for day, words in enumerate(written):
        for start, end in minutes_of(words, opening.day_name(day)):
            if end > start:
                minutes[day].append((start, end))
            else:
                minutes[day].append((start, _MIDNIGHT))
                if end:
                    minutes[(day + 1) % 7].append((0, end))
    week = {
        str(day): [[_written(start), _written(end)] for start, end in sorted(found)]
        for day, found in enumerate(minutes)
        if found
    }
    for key, stretches in week.items():
        shifts_of(stretches, opening.day_name(int(key)))
    return week


def minutes_of(words: str, day: str) -> list[tuple[int, int]]:
    """The stretches of one line in minutes after midnight, as written. day: for the words. Raises HoursImpossible."""
    clean = words.strip().lower()
    if clean in ("", "-", "–", "closed", _("closed").lower()):
        return []
    if clean in ("24h", "24 h", "all day", "0-24", "0–24"):
        return [(0, _MIDNIGHT)]
    found = []
    for part in re.split(r"[,;]| and ", clean):
        match = _STRETCH.fullmatch(part.strip())
        if match is None:
            raise HoursImpossible(
                _("{day}: “{words}” is not understood. Write hours such as 9:00–12:00, 13:00–17:00.").format(
                    day=day, words=part.strip()[:40]
                )
            )
        start, end = (
            int(match[number]) % 24 * 60 + int(match[number + 1] or 0) if match[number] != "24" else _MIDNIGHT
            for number in (1, 3)
        )
        is_clock = all(int(match[one] or 0) <= most for one, most in ((1, 23), (2, 59), (3, 24), (4, 59)))
        if not is_clock or end > _MIDNIGHT or start == end:
            raise HoursImpossible(_("{day}: there is no such time as “{words}”.").format(day=day, words=part))
        found.append((start, end))
    return found


def lines_of(shifts: Mapping[str, Stretches]) -> list[str]:
    """The seven lines of the editor for a week as kept."""
    return [line_of(shifts.get(str(day), [])) for day in range(7)]


def line_of(stretches: Stretches) -> str:
    """Stretches as one line: "09:00–12:00, 13:00–17:00"."""
    return ", ".join(f"{start}–{'24:00' if end == '00:00' else end}" for start, end in stretches)


def as_week(hours: BusinessHours) -> opening.Week:
    """The week alone, without holidays and exceptions, for words."""
    return opening.Week(
        tuple(
            tuple(
                (
                    one.start.hour * 60 + one.start.minute,
                    (one.end.hour * 60 + one.end.minute) or opening.MIDNIGHT,
                )
                for one in hours.shifts.get(day, ())
            )
            for day in range(7)
        )
    )


def _written(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _clock(words: str) -> time:
    hour, _colon, minute = words.partition(":")
    return time(0) if (hour, minute) == ("24", "00") else time.fromisoformat(words)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except (ValueError, TypeError):
        raise HoursImpossible(
            _("“{day}” is no day; write one such as 2026-12-24.").format(day=words)
        ) from None
