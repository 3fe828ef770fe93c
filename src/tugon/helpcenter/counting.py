"""How often articles are read. Kept in memory for some seconds and then added to one row per day: a view costs a page
nothing, and a busy article one row a day, not one a view. What a process had not yet written when it died is lost.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import Counter
from datetime import date, timedelta

from django.db import DatabaseError, connection, connections

from tugon.lib.clock import now

from .models import DayCount

EVERY = 10.0
"""Seconds between two writings."""

KEPT = timedelta(days=800)
"""Two years can be compared; what is older goes."""

logger = logging.getLogger(__name__)

_lock = threading.Lock()
_views: Counter[tuple[int, date]] = Counter()
_found: Counter[tuple[int, date]] = Counter()
_timer: threading.Timer | None = None


def saw(translation_id: int, *, from_search: bool = False) -> None:
    """Somebody opened the article in this language. from_search: led there by a search or a suggestion."""
    key = (translation_id, now().date())
    with _lock:
        _views[key] += 1
        if from_search:
            _found[key] += 1
        _begin_timer()


def flush() -> int:
    """Write what was counted, now. Returns how many rows were written."""
    with _lock:
        _stop_timer()
        counted, found = dict(_views), dict(_found)
        _views.clear()
        _found.clear()
    if not counted:
        return 0
    try:
        return _write(counted, found)
    except DatabaseError:
        logger.exception("Counts of views could not be written; they are tried again")
        with _lock:
            _views.update(counted)
            _found.update(found)
            _begin_timer()
        return 0


def forget_old(older_than: timedelta = KEPT) -> int:
    """Remove the counts of days long past. Returns how many rows went."""
    count, _by_model = DayCount.objects.filter(day__lt=(now() - older_than).date()).delete()
    return count


def _write(counted: dict[tuple[int, date], int], found: dict[tuple[int, date], int]) -> int:
    """Add to the rows of the days, in one statement; articles deleted meanwhile are passed over."""
    keys = sorted(counted)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO helpcenter_daycount (translation_id, day, views, from_search)
            SELECT given.id, given.day, given.views, given.found
              FROM unnest(%s::bigint[], %s::date[], %s::int[], %s::int[]) AS given (id, day, views, found)
              JOIN helpcenter_translation AS there ON there.id = given.id
            ON CONFLICT (translation_id, day) DO UPDATE
               SET views = helpcenter_daycount.views + excluded.views,
                   from_search = helpcenter_daycount.from_search + excluded.from_search
            """,
            [
                [pk for pk, _day in keys],
                [day for _pk, day in keys],
                [counted[key] for key in keys],
                [found.get(key, 0) for key in keys],
            ],
        )
        return cursor.rowcount


def _begin_timer() -> None:
    global _timer
    if _timer is None:
        _timer = threading.Timer(EVERY, _on_time)
        _timer.daemon = True
        _timer.start()


def _stop_timer() -> None:
    global _timer
    if _timer is not None:
        _timer.cancel()
        _timer = None


def _on_time() -> None:
    try:
        flush()
    except Exception:
        logger.exception("Counts of views could not be written")
    finally:
        connections.close_all()


@atexit.register
def _at_the_end() -> None:
    if _views:
        flush()
