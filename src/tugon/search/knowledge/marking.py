"""Pure: the piece of a text that shows why it was found, as safe HTML with <mark>."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from tugon.lib.html import in_one_line

AROUND = 180
"""Letters shown, about."""
LOOKED_AT = 12_000

_ENDINGS = ("ing", "ed", "es", "s")
_LITTLE = (
    "the and for you your are was were not with this that have has had can could will would how what when where why "
    "who which from but please any all get does did just only out about into than then them they its "
    "ang mga nang lang din rin naman yung iyong ako ikaw siya kami tayo kayo sila akin iyo hindi wala may mayroon "
    "paano pano bakit saan kailan ano sino para kung dahil pero kasi ito iyan iyon dito doon"
)
_SAYS_LITTLE = frozenset(_LITTLE.split())
"""Found by, but not marked: they stand everywhere."""


def marked(text: str, words: Sequence[str]) -> str:
    """The whole text, escaped, with every word that begins like one asked for marked."""
    pattern = _pattern(tuple(words))
    return escape(text) if pattern is None else _with_marks(text, pattern)


def excerpt(text: str, words: Sequence[str], *, or_else: str = "") -> str:
    """The stretch of the text with most of the words, marked; `or_else`, or the beginning, where none stands in it."""
    text = in_one_line(text[:LOOKED_AT])
    pattern = _pattern(tuple(words))
    finds = [(found.start(), found[0][:4]) for found in pattern.finditer(_folded(text))] if pattern else []
    if pattern is None or not finds:
        return escape(_clipped(or_else or text, 0))
    begin = max(
        finds, key=lambda find: (len({what for at, what in finds if 0 <= at - find[0] < AROUND}), -find[0])
    )[0]
    return _with_marks(_clipped(text, max(0, begin - AROUND // 4)), pattern)


def _clipped(text: str, start: int) -> str:
    """About AROUND letters from the word at `start`, with dots where something is left out."""
    if start:
        start = text.find(" ", max(0, start - 1)) + 1 or start
    end = start + AROUND
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _with_marks(text: str, pattern: re.Pattern[str]) -> str:
    parts, last = [], 0
    for found in pattern.finditer(_folded(text)):
        start, end = found.span()
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*parts, escape(text[last:])])


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Words of three letters and more by their beginnings, so that other endings are marked too; short ones whole."""
    stems = dict.fromkeys(_stem(word) for word in words if _is_telling(word))
    parts = [
        rf"{re.escape(stem)}\w{{0,3}}\b" if len(stem) >= 4 else rf"{re.escape(stem)}\b" for stem in stems
    ]
    return re.compile(r"\b(?:" + "|".join(parts) + ")") if parts else None


def _is_telling(word: str) -> bool:
    return (len(word) >= 3 or word.isdigit()) and word not in _SAYS_LITTLE


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _folded(text: str) -> str:
    """Folded letter for letter, so that positions stay: accents that would add or drop letters are kept."""
    if text.isascii():
        return text.lower()
    from tugon.search.excerpts import fold

    return fold(text)
