"""What an agent chose for itself, in `Agent.preferences`, and what is true where nothing was chosen.

Keys: `theme` ("", "light", "dark"), `density` ("comfortable", "compact"), `signature` (text),
`notify` ({kind: {"app": bool, "email": bool}}),
`quiet` ({"from": "22:00", "to": "07:00"} in the agent's zone, or None).
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .errors import ProfileInvalid

if TYPE_CHECKING:
    from .models import Agent

NOTICES: dict[str, tuple[str | Promise, bool, bool]] = {}
"""Kind → words, shown in the console by default, by e-mail by default. Whoever tells of them offers them, at start."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def offer(kind: str, words: str | Promise, *, app: bool, email: bool) -> None:
    """Let agents choose whether they hear of this kind. Called by `project/wiring.py`."""
    NOTICES[kind] = (words, app, email)


def wants(agent: "Agent", kind: str, way: str) -> bool:
    """Whether the agent wants to hear of the kind by `way` ("app" or "email")."""
    _words, app, email = NOTICES[kind]
    chosen = agent.preferences.get("notify", {}).get(kind, {})
    return bool(chosen.get(way, app if way == "app" else email))


def cleaned(given: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is known and well-formed. Raises ProfileInvalid in words."""
    clean = {name: given[name] for name in ("theme", "density", "signature", "undo_seconds") if name in given}
    if clean.get("theme", "") not in ("", "light", "dark"):
        clean["theme"] = ""
    if clean.get("density", "comfortable") not in ("comfortable", "compact"):
        clean["density"] = "comfortable"
    if "signature" in clean:
        clean["signature"] = str(clean["signature"])[:2000]
    if "notify" in given:
        clean["notify"] = {
            kind: {way: bool(given["notify"].get(kind, {}).get(way)) for way in ("app", "email")}
            for kind in NOTICES
            if kind in given["notify"]
        }
    if "quiet" in given:
        clean["quiet"] = _quiet(given["quiet"])
    return clean


def _quiet(given: Mapping[str, str] | None) -> dict[str, str] | None:
    start, end = (given or {}).get("from", ""), (given or {}).get("to", "")
    if not start and not end:
        return None
    if not _CLOCK.fullmatch(start) or not _CLOCK.fullmatch(end):
        raise ProfileInvalid(reason=_("quiet hours need a beginning and an end, like 22:00 and 07:00."))
    return {"from": start, "to": end}
