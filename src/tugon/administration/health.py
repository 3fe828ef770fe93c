"""The doctor's findings. The checks live above, in `project`; `project/wiring.py` says who examines."""

from collections.abc import Callable, Iterable
from typing import Any

Examiner = Callable[[], Iterable[Any]]
"""Yields findings with `check`, `verdict` (good, warning, problem), `words` and `advice`."""

_examiner: Examiner = tuple


def provide(examiner: Examiner) -> None:
    """Called once at start."""
    global _examiner
    _examiner = examiner


def findings() -> list[Any]:
    """Takes as long as the slowest mail server."""
    return list(_examiner())
