"""How much of what a template said was changed before it left. Pure.

An answer holds more than the template: a greeting of one's own, a second template. What stands before and after is not
counted; what was put in, taken out or replaced between the first and the last word that stayed is.

Words that stayed are the longest common subsequence, found with the bits of whole numbers (Hyyrö, "Bit-parallel
LCS-length computation revisited", 2004), so that repeated words take no longer than others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_WORDS = 2_000
"""Words of each text that are compared; an answer of more is rare and its end tells little."""
_WORD = re.compile(r"\w+(?:[.,:/@'’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Change:
    """kept: share of the template's words that are still there, 0 to 1. edited: words changed over words compared, 0
    (as it was filled) to 1 (nothing of it is left)."""

    kept: float
    edited: float


def change(filled: str, sent: str) -> Change:
    """What became of `filled` in `sent`, both plain text: edits of words over the longer of the two stretches."""
    before, after = _words(filled), _words(sent)
    if not before:
        return Change(1.0, 0.0)
    pairs = _without_stragglers(_common(before, after))
    if not pairs:
        return Change(0.0, 1.0)
    edits = (
        pairs[0][0]
        + len(before)
        - 1
        - pairs[-1][0]
        + sum(_gap(pairs, place) for place in range(1, len(pairs)))
    )
    longest = max(len(before), len(pairs) + edits)
    return Change(len(pairs) / len(before), min(1.0, edits / longest))


def _gap(pairs: list[tuple[int, int]], place: int) -> int:
    """Edits between a pair and the one before it."""
    (one, other), (last, last_other) = pairs[place], pairs[place - 1]
    return max(one - last, other - last_other) - 1


def _without_stragglers(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A small word of the greeting that stands in the template too is no part of it: ends that cost more than they
    keep are left out."""
    while len(pairs) > 1 and _gap(pairs, len(pairs) - 1) > pairs[-1][0] - pairs[-2][0]:
        pairs = pairs[:-1]
    while len(pairs) > 1 and _gap(pairs, 1) > pairs[1][0] - pairs[0][0]:
        pairs = pairs[1:]
    return pairs


def _common(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Places of the words of a longest common subsequence: (in before, in after), in order."""
    places: dict[str, int] = {}
    for place, word in enumerate(before):
        places[word] = places.get(word, 0) | 1 << place
    row = whole = (1 << len(before)) - 1
    rows = [row]
    for word in after:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & whole
        rows.append(row)
    pairs = []
    one, other = len(before), len(after)
    while one and other:
        if rows[other] >> (one - 1) & 1:
            one -= 1
        elif not rows[other - 1] >> (one - 1) & 1:
            other -= 1
        else:
            one, other = one - 1, other - 1
            pairs.append((one, other))
    return pairs[::-1]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())[:MOST_WORDS]
