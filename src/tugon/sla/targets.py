"""How long a promise takes, as it is kept: "1 business day", "30 minutes", "8 business hours". Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .calendars import ALWAYS, BusinessHours, day_length

MOST = timedelta(days=366)


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


_LENGTH = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1), Unit.DAY: timedelta(days=1)}
_WRITTEN = re.compile(r"(\d{1,5}) (business )?(minute|hour|day)s?")


class TargetRefused(ValueError):
    """These words are no length of time."""


@dataclass(frozen=True, slots=True)
class Target:
    """amount: > 0. is_business: counted while the calendar is open, and its days as long as its own; else wall time."""

    amount: int
    unit: Unit
    is_business: bool = True

    @classmethod
    def read(cls, words: str) -> "Target":
        """From the form in which it is kept. Raises TargetRefused."""
        match = _WRITTEN.fullmatch(words.strip().lower())
        if match is None or not int(match[1]):
            raise TargetRefused(words)
        target = cls(int(match[1]), Unit(match[3]), bool(match[2]))
        if target.amount * _LENGTH[target.unit] > MOST:
            raise TargetRefused(words)
        return target

    def __str__(self) -> str:
        kind = "business " if self.is_business else ""
        return f"{self.amount} {kind}{self.unit.value}{'' if self.amount == 1 else 's'}"

    def length(self, hours: BusinessHours) -> timedelta:
        """Open time on this calendar, or wall time."""
        if self.is_business and self.unit is Unit.DAY:
            return self.amount * day_length(hours)
        return self.amount * _LENGTH[self.unit]

    def clock(self, hours: BusinessHours) -> BusinessHours:
        """The hours in which it is counted."""
        return hours if self.is_business else ALWAYS

    def in_words(self) -> str:
        """In the language active now."""
        forms = {
            (Unit.MINUTE, True): ngettext("{n} business minute", "{n} business minutes", self.amount),
            (Unit.HOUR, True): ngettext("{n} business hour", "{n} business hours", self.amount),
            (Unit.DAY, True): ngettext("{n} business day", "{n} business days", self.amount),
            (Unit.MINUTE, False): ngettext("{n} minute", "{n} minutes", self.amount),
            (Unit.HOUR, False): ngettext("{n} hour", "{n} hours", self.amount),
            (Unit.DAY, False): ngettext("{n} day", "{n} days", self.amount),
        }
        return forms[self.unit, self.is_business].format(n=self.amount)


def in_words(written: str) -> str:
    """A kept target in the language active now; "nothing promised" where it is empty."""
    return Target.read(written).in_words() if written else _("nothing promised")
