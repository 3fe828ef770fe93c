"""Opening hours, as rules ask for them: those of the company's default promise."""

from datetime import datetime, timedelta

from tugon.sla import promises
from tugon.sla.calendars import open_time

LONGEST = timedelta(days=120)
"""Of a wait, so much is counted; what waits longer has waited long enough for any rule."""


def is_open(moment: datetime) -> bool:
    """Whether the company is open at this moment (aware)."""
    return open_time(moment, moment + timedelta(seconds=1), promises.promises().hours) > timedelta(0)


def open_hours(since: datetime | None, until: datetime) -> float:
    """Hours of open time between two moments (aware); 0 where the first is missing."""
    if since is None or since >= until:
        return 0.0
    counted = open_time(max(since, until - LONGEST), until, promises.promises().hours)
    return counted.total_seconds() / 3600
