"""Pure: who is told of what, whether by screen or by mail, and when a mail may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .kinds import KINDS


@dataclass(frozen=True, slots=True)
class Ways:
    """How one agent is told of one kind of thing."""

    app: bool
    email: bool


def ways(kind: str, preferences: Mapping[str, Any]) -> Ways:
    """The agent's choice for a kind, else the kind's own. Preferences of a wrong shape count as no choice."""
    default = KINDS[kind]
    chosen = preferences.get("notify")
    choice = chosen.get(kind) if isinstance(chosen, Mapping) else None
    if not isinstance(choice, Mapping):
        return Ways(default.app, default.email)
    return Ways(bool(choice.get("app", default.app)), bool(choice.get("email", default.email)))


def mail_after(moment: datetime, preferences: Mapping[str, Any], zone: str) -> datetime:
    """The first moment at or after `moment` outside the agent's quiet hours.

    moment: aware. preferences: `quiet: {"from": "22:00", "to": "07:00"}`, local times of `zone` (IANA); may span
    midnight; equal or unreadable times mean no quiet hours. An unknown zone counts as UTC. Returns an aware moment.
    """
    bounds = _bounds(preferences.get("quiet"))
    if bounds is None:
        return moment
    start, end = bounds
    local = moment.astimezone(_zone(zone))
    clock = local.time().replace(tzinfo=None)
    quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not quiet:
        return moment
    day = local.date() + timedelta(days=1 if start > end and clock >= start else 0)
    return datetime.combine(day, end, tzinfo=local.tzinfo).astimezone(moment.tzinfo)


def _bounds(quiet: Any) -> tuple[time, time] | None:
    if not isinstance(quiet, Mapping):
        return None
    try:
        start, end = time.fromisoformat(str(quiet["from"])), time.fromisoformat(str(quiet["to"]))
    except (KeyError, ValueError):
        return None
    return None if start == end else (start.replace(tzinfo=None), end.replace(tzinfo=None))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
