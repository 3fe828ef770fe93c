"""The built files of the browser, by their plain names. `bin/assets` writes them and the manifest read here."""

import json
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

DIST = Path(__file__).parent / "static" / "dist"

_HASHED = re.compile(r"/dist/[\w-]+-[A-Z0-9]{8}\.\w+$")


class AssetsNotBuilt(RuntimeError):
    """The browser's files are missing. In a checkout: run `bin/assets`; the wheel brings them."""


def asset(name: str) -> str:
    """The URL of a built file: `asset("console.css")`. Raises AssetsNotBuilt, and KeyError for an unknown name."""
    return f"{settings.STATIC_URL}dist/{_manifest()[name]}"


def is_immutable(path: str, url: str) -> bool:
    """Whether the file may be cached for ever, for WHITENOISE_IMMUTABLE_FILE_TEST: its name carries its content."""
    return bool(_HASHED.search(url))


def _manifest() -> dict[str, str]:
    path = DIST / "manifest.json"
    try:
        return _read(path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise AssetsNotBuilt("The browser's files are not built: run bin/assets.") from None


@lru_cache(maxsize=2)
def _read(changed: int) -> dict[str, str]:
    return json.loads((DIST / "manifest.json").read_text())
