"""The slow model: promises counted minute by minute, from what happened alone. It knows nothing of `reckoning`, and so
proves it: in the tests, and over a whole month in `tugon demo --simulate`. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from .calendars import BusinessHours
from .reckoning import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION, Terms

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Happening:
    """what: "opened", "wrote" (the customer), "replied", or the status that the ticket went to. at: a whole minute."""

    at: datetime
    what: str


@dataclass(slots=True)
class Counted:
    """A promise as counted. used: minutes. due_at: when the last minute of the promised time was over."""

    length: int
    used: int = 0
    due_at: datetime | None = None
    ended_at: datetime | None = None
    is_broken: bool = False


class Wall:
    """Which minutes are open, looked up on the clock of the calendar's zone; kept for the next ticket."""

    def __init__(self, hours: BusinessHours) -> None:
        self.hours = hours
        self.known: dict[datetime, bool] = {}

    def is_open(self, minute: datetime) -> bool:
        known = self.known.get(minute)
        if known is None:
            known = self.known[minute] = self._look(minute)
        return known

    def _look(self, minute: datetime) -> bool:
        local = minute.astimezone(self.hours.zone)
        day, clock = local.date(), local.time()
        if day in self.hours.exceptions:
            shifts = self.hours.exceptions[day]
        elif day in self.hours.holidays:
            return False
        else:
            shifts = self.hours.shifts.get(day.weekday(), ())
        return any(shift.start <= clock and (clock < shift.end or shift.end == time(0)) for shift in shifts)


def count(
    story: Sequence[Happening], terms: Terms, *, until: datetime, walls: Mapping[str, Wall] | None = None
) -> dict[tuple[str, int], Counted]:
    """(kind, cycle) → how it went. story: in order, beginning with "opened". until: the minute at which one looks.

    walls: one per kind, to share what they know between tickets.
    """
    model = _Model(terms, walls or {kind: Wall(term.hours) for kind, term in terms.items()})
    waiting = sorted(story, key=lambda one: one.at)
    minute = waiting[0].at
    while minute <= until:
        while waiting and waiting[0].at <= minute:
            model.happens(waiting.pop(0))
        model.settle(minute)
        if not waiting and all(one.ended_at is not None for one in model.found.values()):
            break
        if minute < until:
            model.tick(minute)
        minute += MINUTE
    return model.found


class _Model:
    def __init__(self, terms: Terms, walls: Mapping[str, Wall]) -> None:
        self.terms, self.walls = terms, walls
        self.found: dict[tuple[str, int], Counted] = {}
        self.status = ""
        self.was_answered = False
        self.owes: datetime | None = None
        self.cycle = 0

    def happens(self, one: Happening) -> None:
        match one.what:
            case "opened":
                self.status = "new"
                self._begin(FIRST_RESPONSE, 1)
                self._begin(RESOLUTION, 1)
            case "replied":
                self.was_answered, self.owes = True, None
                self._end(self._of(FIRST_RESPONSE, NEXT_RESPONSE), one.at)
            case "wrote":
                if self.was_answered:
                    self.owes = (
                        one.at if self.owes is None or self.status in ("solved", "closed") else self.owes
                    )
            case status:
                was_done, self.status = self.status in ("solved", "closed"), status
                if status in ("solved", "closed") and not was_done:
                    self._end(self.found.values(), one.at)

    def settle(self, minute: datetime) -> None:
        """After everything of this minute: what is owed runs, what came undone goes on."""
        if self.status in ("solved", "closed"):
            return
        self._go_on(self.found.get((RESOLUTION, 1)))
        if not self.was_answered:
            self._go_on(self.found.get((FIRST_RESPONSE, 1)))
        if self.owes is None:
            return
        last = self.found.get((NEXT_RESPONSE, self.cycle))
        if last is None or (last.ended_at is not None and last.ended_at < self.owes):
            self.cycle += 1
            self._begin(NEXT_RESPONSE, self.cycle)
        else:
            self._go_on(last)

    def tick(self, minute: datetime) -> None:
        """One minute passes."""
        for (kind, _cycle), one in self.found.items():
            if one.ended_at is not None:
                continue
            if one.due_at is not None:
                one.is_broken = True
            elif self.status in ("new", "open") and self.walls[kind].is_open(minute):
                one.used += 1
                if one.used == one.length:
                    one.due_at = minute + MINUTE

    def _begin(self, kind: str, cycle: int) -> None:
        if kind in self.terms:
            self.found[kind, cycle] = Counted(int(self.terms[kind].length / MINUTE))

    def _of(self, *kinds: str) -> list[Counted]:
        return [one for (kind, _cycle), one in self.found.items() if kind in kinds]

    @staticmethod
    def _end(clocks: Iterable[Counted], at: datetime) -> None:
        for one in clocks:
            if one.ended_at is None:
                one.ended_at = at
                one.is_broken = one.is_broken or (one.due_at is not None and at > one.due_at)

    @staticmethod
    def _go_on(one: Counted | None) -> None:
        if one is not None:
            one.ended_at = None
