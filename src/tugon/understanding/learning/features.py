"""Pure: a text as weighted features: words, pairs of words, and pieces of words, which carry over to other forms."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

MOST_LETTERS = 1_500
MOST_WORDS = 220
_WORD = re.compile(r"[^\W_]{1,30}")
PIECES = (3, 4, 5)
BLOCKS = ("w", "c")


def text_of(subject: str, body: str) -> str:
    """What is learnt from and asked about: the subject and the first words of the first message."""
    return f"{subject}\n{body}"[:MOST_LETTERS]


def features(text: str) -> Counter[str]:
    """How often each feature stands in a text. "w:" words and pairs, "c:" pieces of words with their edges."""
    words = [match[0].lower() for match in _WORD.finditer(text[:MOST_LETTERS])][:MOST_WORDS]
    found: Counter[str] = Counter(f"w:{word}" for word in words)
    found.update(f"w:{one} {two}" for one, two in pairwise(words))
    for word, times in Counter(words).items():
        edged = f" {word} "
        for size in PIECES:
            for place in range(len(edged) - size + 1):
                found[f"c:{edged[place : place + size]}"] += times
    return found


def weighted(
    counts: Mapping[str, int], places: Mapping[str, int], rarity: Iterable[float] | Mapping[int, float]
) -> dict[int, float]:
    """Place of each known feature → its weight. Words and pieces each have length 1, however many there are.

    places: feature → its place. rarity: by place; what few texts have weighs more.
    """
    blocks: dict[str, dict[int, float]] = {block: {} for block in BLOCKS}
    rare = rarity if isinstance(rarity, Mapping) else dict(enumerate(rarity))
    for name, times in counts.items():
        place = places.get(name)
        if place is not None:
            blocks[name[0]][place] = (1 + math.log(times)) * rare[place]
    out: dict[int, float] = {}
    for block in blocks.values():
        length = math.sqrt(sum(value * value for value in block.values()))
        if length:
            out |= {place: value / length for place, value in block.items()}
    return out
