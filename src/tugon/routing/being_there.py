"""Whether an agent can be given tickets now. Pure: values and a moment in, a state out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from tugon.lib.opening import Week

ONLINE, AWAY, UNSEEN, CLOSED, OUT = "online", "away", "unseen", "closed", "out"


@dataclass(frozen=True, slots=True)
class Said:
    """What an agent said of itself. hours: of the week in `zone`, None: always. Moments are aware."""

    chosen: str = ONLINE
    away_until: datetime | None = None
    hours: Week | None = None
    zone: tzinfo = UTC
    out_from: datetime | None = None
    out_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """until: as far as it is known when that ends; aware."""

    state: str
    until: datetime | None = None


def standing(said: Said, *, now: datetime, seen_at: datetime | None, away_after: timedelta) -> Standing:
    """The agent's state at this moment: out of office before away by choice, before outside hours, before unseen.

    away_after: nothing seen for longer is away too; no time at all: never.
    """
    if (
        said.out_from is not None
        and said.out_from <= now
        and (said.out_until is None or now < said.out_until)
    ):
        return Standing(OUT, said.out_until)
    if said.chosen == AWAY and (said.away_until is None or now < said.away_until):
        return Standing(AWAY, said.away_until)
    local = now.astimezone(said.zone)
    if said.hours is not None and not said.hours.is_open(local):
        opens = said.hours.opens_at(local)
        return Standing(CLOSED, opens.astimezone(UTC) if opens else None)
    if away_after and (seen_at is None or now - seen_at > away_after):
        return Standing(UNSEEN)
    return Standing(ONLINE)
