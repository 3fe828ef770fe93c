"""Finding many keywords in a text at once, in time that grows with the text and not with its malice.

A keyword is one to six words. `refund*` begins words, `*bayad*` stands inside words, `*ad` ends them; hyphens part
words in keywords and texts alike, so that "na-charge" is found by `charge`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .texts import Text

MOST_PARTS = 6
SHORTEST_STEM = 3
_PART = re.compile(r"\*?[^\W_]{1,60}(?:['’][^\W_]{1,20})?\*?")


class Hit(NamedTuple):
    """A keyword that stands in the text. owner: whose it is. parts: how many words it has."""

    owner: Hashable
    keyword: str
    start: int
    end: int
    parts: int


@dataclass(frozen=True, slots=True)
class _Keyword:
    owner: Hashable
    words: str
    parts: tuple[str, ...]


class Finder:
    """Keywords of several owners, ready to be found. Make it once; finding changes nothing."""

    def __init__(self, keywords: Mapping[Hashable, Iterable[str]]) -> None:
        self._exact: dict[str, list[_Keyword]] = defaultdict(list)
        self._begins: dict[str, list[_Keyword]] = defaultdict(list)
        self._inside: list[_Keyword] = []
        for owner, words in keywords.items():
            for word in words:
                self._add(owner, word)

    def find(self, text: Text) -> list[Hit]:
        """Every keyword in the text, in the order of their places; the longest of an owner at one place."""
        first = {word: self._beginning(word) for word in {one.word for one in text.words}}
        hits: list[Hit] = []
        for place, word in enumerate(text.words):
            best: dict[Hashable, Hit] = {}
            for keyword in first[word.word]:
                hit = self._at(text, place, keyword)
                if hit and (keyword.owner not in best or best[keyword.owner].parts < hit.parts):
                    best[keyword.owner] = hit
            hits += best.values()
        return hits

    def _add(self, owner: Hashable, words: str) -> None:
        parts = _parts(words)
        if not parts or not _is_usable(parts):
            return
        keyword = _Keyword(owner, words, parts)
        head = parts[0]
        if head.startswith("*"):
            self._inside.append(keyword)
        elif head.endswith("*"):
            self._begins[head[:SHORTEST_STEM]].append(keyword)
        else:
            self._exact[head].append(keyword)

    def _beginning(self, word: str) -> list[_Keyword]:
        """Keywords whose first part fits the word."""
        found = list(self._exact.get(word, ()))
        found += (one for one in self._begins.get(word[:SHORTEST_STEM], ()) if _fits(one.parts[0], word))
        found += (one for one in self._inside if _fits(one.parts[0], word))
        return found

    @staticmethod
    def _at(text: Text, place: int, keyword: _Keyword) -> Hit | None:
        words = text.words[place : place + len(keyword.parts)]
        if len(words) < len(keyword.parts):
            return None
        for part, word in zip(keyword.parts[1:], words[1:], strict=True):
            if not _fits(part, word.word):
                return None
        return Hit(keyword.owner, keyword.words, words[0].start, words[-1].end, len(keyword.parts))


def unusable(keywords: Iterable[str]) -> str | None:
    """The first keyword that could find nothing, or too much; None where all are fine."""
    return next((word for word in keywords if not _is_usable(_parts(word))), None)


def _parts(keyword: str) -> tuple[str, ...]:
    return tuple(part.lower().replace("’", "'") for part in _PART.findall(keyword))


def _is_usable(parts: tuple[str, ...]) -> bool:
    stems = [part.strip("*") for part in parts if "*" in part]
    return 0 < len(parts) <= MOST_PARTS and all(len(stem) >= SHORTEST_STEM for stem in stems)


def _fits(part: str, word: str) -> bool:
    if part[0] == "*":
        stem = part.strip("*")
        return stem in word if part[-1] == "*" else word.endswith(stem)
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part
