"""The name of the state that public help pages show. Triggers change it with every row that readers can see
(portal/migrations/0002), in the same transaction; so it is right in every process, and after a rollback too.
"""

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.utils.translation import get_language

from tugon.helpcenter.readers import Reader

ASKED_EVERY = 1.0  # seconds; a page may be so much older than the truth, in this process

KEPT_SECONDS = 60.0  # what depends on the clock besides may be so old
MOST_KEPT = 1000  # answers of one read, in one process

P = ParamSpec("P")
R = TypeVar("R")

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


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the answers of a read as long as the revision stands, for every process and reader apart.

    Arguments must be hashable; a `Reader` among them keeps people apart. An agent is always answered afresh: editors
    look at what they have just published. Who gets an answer must not change it. What is raised is not kept.
    """
    return keeping()(function)


def keeping(
    *, most: int = MOST_KEPT, seconds: Callable[[Any], float] = lambda _answer: KEPT_SECONDS
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """`kept` with room of its own for `most` answers: for what strangers may ask in endless variety. seconds: for how
    long an answer is kept at most."""

    def keeper(function: Callable[P, R]) -> Callable[P, R]:
        answers: dict[Any, tuple[float, Any]] = {}
        _rooms.append(answers)

        @wraps(function)
        def ask(*args: P.args, **names: P.kwargs) -> R:
            if any(isinstance(one, Reader) and one.is_agent for one in args):
                return function(*args, **names)
            key = (current(), get_language(), args, tuple(names.items()))
            found = answers.get(key)
            if found is not None and time.monotonic() < found[0]:
                return found[1]  # type: ignore[no-any-return]
            answer = function(*args, **names)
            if len(answers) >= most:
                answers.clear()
            answers[key] = (time.monotonic() + seconds(answer), answer)
            return answer

        return ask

    return keeper


_rooms: list[dict[Any, tuple[float, Any]]] = []


def forget() -> None:
    """Ask afresh next time. For tests."""
    global _seen
    _seen = (float("-inf"), "")
    for answers in _rooms:
        answers.clear()
