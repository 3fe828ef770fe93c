"""A text cut into sentences, paragraphs and words, with their places. Linear in the text; longer ones are cut off."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tugon.lib.language import Detection, detect

LONGEST = 8_000
"""Characters of a draft that are read; nobody writes a longer letter."""

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+(?=[^\s.!?…])[^.!?…\n]+)*[.!?…]*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORT = re.compile(
    r"\b(?:mr|mrs|ms|dr|gng|bb|sta|sto|no|nos|vs|etc|e\.g|i\.e|approx|dept|inc|ltd|a\.m|p\.m|st|ave)\.$", re.I
)
_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)]|[a-h][.)])\s+\S")
_QUOTED = re.compile(r"^\s*>")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, at [start, end)."""

    text: str
    start: int
    end: int


class Reading:
    """A text as the checks read it. `low` is the text in lower case with straight apostrophes, as long as the text."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")[:LONGEST]
        self.low = lowered(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences and lines, without quoted lines."""
        return [one for line in self.lines for one in _sentences(line)]

    @cached_property
    def lines(self) -> list[Span]:
        return [one for one in _spans(_LINE, self.text) if not _QUOTED.match(one.text)]

    @cached_property
    def paragraphs(self) -> list[Span]:
        return list(_spans(_PARAGRAPH, self.text))

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.low)

    @cached_property
    def language(self) -> Detection:
        return detect(self.text)

    @cached_property
    def has_list(self) -> bool:
        return sum(bool(_ITEM.match(line.text)) for line in self.lines) >= 2

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.sentences]

    def sentence_at(self, place: int) -> Span:
        """The sentence around a place."""
        number = bisect_right(self._starts, place) - 1
        if number >= 0 and place < self.sentences[number].end:
            return self.sentences[number]
        return Span(self.text[place : place + 1], place, place + 1)


def lowered(text: str) -> str:
    """Lower case, straight quotes and plain spaces; each letter stays at its place."""
    low = text.translate(_PLAIN).lower()
    return low if len(low) == len(text) else "".join(_one(letter) for letter in text.translate(_PLAIN))


def words_of(low: str) -> list[str]:
    """The words of a lowered text."""
    return _WORD.findall(low)


def is_item(line: str) -> bool:
    """Whether the line is one of a list."""
    return bool(_ITEM.match(line))


def bare(word: str) -> str:
    """Without accents and case: Peña → pena."""
    parted = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})


def _one(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter


def _spans(way: re.Pattern[str], text: str, shift: int = 0) -> Iterator[Span]:
    for found in way.finditer(text):
        words = found[0].strip()
        if words:
            start = found.start() + found[0].index(words[0])
            yield Span(words, shift + start, shift + start + len(words))


def _sentences(line: Span) -> Iterator[Span]:
    """Those of one line; an abbreviation ends none."""
    held: Span | None = None
    for one in _spans(_SENTENCE, line.text, line.start):
        if held is not None:
            words = line.text[held.start - line.start : one.end - line.start]
            one = Span(words, held.start, one.end)
            held = None
        if _SHORT.search(one.text[-8:]):
            held = one
        else:
            yield one
    if held is not None:
        yield held
