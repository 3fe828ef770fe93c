"""What an agent chose for itself, in `Agent.preferences`, and what is true where nothing was chosen.

Keys: `theme` ("", "light", "dark"), `density` ("comfortable", "compact"), `signature` (text),
`notify` ({event: {"app": bool, "email": bool}}),
`quiet` ({"from": "22:00", "to": "07:00"} in the agent's zone, or None).
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .errors import ProfileInvalid

if TYPE_CHECKING:
    from .models import Agent

NOTICES: dict[str, tuple[str | Promise, bool, bool]] = {
    "assigned": (_("A ticket was assigned to me"), True, True),
    "mentioned": (_("Somebody mentioned me in a note"), True, True),
    "customer_replied": (_("A customer answered on my ticket"), True, True),
    "followed": (_("Something happened on a ticket I follow"), True, False),
    "team_new": (_("A new ticket for my team"), True, False),
    "unassigned_late": (_("A ticket of my team waits too long"), True, False),
    "delivery_failed": (_("My answer could not be delivered"), True, True),
}
"""Event → words, shown in the console by default, by e-mail by default."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def wants(agent: "Agent", event: str, way: str) -> bool:
    """Whether the agent wants to hear of the event by `way` ("app" or "email"). Unknown events: app yes, e-mail no."""
    _words, app, email = NOTICES.get(event, ("", True, False))
    chosen = agent.preferences.get("notify", {}).get(event, {})
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
            event: {way: bool(given["notify"].get(event, {}).get(way)) for way in ("app", "email")}
            for event in NOTICES
            if event in given["notify"]
        }
    if "quiet" in given:
        clean["quiet"] = _quiet(given["quiet"])
    return clean


def _quiet(given: Mapping[str, str] | None) -> dict[str, str] | None:
    start, end = (given or {}).get("from", ""), (given or {}).get("to", "")
    if not start and not end:
        return None
    if not _CLOCK.fullmatch(start) or not _CLOCK.fullmatch(end):
        raise ProfileInvalid(reason=_now("quiet hours need a beginning and an end, like 22:00 and 07:00."))
    return {"from": start, "to": end}
