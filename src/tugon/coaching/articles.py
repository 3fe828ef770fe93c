"""Amounts and times in the published articles, to hold a draft against (C12)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tugon.facts.statements import Statement, masked, statements
from tugon.helpcenter.using import published_texts

from .concepts import concepts
from .contexts import Against
from .reading import Reading, words_of

KEPT_SECONDS = 300.0
SHARED, SHARE = 3, 0.6
"""A sentence of a draft is about the same as one of an article from so many common words on, and this part of its."""

_kept: tuple[float, list[Published]] | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One statement of an article: what its sentence is about, and what it says."""

    title: str
    language: str
    about: frozenset[str]
    measure: str
    low: Decimal
    high: Decimal
    words: str


def contradictions(text: str, language: str) -> list[Against]:
    """What published articles of the language say otherwise."""
    return against(text, [one for one in _everything() if one.language == language])


def against(text: str, known: Iterable[Published]) -> list[Against]:
    """Statements of the text that an article on the same matter contradicts and none bears out. Pure."""
    found, known = [], list(known)
    for said, about in _stated(text):
        same = [one for one in known if one.measure == said.measure and _is_same(about, one.about)]
        if same and not any(one.low <= said.low and said.high <= one.high for one in same):
            best = max(same, key=lambda one: len(one.about & about))
            words = text[said.start : said.end]
            found.append(Against(words, said.start, said.end, best.words, best.title))
    return found


def of_article(title: str, language: str, text: str) -> list[Published]:
    """The statements of one article. Pure."""
    return [
        Published(title, language, about, said.measure, said.low, said.high, text[said.start : said.end])
        for said, about in _stated(text)
    ]


def forget() -> None:
    """Read afresh next time. For tests."""
    global _kept
    _kept = None


def _everything() -> list[Published]:
    """Of all published articles, read every five minutes."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        found = [
            one
            for place, language, text in published_texts()
            for one in of_article(place.title, language, text)
        ]
        _kept = (time.monotonic(), found)
    return _kept[1]


def _stated(text: str) -> Iterator[tuple[Statement, frozenset[str]]]:
    plain = masked(text)
    reading = Reading(plain)
    for said in statements(plain):
        sentence = reading.sentence_at(said.start)
        around = plain[sentence.start : said.start] + " " + plain[said.end : sentence.end]
        about = frozenset(one for one in concepts(words_of(around.lower())) if not one.isdigit())
        if len(about) >= SHARED:
            yield said, about


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    return common >= SHARED and common >= SHARE * len(one)
