"""A calendar's columns as opening hours, and what makes them impossible, in words. Pure."""

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from tugon.lib import opening

from .calendars import BusinessHours, Shift
from .holidays import ClosedDays, is_known

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
    from .calendars import stretches

    midnight = _at(on, hours)
    if next(stretches(midnight, hours), None) is None:
        raise HoursImpossible(_("These hours are never open. Give at least one day some hours."))


def _at(day: date, hours: BusinessHours) -> Any:
    from datetime import datetime

    return datetime.combine(day, time(0), tzinfo=hours.zone)


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
