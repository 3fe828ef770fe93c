"""How moments, numbers and names are written for the reader: the filters of the Jinja environment.

Moments are aware; they are shown in the active zone and language. A naive datetime is a bug and raises ValueError.
"""

import re
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as clock_face
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.units import format_unit
from django.utils import timezone
from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from tugon.lib import clock

Style = Literal["short", "long", "narrow"]

_NEAR = timedelta(seconds=45)
_FAR = timedelta(days=30)


def ago(moment: datetime | None, *, short: bool = False) -> Markup | str:
    """As "3 minutes ago" or "in 2 hours"; past thirty days the date. The exact moment on hover; kept fresh.

    short: "3m" without a direction, for dense lists.
    """
    if moment is None:
        return ""
    words = ago_words(moment, now=clock.now(), short=short)
    if short:
        # A list has fifty of them; the browser writes the exact moment when it is asked for.
        opening = f'<relative-time data-short><time datetime="{moment.isoformat()}">'
        return Markup(f"{opening}{escape(words)}</time></relative-time>")  # noqa: S704 - escaped; Markup.format is slow
    exact = escape(moment_words(moment, "full"))
    opening = f'<relative-time><time datetime="{moment.isoformat()}" title="{exact}">'
    return Markup(f"{opening}{escape(words)}</time></relative-time>")  # noqa: S704 - escaped


def ago_words(moment: datetime, *, now: datetime, short: bool = False) -> str:
    delta = _aware(moment) - now
    if abs(delta) >= _FAR:
        return day(moment, "medium")
    if short:
        return _delta_words(_whole(abs(delta)), get_language() or "en", True)
    if abs(delta) < _NEAR:
        return gettext("just now") if delta <= timedelta(0) else gettext("in a moment")
    seconds = _whole(abs(delta))
    return _delta_words(-seconds if delta < timedelta(0) else seconds, get_language() or "en", False)


def _whole(delta: timedelta) -> int:
    """Seconds, no finer than the words: from an hour on whole minutes, from a day on whole hours."""
    seconds = round(delta.total_seconds())
    return seconds if seconds < 3600 else seconds // 60 * 60 if seconds < 86400 else seconds // 3600 * 3600


@lru_cache(maxsize=8192)
def _delta_words(seconds: int, language: str, short: bool) -> str:
    locale = _locale(language)
    if short:
        words = babel_dates.format_timedelta(seconds, format="narrow", threshold=1, locale=locale)
    else:
        words = babel_dates.format_timedelta(seconds, add_direction=True, threshold=1, locale=locale)
    return _as_spoken(words, language)


def moment(value: datetime | None, style: str = "medium") -> Markup | str:
    """Date and time in the reader's zone. style: short, medium, long or full."""
    if value is None:
        return ""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        value.isoformat(), moment_words(value, "full"), moment_words(value, style)
    )


def moment_words(value: datetime, style: str = "medium") -> str:
    """To the minute; the full style names the zone."""
    language, local = get_language() or "en", _aware(value).astimezone(timezone.get_current_timezone())
    words = _minute_words(local.hour, local.minute, language)
    if style == "full":
        words = f"{words} {_zone_words(local.tzinfo, bool(local.dst()), language)}"
    return _pattern(style, language).format(words, _day_words(local.date(), style, language))


# Babel takes a tenth of a millisecond for each of these, and a page has dozens of moments.


@lru_cache(maxsize=64)
def _pattern(style: str, language: str) -> str:
    return str(_locale(language).datetime_formats.get(style, "{1} {0}")).replace("'", "")


@lru_cache(maxsize=4096)
def _day_words(value: date, style: str, language: str) -> str:
    return babel_dates.format_date(value, style, locale=_locale(language))


@lru_cache(maxsize=4096)
def _minute_words(hour: int, minute: int, language: str) -> str:
    return babel_dates.format_time(clock_face(hour, minute), "short", locale=_locale(language))


@lru_cache(maxsize=256)
def _zone_words(zone: tzinfo | None, is_summer: bool, language: str) -> str:
    variant: Literal["daylight", "standard"] = "daylight" if is_summer else "standard"
    return babel_dates.get_timezone_name(zone, "short", locale=_locale(language), zone_variant=variant)


def day(value: date | datetime | None, style: str = "medium") -> str:
    """A day in words; of a moment, the day it is in the reader's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = _aware(value).astimezone(timezone.get_current_timezone()).date()
    return _day_words(value, style, get_language() or "en")


def clock_time(value: datetime | None) -> str:
    """Only the hour and minute, in the reader's zone: "14:05" or "2:05 PM"."""
    if value is None:
        return ""
    local = _aware(value).astimezone(timezone.get_current_timezone())
    return _minute_words(local.hour, local.minute, get_language() or "en")


def number(value: float | None, digits: int | None = None) -> str:
    """With the reader's separators. digits: decimals kept, or as they come."""
    if value is None:
        return "–"
    return _number(value if digits is None else round(value, digits), get_language() or "en")


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    return babel_numbers.format_decimal(value, locale=_locale(language))


def percent(value: float | None, digits: int = 0) -> str:
    """0.934 as "93%"."""
    if value is None:
        return "–"
    return babel_numbers.format_percent(round(value, digits + 2), locale=locale(), decimal_quantization=False)


def bytes_size(value: int | None) -> str:
    """1_500_000 as "1.5 MB": powers of 1000, as people's file managers count."""
    if value is None:
        return ""
    size, unit = float(value), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if size < 1000 or unit == "TB":
            break
        size /= 1000
    return f"{number(size, 0 if unit in ('B', 'kB') or size >= 100 else 1)} {unit}"


def duration(value: timedelta | float | None, *, short: bool = False) -> str:
    """A length of time in at most two units: "2 hours 5 minutes", short "2h 5m". A plain number is seconds."""
    if value is None:
        return "–"
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    parts = []
    for unit in (86400, 3600, 60):
        if abs(seconds) >= unit:
            parts.append(timedelta(seconds=seconds // unit * unit))
            seconds %= unit
        elif parts:
            break
    if not parts:
        parts.append(timedelta(seconds=seconds))
    style: Style = "narrow" if short else "long"
    return " ".join(_unit(part, style) for part in parts[:2])


def initials(name: str | None) -> str:
    """At most two letters for an avatar: "Maria de la Cruz" → "MC". An address gives its first letter."""
    words = re.findall(r"[^\W\d_]+", (name or "").split("@")[0]) or [name or "?"]
    first, last = words[0][0], words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def linebreaks(text: str | None) -> Markup:
    """Plain text as paragraphs and line breaks, escaped."""
    paragraphs = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").strip())
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in paragraph.split("\n")))
        for paragraph in paragraphs
        if paragraph
    )


def highlight(text: str | None, query: str | None) -> Markup:
    """The text, escaped, with every word of the query marked."""
    pattern = _any_word(query or "")
    if not text or pattern is None:
        return escape(text or "")
    pieces = (
        f"<mark>{escape(piece)}</mark>" if index % 2 else escape(piece)
        for index, piece in enumerate(pattern.split(text))
    )
    return Markup("".join(pieces))  # noqa: S704 - escaped


@lru_cache(maxsize=256)
def _any_word(query: str) -> re.Pattern[str] | None:
    words = sorted(set(re.findall(r"\w+", query)), key=len, reverse=True)
    return re.compile("(" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE) if words else None


def locale() -> Locale:
    return _locale(get_language() or "en")


def language_name(code: str) -> str:
    """The language's own name for itself: "English", "Filipino", "Español"."""
    own = _locale(code)
    return (own.get_display_name(own) or code).capitalize()


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale:
    try:
        return Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _unit(part: timedelta, style: Style) -> str:
    seconds = int(part.total_seconds())
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if abs(seconds) >= size:
            return _counted(seconds // size, name, style)
    return _counted(seconds, "second", style)


def _counted(count: int, name: str, style: Style) -> str:
    return _counted_in(get_language() or "en", count, name, style)


@lru_cache(maxsize=2048)
def _counted_in(language: str, count: int, name: str, style: Style) -> str:
    return _as_spoken(
        format_unit(count, f"duration-{name}", length=style, locale=_locale(language)), language
    )


_TIED = re.compile(r"(?<=[469]) (?=(?:segundo|minuto|oras|araw|linggo|buwan|taon)\b)")
"""Between a number that ends in apat, anim or siyam and what it counts."""


def _as_spoken(words: str, language: str) -> str:
    """CLDR's Filipino says "2 mga oras" and "2linggo"; people say "2 oras", "2 linggo" and "4 na oras"."""
    if language != "fil":
        return words
    return _TIED.sub(" na ", words.replace(" mga ", " ").replace("linggo", " linggo").replace("  ", " "))


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without a zone cannot be shown")
    return value


FILTERS = {
    "ago": ago,
    "moment": moment,
    "day": day,
    "time": clock_time,
    "number": number,
    "percent": percent,
    "bytes": bytes_size,
    "duration": duration,
    "initials": initials,
    "linebreaks": linebreaks,
    "highlight": highlight,
    "language_name": language_name,
}
