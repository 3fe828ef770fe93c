"""What finding gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .asking import Asked


class Why(StrEnum):
    """What brought it here, the strongest reason. NEAR: its meaning, or few of the words."""

    EXACT = "exact"
    WORDS = "words"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer: in the reader's language where there is one. title_html, excerpt_html: safe, finds marked."""

    kind: str
    object_id: int
    entry_id: int
    title: str
    title_html: str
    excerpt_html: str
    url: str
    language: str
    is_other_language: bool
    why: Why
    score: float

    @property
    def key(self) -> str:
        """article:9"""
        return f"{self.kind}:{self.object_id}"

    @property
    def is_sure(self) -> bool:
        """Quotes or says what was asked, not only means something like it."""
        return self.why != Why.NEAR


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results, best first. after: the cursor of the next page, "" at the end. with_meaning: whether the
    vectors were asked, or words alone. sure: how many quote or say what was asked; the others only may mean it, and a
    search without sure results is one in vain unless something is opened.
    """

    asked: Asked
    results: list[Suggestion] = field(default_factory=list)
    after: str = ""
    number: int = 0
    sure: int = 0
    with_meaning: bool = False
