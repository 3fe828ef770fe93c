"""What can be known without asking, of a person's device and account: the facts that conditions decide on.

The device is read from the User-Agent header (RFC 9110 §10.1.5), whose words are only a hint: an iPad says that it is a
Mac, and whoever hides the header is "other". A condition on what is not known takes its "otherwise".
"""

import re
from collections.abc import Mapping

FACTS: Mapping[str, tuple[str, ...]] = {
    "browser": ("chrome", "safari", "firefox", "edge", "samsung", "opera", "app", "other"),
    "system": ("android", "ios", "windows", "macos", "linux", "other"),
    "screen": ("phone", "tablet", "computer"),
    "signed_in": ("yes", "no"),
    "audience": (),
    "plan": (),
    "language": (),
}
"""Fact → its values. Empty: rows of the company (keys of audiences and plans), or languages."""

_BROWSERS = (
    ("app", r"; wv\)|FBAN|FBAV|Instagram|Line/|GSA/"),
    ("edge", r"Edg(?:e|A|iOS)?/"),
    ("opera", r"OPR/|Opera"),
    ("samsung", r"SamsungBrowser/"),
    ("firefox", r"Firefox/|FxiOS/"),
    ("chrome", r"Chrome/|CriOS/|Chromium/"),
    ("safari", r"Version/[\d.]+.*Safari/"),
)
_SYSTEMS = (
    ("ios", r"iPhone|iPad|iPod"),
    ("android", r"Android"),
    ("windows", r"Windows"),
    ("macos", r"Macintosh|Mac OS X"),
    ("linux", r"Linux|X11|CrOS"),
)


def device(user_agent: str) -> dict[str, str]:
    """Browser, system and kind of screen, as a browser tells them. Any text is read; its first 500 characters count."""
    words = user_agent[:500]
    system = _first(_SYSTEMS, words)
    if re.search(r"iPad|Tablet|Android(?!.*Mobile)", words):
        screen = "tablet"
    elif re.search(r"Mobi|iPhone|iPod", words):
        screen = "phone"
    else:
        screen = "computer"
    return {"browser": _first(_BROWSERS, words), "system": system, "screen": screen}


def known(facts: Mapping[str, str]) -> dict[str, str]:
    """Only facts that conditions know, with short values."""
    return {name: value[:60] for name, value in facts.items() if name in FACTS and value}


def _first(patterns: tuple[tuple[str, str], ...], words: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, words)), "other")
