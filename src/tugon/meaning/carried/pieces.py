"""Pure: a text → ids of word pieces, as SentencePiece's unigram model cuts it (Kudo 2018, arXiv:1804.10959).

Letters are normalised by the file's own table, words are cut where the sum of the pieces' log probabilities is highest
(Viterbi). Linear in the text: words and texts are clipped, so that no text takes long.
"""

from __future__ import annotations

from itertools import pairwise

from ..embedders import MOST_LETTERS
from .reading import Weights

WORD_BEGINS = "\u2581"
MOST_IN_WORD = 200
UNKNOWN_COSTS = 10.0
"""Log probability below the rarest piece's."""
MOST_KEPT = 20_000
"""Words whose pieces are remembered."""


class Pieces:
    def __init__(self, weights: Weights) -> None:
        self._normal = weights.normal
        self._begin, self._end, _padding, self._unknown = weights.shape.special
        edges, letters = weights.offsets.tolist(), weights.letters
        self._id = {
            letters[start:end].decode("utf-8", "replace"): number
            for number, (start, end) in enumerate(pairwise(edges))
            if end > start
        }
        self._score = weights.scores
        self._longest = min(max(map(len, self._id)), MOST_IN_WORD)
        self._unknown_score = float(weights.scores.min()) - UNKNOWN_COSTS
        self._kept: dict[str, list[int]] = {}

    def cut(self, text: str, *, most: int) -> list[int]:
        """Ids with begin and end, at most `most`."""
        found = [self._begin]
        for word in text[:MOST_LETTERS].translate(self._normal).split():
            found += self._of_word(WORD_BEGINS + word[:MOST_IN_WORD])
            if len(found) >= most:
                break
        return [*found[: most - 1], self._end]

    def _of_word(self, word: str) -> list[int]:
        known = self._kept.get(word)
        if known is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            known = self._kept[word] = self._best(word)
        return known

    def _best(self, word: str) -> list[int]:
        length = len(word)
        best = [0.0] + [float("-inf")] * length
        came: list[tuple[int, int]] = [(0, self._unknown)] * (length + 1)
        for start in range(length):
            for end in range(start + 1, min(length, start + self._longest) + 1):
                piece = self._id.get(word[start:end])
                if piece is not None and (score := best[start] + float(self._score[piece])) > best[end]:
                    best[end], came[end] = score, (start, piece)
            if (score := best[start] + self._unknown_score) > best[start + 1]:
                best[start + 1], came[start + 1] = score, (start, self._unknown)
        return self._walk_back(came)

    def _walk_back(self, came: list[tuple[int, int]]) -> list[int]:
        """The pieces in order; unknown ones beside each other are one."""
        found: list[int] = []
        at = len(came) - 1
        while at > 0:
            at, piece = came[at]
            if piece != self._unknown or not found or found[-1] != piece:
                found.append(piece)
        return found[::-1]
