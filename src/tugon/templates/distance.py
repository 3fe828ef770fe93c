"""How much of what a template said was changed before it left. Pure.

An answer holds more than the template: a greeting of one's own, a second template. What stands before and after is not
counted; what was put in, taken out or replaced between the first and the last word that stayed is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

MOST_WORDS = 3_000
"""Words of each text that are compared; an answer of more is rare and its end tells little."""
_WORD = re.compile(r"\w+(?:[.,:/@-]\w+)*|[^\w\s]")


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
    blocks = [
        block
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        if block.size
    ]
    kept = sum(block.size for block in blocks)
    if not kept:
        return Change(0.0, 1.0)
    edits = blocks[0].a + len(before) - (blocks[-1].a + blocks[-1].size)
    for one, other in pairwise(blocks):
        edits += max(other.a - one.a - one.size, other.b - one.b - one.size)
    longest = max(len(before), kept + edits)
    return Change(kept / len(before), min(1.0, edits / longest))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())[:MOST_WORDS]
