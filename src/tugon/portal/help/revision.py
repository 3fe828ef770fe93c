"""The name of the state that public help pages show. Triggers change it with every row that readers can see
(portal/migrations/0002), in the same transaction; so it is right in every process, and after a rollback too.
"""

import threading
import time

from django.db import connection

ASKED_EVERY = 1.0  # seconds; a page may be so much older than the truth, in this process

_seen: tuple[float, str] = (float("-inf"), "")
_asking = threading.Lock()


def known() -> str:
    """The name as it was at most ASKED_EVERY ago; an empty string when it has to be asked again. Asks nothing."""
    moment, name = _seen
    return name if time.monotonic() - moment < ASKED_EVERY else ""


def current() -> str:
    """The name now. At most one small statement a second and process; who comes meanwhile gets the one before."""
    global _seen
    name = known()
    if name:
        return name
    if not _asking.acquire(blocking=not _seen[1]):
        return _seen[1]
    try:
        moment = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SELECT name::text FROM portal_help_revision")
            row = cursor.fetchone()
        _seen = (moment, row[0] if row else "none")
        return _seen[1]
    finally:
        _asking.release()


def forget() -> None:
    """Ask afresh next time. For tests."""
    global _seen
    _seen = (float("-inf"), "")
