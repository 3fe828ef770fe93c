"""What the company decided. Quick enough for every request: all rows are read at once and kept for two seconds.

Another process sees a change at most `KEPT_SECONDS` later; the process that changed it, at once.
"""

import time
from typing import Any

from .keys import KEYS
from .models import Setting

KEPT_SECONDS = 2.0

_kept: tuple[float, dict[str, Any]] | None = None


def get(name: str) -> Any:
    """The decided value, or the default. Raises KeyError for a name that is no setting."""
    key = KEYS[name]
    return _rows().get(name, key.default)


def everything() -> dict[str, Any]:
    """All settings with their values. At most one query."""
    rows = _rows()
    return {name: rows.get(name, key.default) for name, key in KEYS.items()}


def forget() -> None:
    """Read afresh next time. For the writer, and for tests."""
    global _kept
    _kept = None


def _rows() -> dict[str, Any]:
    global _kept
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
        kept = (time.monotonic(), dict(Setting.objects.values_list("key", "value")))
        _kept = kept
    return kept[1]
