"""Who is on call, and whom to call next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stead:
    """Somebody stands in for whoever would be on call: begins_at ≤ moment < ends_at (aware)."""

    agent_id: int
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Rotation:
    """People who follow one another by the week.

    people: agents' ids in their order. starts_on: the first day of the first person's first week; before it the
    rotation runs backwards. changes_at: local time of `zone` at which the next one begins, whatever the clocks do.
    steads: in the order in which they were made; of several at once the last one counts.
    """

    people: tuple[int, ...]
    starts_on: date
    changes_at: time
    zone: ZoneInfo
    steads: tuple[Stead, ...] = ()


def on_call(rotation: Rotation, at: datetime) -> tuple[int, ...]:
    """Whom to call at this moment (aware), in order: whoever is on call, then the others as they follow.

    Empty where the rotation has nobody.
    """
    stead = next(
        (one.agent_id for one in reversed(rotation.steads) if one.begins_at <= at < one.ends_at), None
    )
    order = _in_turn(rotation, at)
    if stead is None:
        return order
    return (stead, *(one for one in order if one != stead))


def _in_turn(rotation: Rotation, at: datetime) -> tuple[int, ...]:
    people = rotation.people
    if not people:
        return ()
    # Counted on the wall clock: a week that has 167 or 169 hours still changes at the same hour.
    local = at.astimezone(rotation.zone).replace(tzinfo=None)
    week = (local - datetime.combine(rotation.starts_on, rotation.changes_at)) // WEEK
    first = week % len(people)
    return people[first:] + people[:first]


def shift_bounds(rotation: Rotation, at: datetime) -> tuple[datetime, datetime]:
    """When the week's turn that holds at this moment began and when it ends (aware). Steads are not looked at."""
    local = at.astimezone(rotation.zone).replace(tzinfo=None)
    start = datetime.combine(rotation.starts_on, rotation.changes_at)
    begun = start + (local - start) // WEEK * WEEK
    return begun.replace(tzinfo=rotation.zone), (begun + WEEK).replace(tzinfo=rotation.zone)


def whom_to_call(order: Sequence[int], *, calls_before: int, calls_each: int) -> int | None:
    """Each in turn `calls_each` times, then from the beginning again. None where there is nobody.

    order: of `on_call` now. calls_before: how many calls this page has made.
    """
    if not order:
        return None
    return order[calls_before // max(1, calls_each) % len(order)]
