"""When a letter that was deferred is tried again. Pure."""

from datetime import timedelta

WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
]
"""After the first failure, the second …; about two days in all, as RFC 5321 §4.5.4.1 asks of a sender at least."""


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts (1 or more), or None when it is enough."""
    return WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None
