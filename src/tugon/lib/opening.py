"""Weekly opening hours as people write them: "Mon–Fri 08:00–20:00; Sat 09:00–13:00".

Pure: text in, values out. A stretch ends after it begins and before or at midnight (24:00); a night shift is two
stretches. Days are those of the zone that the hours are written for.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError, dates
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MIDNIGHT = 24 * 60
_DASH = r"\s*(?:-|–|—|to)\s*"
_DAY = "|".join(f"{day}[a-z]*" for day in DAYS)
_PART = re.compile(
    rf"^(?P<days>daily|every day|(?:{_DAY})(?:(?:{_DASH}|\s*,\s*)(?:{_DAY}))*)\s+(?P<times>[\d:.,\s–—-]+|all day|24h)$",
    re.IGNORECASE,
)
_STRETCH = re.compile(rf"^(\d{{1,2}})[:.](\d{{2}}){_DASH}(\d{{1,2}})[:.](\d{{2}})$")


class HoursRefused(ValueError):
    """These are no opening hours; the argument is the part that was not understood."""


@dataclass(frozen=True, slots=True)
class Week:
    """Stretches of minutes since midnight by weekday (Monday 0), in order, not overlapping."""

    days: tuple[tuple[tuple[int, int], ...], ...]

    def is_open(self, local: datetime) -> bool:
        """local: a moment on the clock of the zone the hours are written for."""
        minute = local.hour * 60 + local.minute
        return any(begin <= minute < end for begin, end in self.days[local.weekday()])

    def closes_at(self, local: datetime) -> datetime | None:
        """The end of the stretch that is open now, on the same clock; across midnight where the next day goes on."""
        if not self.is_open(local):
            return None
        moment = local
        for _step in range(8):
            minute = moment.hour * 60 + moment.minute
            ends = [end for begin, end in self.days[moment.weekday()] if begin <= minute < end]
            if not ends:
                return moment
            midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            moment = midnight + timedelta(minutes=ends[0])
            if ends[0] < MIDNIGHT:
                return moment
        return None  # never closes

    def opens_at(self, local: datetime) -> datetime | None:
        """The next moment at which it opens, on the same clock, within a week; None where it never does."""
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        for ahead in range(8):
            for begin, _end in self.days[(local.weekday() + ahead) % 7]:
                moment = midnight + timedelta(days=ahead, minutes=begin)
                if moment > local:
                    return moment
        return None


def read(text: str) -> Week:
    """Understand hours as people write them. Raises HoursRefused with the part that was not understood."""
    days: list[list[tuple[int, int]]] = [[] for _day in DAYS]
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if not parts:
        raise HoursRefused(text)
    for part in parts:
        match = _PART.match(part)
        if match is None:
            raise HoursRefused(part)
        stretches = _stretches(match["times"], part)
        for day in _days(match["days"]):
            days[day] += stretches
    return Week(tuple(_ordered(stretches, text) for stretches in days))


def write(week: Week, *, language: str = "en") -> str:
    """The hours in words: days with the same hours together, clocks as the language writes them.

    "Mon–Fri 8:00 AM – 8:00 PM; Sat 9:00 AM – 1:00 PM". In the form that `read` takes where language is "".
    """
    groups: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
    for day, stretches in enumerate(week.days):
        if stretches and groups and groups[-1][2] == stretches and groups[-1][1] == day - 1:
            groups[-1] = (groups[-1][0], day, stretches)
        elif stretches:
            groups.append((day, day, stretches))
    names = DAYS if not language else tuple(_names(language))
    return "; ".join(
        f"{names[first]}{'–' + names[last] if last > first else ''} "
        + ", ".join(_clock(begin, language, end) for begin, end in stretches)
        for first, last, stretches in groups
    )


def in_words(week: Week, *, zone: ZoneInfo, language: str) -> str:
    """The hours with the place on whose clock they are: "Mon–Fri 9:00 AM – 5:00 PM, time of Manila"; "never"."""
    written = write(week, language=language)
    return (
        _("{hours}, time of {city}").format(hours=written, city=city_of(zone, language))
        if written
        else _("never")
    )


def moment_in_words(moment: datetime, *, zone: ZoneInfo, language: str, day: bool = True) -> str:
    """When it opens or closes, on the clock on which the hours are: "Monday, 9:00 AM".

    The place is added where the reader's clock shows another time then, so that nobody comes at the wrong hour.
    moment: aware. day: whether the weekday is said.
    """
    local, locale = moment.astimezone(zone), _locale(language)
    words = dates.format_time(local, "short", locale=locale).replace("\u202f", " ")
    if moment.astimezone(timezone.get_current_timezone()).utcoffset() != local.utcoffset():
        words = _("{hours}, time of {city}").format(hours=words, city=city_of(zone, language))
    if not day:
        return words
    return _("{day}, {time}").format(day=dates.format_date(local, "EEEE", locale=locale), time=words)


def standing_in_words(is_open: bool, change: datetime | None, *, zone: ZoneInfo, language: str) -> str:
    """Open or not, and until when. change: the moment (aware) at which that changes; None if it does not."""
    if change is None:
        return _("Open now, day and night") if is_open else _("Closed at the moment")
    if is_open:
        return _("Open now, until {time}").format(
            time=moment_in_words(change, zone=zone, language=language, day=False)
        )
    return _("Closed now. Opens {moment}").format(
        moment=moment_in_words(change, zone=zone, language=language)
    )


def city_of(zone: ZoneInfo, language: str) -> str:
    """The place a zone is named after."""
    return str(dates.get_timezone_location(zone, locale=_locale(language), return_city=True))


def zone_or_none(name: str) -> ZoneInfo | None:
    """The zone of an IANA name, or None where there is no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _days(words: str) -> list[int]:
    if words.lower() in ("daily", "every day"):
        return list(range(7))
    found: list[int] = []
    for piece in re.split(r"\s*,\s*", words):
        ends = [_day(one) for one in re.split(_DASH, piece, flags=re.IGNORECASE) if one]
        first, last = ends[0], ends[-1]
        found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return found


def _day(word: str) -> int:
    return [day.lower() for day in DAYS].index(word.strip()[:3].lower())


def _stretches(words: str, part: str) -> list[tuple[int, int]]:
    if words.strip().lower() in ("all day", "24h"):
        return [(0, MIDNIGHT)]
    found = []
    for piece in words.split(","):
        match = _STRETCH.match(piece.strip())
        if match is None:
            raise HoursRefused(part)
        begin, end = (int(match[one]) * 60 + int(match[one + 1]) for one in (1, 3))
        if not begin < end <= MIDNIGHT or int(match[2]) > 59 or int(match[4]) > 59:
            raise HoursRefused(part)
        found.append((begin, end))
    return found


def _ordered(stretches: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    ordered = tuple(sorted(stretches))
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        raise HoursRefused(text)
    return ordered


def _names(language: str) -> list[str]:
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    names = dates.get_day_names("abbreviated", locale=locale)
    return [str(names[day]) for day in range(7)]


def _clock(begin: int, language: str, end: int) -> str:
    def one(minute: int) -> str:
        if not language:
            return f"{minute // 60:02}:{minute % 60:02}"
        moment = time(minute // 60 % 24, minute % 60)
        return dates.format_time(moment, "short", locale=_locale(language)).replace("\u202f", " ")

    if language and (begin, end) == (0, MIDNIGHT):
        return _("24 hours")
    return f"{one(begin)}–{one(end)}" if not language else f"{one(begin)} – {one(end)}"


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def day_name(day: int, *, language: str = "") -> str:
    """The whole name of a weekday (Monday 0), in the language active now if none is given."""
    names = dates.get_day_names("wide", locale=_locale(language or get_language() or "en"))
    return str(names[day])
