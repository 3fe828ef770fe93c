"""Sentences written to train the heads with, each with its mood and whether it can wait.

A line begins with the mood (- unhappy, 0 plain, + glad) and the urgency (! cannot wait, . can).
"""

from __future__ import annotations

from typing import NamedTuple

from .english import LINES as ENGLISH
from .filipino import LINES as FILIPINO
from .taglish import LINES as TAGLISH


class Seed(NamedTuple):
    """mood: -1, 0 or 1."""

    text: str
    mood: int
    is_urgent: bool
    language: str


_MOODS = {"-": -1, "0": 0, "+": 1}


def _read(lines: str, language: str) -> list[Seed]:
    rows = (line.strip() for line in lines.splitlines() if line.strip())
    return [Seed(row[3:], _MOODS[row[0]], row[1] == "!", language) for row in rows]


SEEDS: tuple[Seed, ...] = tuple(_read(ENGLISH, "en") + _read(FILIPINO, "fil") + _read(TAGLISH, "taglish"))
