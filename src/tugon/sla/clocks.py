"""The clocks of a ticket as others read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tugon.lib.clock import now
from tugon.tickets.models import Ticket

from . import models
from .choosing import with_id
from .reckoning import KINDS, Pause, used_of

_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise. state: "running", "paused", "kept" or "broken" (also while it is still owed).

    due_at: None while it stands still. left: time of its own kind (open or wall time) that is left, below nothing where
    it is late; None once it ended. paused: time of its own kind that the pauses took from it. is_business: counted in
    opening hours.
    """

    pk: int
    kind: str
    cycle: int
    state: str
    target: str
    policy: str
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    broken_at: datetime | None
    expected_at: datetime | None
    left: timedelta | None
    used: timedelta
    pauses: tuple[Pause, ...]
    is_business: bool

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts."""
        return next((one for one in self.pauses if one.until is None), None) if self.is_open else None

    @property
    def was_kept(self) -> bool:
        return self.ended_at is not None and self.broken_at is None


def of(ticket: Ticket) -> list[Clock]:
    """Every clock of the ticket: first response, next responses, resolution. One query, none where they are fetched."""
    return told(ticket.clocks.all())


def told(rows: Iterable[models.Clock], *, at: datetime | None = None) -> list[Clock]:
    """The rows as values, in order."""
    moment = at or now()
    return sorted((_told(row, moment) for row in rows), key=lambda one: (_ORDER.get(one.kind, 9), one.cycle))


def paused_by(clock: Clock) -> Sequence[tuple[str, timedelta]]:
    """How long it stood still, by reason, wall time; the longest first. A pause that lasts counts until now."""
    end, total = clock.ended_at or now(), dict[str, timedelta]()
    for pause in clock.pauses:
        length = min(pause.until or end, end) - pause.since
        if length > timedelta(0):
            total[pause.why] = total.get(pause.why, timedelta(0)) + length
    return sorted(total.items(), key=lambda one: one[1], reverse=True)


def _told(row: models.Clock, at: datetime) -> Clock:
    course = row.course()
    term = with_id(row.policy_id).terms.get(row.kind)
    used = used_of(course, term, at=at) if term else timedelta(0)
    left = term.length - used if term and row.ended_at is None else None
    return Clock(
        row.pk, row.kind, row.cycle, row.state, row.target, with_id(row.policy_id).name, row.started_at,
        row.due_at, row.ended_at, row.broken_at, row.expected_at, left, used, course.pauses,
        "business" in row.target,
    )  # fmt: skip


__all__ = ["Clock", "of", "paused_by", "told"]
