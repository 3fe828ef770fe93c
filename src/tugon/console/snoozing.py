"""Pure: when a ticket that was put away comes back."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tugon.lib.clock import now

MORNING = time(8, 0)


def moment_of(word: str, zone: str, *, at: datetime | None = None) -> datetime | None:
    """The moment a snooze ends, aware, or None when the word means nothing.

    word: "later" (three hours), "tomorrow", "monday" (the next), "week" (in seven days), each at 8 in the morning of
    `zone` (IANA; UTC if unknown), or a local moment as a `datetime-local` field writes it.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        place = ZoneInfo("UTC")
    local = (at or now()).astimezone(place)
    days = {"tomorrow": 1, "monday": 7 - local.weekday(), "week": 7}
    if word == "later":
        return local + timedelta(hours=3)
    if word in days:
        return datetime.combine(local.date() + timedelta(days=days[word]), MORNING, tzinfo=place)
    try:
        return datetime.fromisoformat(word).replace(tzinfo=place)
    except ValueError:
        return None
