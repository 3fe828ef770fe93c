"""Times in conditions: durations like "2 days", points like "2026-11-21", "2026-11-21T09:00" or "now". Pure."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .fields import POINTS, Operator

UNITS = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
"""Unit → minutes. A day is 24 hours."""

LONGEST = timedelta(days=36_500)
_DURATION = re.compile(r"(\d{1,7}) *(minute|hour|day|week)s?", re.IGNORECASE)


def duration(text: object) -> timedelta:
    """ "2 days" → timedelta. Raises ValueError in words."""
    match = _DURATION.fullmatch(str(text).strip())
    if not match:
        raise ValueError(_("give a time such as 30 minutes, 4 hours, 2 days or 3 weeks"))
    value = timedelta(minutes=int(match[1]) * UNITS[match[2].lower()])
    if value > LONGEST:
        raise ValueError(_("give a time of at most 100 years"))
    return value


def duration_words(text: str) -> str:
    """The duration in the language active now."""
    match = _DURATION.fullmatch(text)
    if not match:
        return text
    number = int(match[1])
    match match[2].lower():
        case "minute":
            words = ngettext("{number} minute", "{number} minutes", number)
        case "hour":
            words = ngettext("{number} hour", "{number} hours", number)
        case "day":
            words = ngettext("{number} day", "{number} days", number)
        case _:
            words = ngettext("{number} week", "{number} weeks", number)
    return words.format(number=number)


def canonical(text: object) -> str:
    """A point as it is kept: "now", a day, or a moment. Raises ValueError in words."""
    words = str(text).strip()
    if words.lower() in ("now", "today"):
        return words.lower()
    try:
        return (
            date.fromisoformat(words).isoformat()
            if len(words) <= 10
            else datetime.fromisoformat(words).isoformat()
        )
    except ValueError:
        raise ValueError(_("give a day such as 2026-11-21, or “now”")) from None


def moment(point: str, *, now: datetime, zone: str = "UTC") -> datetime:
    """The moment of a canonical point. Days begin at midnight in `zone`, an IANA name; unknown zones count as UTC."""
    if point == "now":
        return now
    place = zone_named(zone)
    if point == "today":
        return datetime.combine(now.astimezone(place).date(), time.min, place)
    if len(point) <= 10:
        return datetime.combine(date.fromisoformat(point), time.min, place)
    given = datetime.fromisoformat(point)
    return given if given.tzinfo else given.replace(tzinfo=place)


def zone_named(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def bounds(
    operator: Operator, value: str, *, now: datetime, zone: str
) -> tuple[datetime | None, datetime | None]:
    """A moment fits when low ≤ moment < high; None is no bound. "Within" takes in both of its ends."""
    if operator in POINTS:
        point = moment(value, now=now, zone=zone)
        return (None, point) if operator is Operator.BEFORE else (point, None)
    length, tick = duration(value), timedelta(microseconds=1)
    match operator:
        case Operator.OLDER:
            return None, now - length
        case Operator.WITHIN:
            return now - length, now + tick
        case _:
            return now, now + length + tick


def day_bounds(operator: Operator, value: str, *, now: datetime, zone: str) -> tuple[str | None, str | None]:
    """The same for custom dates, as ISO days in the zone: low ≤ day < high."""
    place, one = zone_named(zone), timedelta(days=1)

    def day(instant: datetime) -> str:
        return instant.astimezone(place).date().isoformat()

    if operator in POINTS:
        point = day(moment(value, now=now, zone=zone))
        return (None, point) if operator is Operator.BEFORE else (point, None)
    length = duration(value)
    match operator:
        case Operator.OLDER:
            return None, day(now - length)
        case Operator.WITHIN:
            return day(now - length), day(now + one)
        case _:
            return day(now), day(now + length + one)
