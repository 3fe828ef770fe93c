"""What the coach says of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much it matters: a hint makes it better, a warning makes it wrong for the reader, an error does harm."""

    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"


class Place(StrEnum):
    """Where an insert goes."""

    BEGIN = "begin"
    AFTER_GREETING = "after_greeting"
    END = "end"


@dataclass(frozen=True, slots=True)
class Insert:
    """Words to be put into the draft. Blank lines part paragraphs."""

    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. `quote` is the draft's text at [start, end); both 0 where something is missing.

    why: in the agent's language. rewrite: what could stand there instead of the quote (empty: nothing), in the
    customer's language. asked: the customer's own words that it is about.
    """

    check: str
    severity: Severity
    why: str
    quote: str = ""
    start: int = 0
    end: int = 0
    rewrite: str | None = None
    insert: Insert | None = None
    asked: str = ""

    @property
    def offers(self) -> bool:
        """Whether one click can do it."""
        return self.rewrite is not None or self.insert is not None
