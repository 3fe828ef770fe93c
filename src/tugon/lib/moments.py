"""Moments to come, as a person says them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError, dates
from django.utils import translation
from django.utils.translation import gettext as _

from .clock import now


def promise_in_words(
    moment: datetime, *, language: str, zone: str, at: datetime | None = None, in_letter: bool = False
) -> str:
    """ "today by 3:00 PM", "by Tuesday, 3:00 PM", "by Friday, December 4, 3:00 PM".

    in_letter: a day is named, since nobody knows on which day a letter is read.
    moment: aware. language: BCP 47, English where it is not known. zone: IANA name, UTC where it is not known. at: the
    moment of speaking, now if empty. Minutes are rounded up to the next quarter of an hour: a promise is no timetable.
    """
    tz = _zone(zone)
    local, today = _rounded(moment.astimezone(tz)), (at or now()).astimezone(tz).date()
    locale = _locale(language)
    clock = dates.format_time(local, "short", tzinfo=tz, locale=locale).replace("\u202f", " ")
    days = (local.date() - today).days
    with translation.override(language):
        if days == 0 and not in_letter:
            return _("today by {time}").format(time=clock)
        if days == 1 and not in_letter:
            return _("tomorrow by {time}").format(time=clock)
        if 0 <= days < 7:
            return _("by {day}, {time}").format(
                day=dates.format_date(local, "EEEE", locale=locale), time=clock
            )
        weekday = dates.format_date(local, "EEEE", locale=locale)
        day = f"{weekday}, {dates.format_skeleton('MMMMd', local, tzinfo=tz, locale=locale)}"
        return _("by {day}, {time}").format(day=day, time=clock)


def _rounded(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment + timedelta(minutes=15) - over


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
