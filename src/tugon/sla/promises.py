"""What is promised: the default policy as values, and what a form says before a ticket exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tugon.lib.clock import now
from tugon.lib.moments import promise_in_words

from .calendars import BusinessHours, NeverOpen, day_length, due_at
from .choosing import Chosen, first_of, forget, policies
from .reckoning import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION

__all__ = [
    "FIRST_RESPONSE",
    "NEXT_RESPONSE",
    "RESOLUTION",
    "Promises",
    "expected_answer",
    "forget",
    "promise_in_words",
    "promises",
]


@dataclass(frozen=True, slots=True)
class Promises:
    """What counts where nothing special is known. Lengths are time on `hours`, or None where nothing is promised."""

    first_response: timedelta
    next_response: timedelta | None
    resolution: timedelta | None
    hours: BusinessHours


def expected_answer(at: datetime | None = None, *, of: Mapping[str, Any] | None = None) -> datetime | None:
    """When a request sent at this moment (now if empty) is answered; None where the company is never open.

    of: what is known of it already, field → value as conditions ask ({"audience": 3, "channel": 7}).
    """
    chosen = first_of(policies(), {"fields": {}, **of}) if of else policies()[-1]
    term = chosen.terms.get(FIRST_RESPONSE)
    if term is None:
        return None
    try:
        return due_at(at or now(), term.length, term.hours)
    except NeverOpen:
        return None


def promises() -> Promises:
    """The default policy."""
    return _of(policies()[-1])


def _of(chosen: Chosen) -> Promises:
    lengths = {kind: term.length for kind, term in chosen.terms.items()}
    first = chosen.terms.get(FIRST_RESPONSE)
    return Promises(
        lengths.get(FIRST_RESPONSE, day_length(chosen.hours)),
        lengths.get(NEXT_RESPONSE),
        lengths.get(RESOLUTION),
        first.hours if first else chosen.hours,
    )
