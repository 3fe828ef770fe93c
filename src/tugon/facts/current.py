"""What every fact says today. Quick enough for every page: all values are read at once and kept for two seconds.

Another process sees a change at most KEPT_SECONDS later; the process that changed it, at once. A value that begins in
the future is read from its day on, without anybody's doing.
"""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tugon.company import settings as company
from tugon.lib.clock import now

from .kinds import Kind
from .models import FactValue
from .wording import form

KEPT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as it holds today."""

    key: str
    kind: Kind
    value: dict[str, Any]
    forms: dict[str, str]
    context_words: dict[str, list[str]]
    made: dict[str, str] = field(default_factory=dict, compare=False)

    def words(self, language: str) -> str:
        """The words in a language, made once."""
        if language not in self.made:
            self.made[language] = self.forms.get(language) or form(self.kind, self.value, language)
        return self.made[language]


@dataclass(frozen=True, slots=True)
class All:
    """Every fact with a value today, by key, and a mark that changes when any of them does."""

    facts: dict[str, Stated]
    version: str


_kept: tuple[float, date, All] | None = None


def today() -> date:
    """The company's day: a value begins at its midnight."""
    return now().astimezone(ZoneInfo(company.get("zone"))).date()


def everything() -> All:
    """Archived facts stay: texts name them still. At most one query every KEPT_SECONDS."""
    global _kept
    kept, day = _kept, today()
    if kept is None or kept[1] != day or time.monotonic() - kept[0] > KEPT_SECONDS:
        kept = (time.monotonic(), day, on(day))
        _kept = kept
    return kept[2]


def on(day: date) -> All:
    """What held, or will hold, on a day of the company. One query."""
    rows = list(FactValue.objects.on(day))
    mark = hashlib.sha256(",".join(f"{row.pk}:{row.forms}" for row in rows).encode()).hexdigest()[:16]
    facts = {
        row.fact.key: Stated(row.fact.key, Kind(row.fact.kind), row.value, row.forms, row.fact.context_words)
        for row in rows
    }
    return All(facts, mark)


def forget() -> None:
    """Read afresh next time. For the writer, and for tests."""
    global _kept
    _kept = None
