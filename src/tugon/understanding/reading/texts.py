"""What a reader sees of a message: its words with their places, bounded however long it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_LETTERS = 6_000
"""Of a message: its first letters say what it is about. What is pasted below does not."""
MOST_WORDS = 1_200
MOST_SUBJECT = 300

_WORD = re.compile(r"[^\W_]{1,60}(?:['’][^\W_]{1,20})?")
_END = re.compile(r"[.!?…:;\n]")


class Span(NamedTuple):
    """Words a reading rests on, and where they stand in the text (subject, newline, body)."""

    words: str
    start: int
    end: int


class Word(NamedTuple):
    """A word in lower case, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A message as readers take it. whole: subject, newline, body, cut at MOST_LETTERS of the body."""

    whole: str
    words: tuple[Word, ...]
    subject_end: int
    plain: str = field(default="", repr=False)

    @classmethod
    def of(cls, subject: str, body: str) -> Text:
        """Linear in what is kept of it, whatever the letters are."""
        head = subject[:MOST_SUBJECT]
        whole = f"{head}\n{body[:MOST_LETTERS]}"
        words: list[Word] = []
        for match in _WORD.finditer(whole):
            words.append(Word(match[0].lower().replace("’", "'"), match.start(), match.end()))
            if len(words) == MOST_WORDS:
                break
        plain = whole.replace("’", "'")
        return cls(whole, tuple(words), len(head), plain)

    def span(self, start: int, end: int) -> Span:
        return Span(self.whole[start:end], start, end)

    def sentence_starts_at(self, place: int) -> int:
        """Where the sentence around a place begins."""
        start = max(0, place - 200)
        ends = [match.end() for match in _END.finditer(self.whole, start, place)]
        return ends[-1] if ends else start


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing a message says. confidence: 0 to 1; 0 where it says nothing. spans: the words it rests on."""

    value: Any
    confidence: float = 0.0
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return self.confidence > 0
