"""Answers remembered while one piece of work goes on, and forgotten with it. Elsewhere everything is asked afresh.

@remembered
def rules() -> dict[str, str]: ...      # asks the database

with remembering():                     # a run of letters
    rules(); rules()                    # asks once in KEPT_SECONDS
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

KEPT_SECONDS = 2.0

P = ParamSpec("P")
R = TypeVar("R")

_kept: ContextVar[dict[Any, tuple[float, Any]] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """What is `remembered` inside is asked at most once in KEPT_SECONDS. For work that nobody watches while they change
    what it asks for."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the answers within `remembering()`. Arguments must be hashable; who gets the answer must not change it."""

    @wraps(function)
    def ask(*args: P.args, **names: P.kwargs) -> R:
        kept = _kept.get()
        if kept is None:
            return function(*args, **names)
        key = (function, args, tuple(names.items()))
        moment, answer = kept.get(key, (0.0, None))
        if key not in kept or time.monotonic() - moment > KEPT_SECONDS:
            answer = function(*args, **names)
            kept[key] = (time.monotonic(), answer)
        return answer  # type: ignore[no-any-return]

    return ask
