"""Which templates come first in the list that opens on "/". Pure.

What was typed decides; among those that fit alike, the ticket's language, its audience, its own words, and what the
agent uses most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One template in the language in which it would be put in."""

    template_id: int
    title: str
    shortcut: str = ""
    language: str = ""
    keywords: Sequence[str] = ()
    folder: str = ""
    text: str = ""
    audiences: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moment:
    """typed: after the "/". about: the ticket's subject and first words. used: template → how often by this agent."""

    typed: str = ""
    language: str = ""
    audience_id: int | None = None
    about: str = ""
    used: Mapping[int, int] = field(default_factory=dict)


def ranked(candidates: Iterable[Candidate], moment: Moment) -> list[Candidate]:
    """Those that fit what was typed, best first. All of them where nothing was typed."""
    typed = moment.typed.casefold().split()
    about = _words(moment.about)
    scored = [(_fit(one, typed), _suits(one, moment, about), one) for one in candidates]
    fitting = [(fit, suits, one) for fit, suits, one in scored if fit > 0]
    fitting.sort(key=lambda found: (-found[0], -found[1], found[2].title.casefold()))
    return [one for _fit, _suits, one in fitting]


def _fit(one: Candidate, typed: list[str]) -> int:
    """How well every typed word is met, by the word that is met worst; 0 where one is not met at all."""
    if not typed:
        return 1
    if "".join(typed) == one.shortcut:
        return 9
    return min(_met(one, word) for word in typed)


def _met(one: Candidate, word: str) -> int:
    if one.shortcut.startswith(word):
        return 6
    title = _WORD.findall(one.title.casefold())
    if any(part.startswith(word) for part in title):
        return 5
    if any(part.startswith(word) for key in one.keywords for part in key.casefold().split()):
        return 4
    if word in one.folder.casefold():
        return 3
    return 1 if word in one.title.casefold() or word in one.text.casefold() else 0


def _suits(one: Candidate, moment: Moment, about: frozenset[str]) -> float:
    """How much it suits the ticket and its writer: language 4, audience 3, words up to 4, own use up to 3."""
    points = 4.0 if one.language == moment.language else 0.0
    if one.audiences:
        points += 3.0 if moment.audience_id in one.audiences else -3.0
    named = _words(f"{one.title} {' '.join(one.keywords)}")
    points += min(4.0, 2.0 * len(named & about))
    return points + min(3.0, moment.used.get(one.template_id, 0) / 3)


def _words(text: str) -> frozenset[str]:
    """The longer words by their first five letters, so that "refunds" meets "refund"."""
    return frozenset(word[:5] for word in _WORD.findall(text.casefold()) if len(word) >= _LEAST_LETTERS)
