"""Words that tell of a threat to stability: an outage, a break-in, lost data. Pure; the words are the company's own."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""Language → level ("1" possible, "2" acute) → words and phrases."""

MOST_READ = 20_000
"""Letters of a message looked at."""


def threat_in(text: str, words: tuple[tuple[int, tuple[str, ...]], ...]) -> tuple[int, str]:
    """The greatest threat the text tells of, and the words that do: (0, "") where none. words: as `ordered` gives."""
    read = " ".join(text[:MOST_READ].lower().replace("’", "'").split())
    for level, phrases in words:
        found = _pattern(phrases).search(read) if phrases else None
        if found:
            return level, found[0]
    return 0, ""


def ordered(words: Words) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """All languages together, the greatest threat first, longer phrases before shorter ones."""
    levels: dict[int, set[str]] = {2: set(), 1: set()}
    for by_level in words.values():
        for level in levels:
            levels[level] |= {clean for one in by_level.get(str(level), ()) if (clean := clean_phrase(one))}
    return tuple(
        (level, tuple(sorted(phrases, key=lambda one: (-len(one), one)))) for level, phrases in levels.items()
    )


def clean_phrase(phrase: str) -> str:
    """Small letters, single blanks, at most 60."""
    return " ".join(str(phrase).lower().replace("’", "'").split())[:60]


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    # Plain words between word edges: nothing in it can explode.
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")
