"""Pure: how the reasons to show something are added up. The numbers were chosen on the dev half of bench/suggest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tugon.meaning.client import Neighbours

from .results import Why


@dataclass(frozen=True, slots=True)
class Weights:
    """words: of the share of the best possible BM25F. meaning: of how far a cosine stands out, in standard deviations.
    alike: of trigrams in common. exact: of a quoted phrase, above everything. other_language: what an answer loses
    that the reader's language lacks. floor: the share of the best possible that the best words are taken for, at least.
    sure_words: the share from which words are a reason of their own. least_words, least_meaning: share and deviations
    below which an entry is not shown. tail: the share of the best score (of at most `high`) below which the rest is
    left out: what only shares a common word is no answer. No cosine is proof: what came by meaning alone is never sure.
    """

    words: float = 4.0
    meaning: float = 1.0
    alike: float = 2.0
    exact: float = 20.0
    other_language: float = 0.5
    floor: float = 0.3
    least_words: float = 0.08
    least_meaning: float = 1.0
    sure_words: float = 0.15
    tail: float = 0.2
    high: float = 8.0


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Reasons:
    """What speaks for each entry. best: what all words together could give."""

    words: Mapping[int, float]
    best: float
    exact: Mapping[int, float]
    alike: Mapping[int, float]
    meaning: Neighbours


def standing_out(meaning: Neighbours) -> dict[int, float]:
    """Cosines as standard deviations above the shelf's mean. A cosine of e5 alone says little: all are near 0.8."""
    if meaning.spread <= 1e-6:
        return {}
    return {key: (score - meaning.mean) / meaning.spread for key, score in meaning.near.items()}


def ranked(reasons: Reasons, weights: Weights = WEIGHTS) -> dict[int, tuple[float, Why]]:
    """Score and strongest reason of every entry worth showing; where none is, of those that share any word."""
    found = dict(_weighed(reasons, weights))
    worth = {entry: (score, why) for entry, (score, why, is_worth) in found.items() if is_worth}
    return worth or {
        entry: (score, why) for entry, (score, why, _worth) in found.items() if reasons.words.get(entry)
    }


def _weighed(reasons: Reasons, weights: Weights) -> Iterator[tuple[int, tuple[float, Why, bool]]]:
    top = max([weights.floor * reasons.best, *reasons.words.values()], default=0.0) or 1.0
    out = standing_out(reasons.meaning)
    for entry in {*reasons.words, *reasons.exact, *reasons.alike, *out}:
        said, meant = reasons.words.get(entry, 0.0), out.get(entry, 0.0)
        exact, alike = reasons.exact.get(entry, 0.0), reasons.alike.get(entry, 0.0)
        share = said / reasons.best if reasons.best else 0.0
        score = weights.words * said / top + weights.alike * alike + weights.meaning * max(meant, 0.0)
        if exact:
            yield entry, (weights.exact + exact / 50 + score, Why.EXACT, True)
        elif alike or share >= weights.sure_words:
            yield entry, (score, Why.WORDS, True)
        else:
            yield entry, (score, Why.NEAR, share >= weights.least_words or meant >= weights.least_meaning)
