"""The one place that asks what time it is, so that tests, and who replays a past, may answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present moment: aware, UTC."""
    return _told.get() or timezone.now()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within, it is this moment (aware), in this thread only: for data that is replayed as it would have happened."""
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)
