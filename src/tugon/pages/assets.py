"""The built files of the browser, by their plain names. `bin/assets` writes them and the manifest read here."""

import json
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings

DIST = Path(__file__).parent / "static" / "dist"

LOOKED_AT_EVERY = 1.0  # seconds
_seen: tuple[float, int, dict[str, str]] = (-LOOKED_AT_EVERY, 0, {})


class AssetsNotBuilt(RuntimeError):
    """The browser's files are missing. In a checkout: run `bin/assets`; the wheel brings them."""


def asset(name: str) -> str:
    """The URL of a built file: `asset("console.css")`. Raises AssetsNotBuilt, and KeyError for an unknown name."""
    return f"{settings.STATIC_URL}dist/{built(name)}"


def built(name: str) -> str:
    """The hashed name of a built file in DIST. Raises as `asset`."""
    return _manifest()[name]


def version() -> int:
    """When the files were built: another number after they were built anew."""
    _manifest()
    return _seen[1]


def _manifest() -> dict[str, str]:
    """Looked at again every second, since `bin/assets --watch` writes it anew; a page asks a hundred times."""
    global _seen
    if time.monotonic() - _seen[0] < LOOKED_AT_EVERY:
        return _seen[2]
    try:
        built = (DIST / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        raise AssetsNotBuilt("The browser's files are not built: run bin/assets.") from None
    _seen = (time.monotonic(), built, _read(built))
    return _seen[2]


@lru_cache(maxsize=2)
def _read(changed: int) -> dict[str, str]:
    return json.loads((DIST / "manifest.json").read_text())
