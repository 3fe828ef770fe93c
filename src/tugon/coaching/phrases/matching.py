"""Ways made into one regular expression, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache


@cache
def any_of(ways: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the ways, from the beginning of a word on."""
    return re.compile("(?<![\\w'])(?:" + "|".join(ways) + ")")


@cache
def compiled(ways: tuple[tuple[str, str | None], ...]) -> tuple[tuple[re.Pattern[str], str | None], ...]:
    """Each way with what could stand there instead."""
    return tuple((re.compile(rf"(?<![\w'])(?:{way})"), instead) for way, instead in ways)


@cache
def terms(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of the words as they are, longest first. Abbreviations (API) only in capitals."""
    ways = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<![\w/.@-])(?:" + "|".join(map(_term, ways)) + r")(?![\w@]|-\w|\.\w)")


def joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(way for one in lists for way in one)


def _term(word: str) -> str:
    letters = re.escape(word).replace(r"\ ", r"\s+")
    capitals = sum(letter.isupper() for letter in word)
    return letters if capitals >= 2 else f"(?i:{letters})"
