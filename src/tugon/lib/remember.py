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

Answers = dict[Any, tuple[float, Any]]

_kept: ContextVar[tuple[Answers, float] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(answers: Answers | None = None, *, for_seconds: float | None = None) -> Iterator[None]:
    """What is `remembered` inside is asked at most once in KEPT_SECONDS. For work that nobody watches while they change
    what it asks for. Inside another, the other's answers serve.

    answers, for_seconds: where they are kept and for how long, for who knows better until when they hold.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set(
        ({} if answers is None else answers, KEPT_SECONDS if for_seconds is None else for_seconds)
    )
    try:
        yield
    finally:
        _kept.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keep the answers within `remembering()`. Arguments must be hashable; who gets the answer must not change it."""

    @wraps(function)
    def ask(*args: P.args, **names: P.kwargs) -> R:
        scope = _kept.get()
        if scope is None:
            return function(*args, **names)
        answers, seconds = scope
        key = (function, args, tuple(names.items()))
        known = answers.get(key)
        if known is None or time.monotonic() - known[0] > seconds:
            known = (time.monotonic(), function(*args, **names))
            answers[key] = known
        return known[1]  # type: ignore[no-any-return]

    return ask


def is_remembering() -> bool:
    """Whether answers are remembered now."""
    return _kept.get() is not None
