"""Learning from labelled texts, and honest numbers about it: every figure is of texts that were not learnt from.

Pure, in the worker. The labelled texts are cut into five parts by their writers, so that nobody's second letter is
judged by a model that has read the first; each part is judged by what was learnt from the other four. What is kept is
then learnt from all.
"""

from __future__ import annotations

import math
import time
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .features import features, weighted
from .fitting import Rows, fit, probabilities
from .kept import Learnt, Part

FEWEST = 50
"""Labels below which nothing is learnt: rules do the work."""
FEWEST_OF_CLASS = 5
MOST = 6_000
"""Labels that are learnt from: the newest."""
MOST_FEATURES = {"w": 2_600, "c": 2_600}
FOLDS = 5
SURE = 0.97
"""Accuracy on texts not learnt from, at which a guess may apply itself."""
AIMED = 0.98
"""What is asked of a bound: it is chosen on the same texts by which it is judged, and does a little worse on others."""
SUGGESTS = 0.4
"""Probability from which a guess is worth showing."""
PENALTY = 1e-4
VECTOR_WEIGHT = 2.5
VECTORS_NEEDED = 0.8
"""Share of the labelled tickets that must have a vector before vectors are learnt from."""


@dataclass(frozen=True, slots=True)
class Label:
    """A ticket somebody labelled. writer: whoever wrote it. vector: of its text, length 1, if there is one."""

    text: str
    value: int
    language: str = ""
    writer: int = 0
    vector: Sequence[float] | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """learnt: to be kept. report: how it did on texts it had not read, as JSON values."""

    learnt: Learnt
    report: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Judged:
    """A held-out text: what was right, what was guessed, how surely."""

    right: int
    guessed: int
    sureness: float
    language: str


def train(labels: Sequence[Label], *, embedder: str = "") -> Trained | None:
    """Learn. None where there are too few labels, or only one class has enough.

    embedder: of the labels' vectors.
    """
    begun = time.monotonic()
    used = _usable(labels)
    classes = tuple(sorted({label.value for label in used}))
    if len(used) < FEWEST or len(classes) < 2:
        return None
    with_vectors = _with_vectors(used) if embedder else []
    parts = {"words": used, **({"both": with_vectors} if with_vectors else {})}
    counts = [features(label.text) for label in used]
    vocabulary, rarity = _vocabulary(counts, [label.value for label in used])
    found: dict[str, Part] = {}
    reports: dict[str, Any] = {}
    for name, rows in parts.items():
        uses_vectors = name == "both"
        judged = _held_out(rows, classes, uses_vectors=uses_vectors)
        thresholds = _thresholds(judged, classes)
        reports[name] = _report(judged, thresholds, classes)
        found[name] = _fitted(
            rows, classes, vocabulary, rarity, thresholds=thresholds, uses_vectors=uses_vectors
        )
    learnt = Learnt(classes, vocabulary, rarity, found, embedder if "both" in found else "")
    left_out = Counter(label.value for label in labels)
    best = reports.get("both", reports["words"])
    report = {
        **best,
        "parts": {name: _summary(one) for name, one in reports.items()},
        "labels": len(used),
        "too_few": {str(value): left_out[value] for value in left_out if value not in classes},
        "seconds": round(time.monotonic() - begun, 1),
    }
    return Trained(learnt, report)


def _usable(labels: Sequence[Label]) -> list[Label]:
    """The newest MOST, of classes that have enough to be judged."""
    newest = list(labels)[-MOST:]
    count = Counter(label.value for label in newest)
    return [label for label in newest if count[label.value] >= FEWEST_OF_CLASS]


def _with_vectors(labels: Sequence[Label]) -> list[Label]:
    """Those that have vectors, if they are nearly all and still know every class."""
    kept = [label for label in labels if label.vector is not None]
    known = Counter(label.value for label in kept)
    is_enough = len(kept) >= max(FEWEST, VECTORS_NEEDED * len(labels))
    return kept if is_enough and len(known) == len({label.value for label in labels}) else []


def _vocabulary(
    counts: Sequence[Counter[str]], values: Sequence[int]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The features that tell classes apart best, and how rare each is."""
    total = len(counts)
    of_class = Counter(values)
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for found, value in zip(counts, values, strict=True):
        for name in found:
            seen[name][value] += 1
    scored: dict[str, list[tuple[float, str, int]]] = defaultdict(list)
    for name, by_class in seen.items():
        times = sum(by_class.values())
        if times < 2:
            continue
        expected = {value: times * of_class[value] / total for value in by_class}
        apart = sum((by_class[value] - expected[value]) ** 2 / expected[value] for value in by_class)
        apart += sum(times * of_class[value] / total for value in of_class if value not in by_class)
        scored[name[0]].append((apart, name, times))
    kept: list[tuple[str, int]] = []
    for block, most in MOST_FEATURES.items():
        best = sorted(scored[block], key=lambda one: (-one[0], one[1]))[:most]
        kept += [(name, times) for _apart, name, times in best]
    return (
        tuple(name for name, _times in kept),
        tuple(math.log((1 + total) / (1 + times)) + 1 for _name, times in kept),
    )


def _rows(
    labels: Sequence[Label],
    vocabulary: tuple[str, ...],
    rarity: tuple[float, ...],
    center: Rows | None,
) -> Rows:
    """A dense row for each text; with its vector, moved by the center, where one is given."""
    places = {name: place for place, name in enumerate(vocabulary)}
    size = len(vocabulary) + (0 if center is None else len(center))
    rows = np.zeros((len(labels), size), np.float32)
    rare = dict(enumerate(rarity))
    for number, label in enumerate(labels):
        for place, value in weighted(features(label.text), places, rare).items():
            rows[number, place] = value
        if center is not None:
            rows[number, len(vocabulary) :] = (np.asarray(label.vector, np.float32) - center) * VECTOR_WEIGHT
    return rows


def _center(labels: Sequence[Label]) -> Rows:
    """Sentence vectors lie close together; what they have in common tells nothing."""
    found: Rows = np.asarray([label.vector for label in labels], np.float32).mean(axis=0)
    return found


def _held_out(labels: Sequence[Label], classes: tuple[int, ...], *, uses_vectors: bool) -> list[_Judged]:
    folds = np.array([zlib.crc32(str(label.writer or label.text).encode()) % FOLDS for label in labels])
    judged: list[_Judged] = []
    for fold in range(FOLDS):
        known = [label for label, own in zip(labels, folds, strict=True) if own != fold]
        asked = [label for label, own in zip(labels, folds, strict=True) if own == fold]
        if not asked or len({label.value for label in known}) < 2:
            continue
        own_words = _vocabulary([features(label.text) for label in known], [label.value for label in known])
        center = _center(known) if uses_vectors else None
        numbers, bias = fit(
            _rows(known, *own_words, center), _answers(known, classes), len(classes), penalty=PENALTY
        )
        likely = probabilities(_rows(asked, *own_words, center), numbers, bias)
        best = likely.argmax(axis=1)
        judged += [
            _Judged(label.value, classes[int(place)], float(row[place]), label.language)
            for label, place, row in zip(asked, best, likely, strict=True)
        ]
    return judged


def _answers(labels: Sequence[Label], classes: tuple[int, ...]) -> NDArray[np.int64]:
    places = {value: place for place, value in enumerate(classes)}
    return np.array([places[label.value] for label in labels], np.int64)


def _thresholds(judged: Sequence[_Judged], classes: tuple[int, ...]) -> dict[int, float | None]:
    """For each class the lowest sureness from which at most three of a hundred guesses were wrong; None: no such.

    A class with too few guesses to tell takes the bound of all classes together, unless it was wrong above it.
    """
    common = _bound(judged)
    bounds: dict[int, float | None] = {}
    for value in classes:
        own = [one for one in judged if one.guessed == value]
        bound = _bound(own)
        if bound is None and common is not None:
            above = [one for one in own if one.sureness >= common]
            bound = common if all(one.right == value for one in above) else None
        bounds[value] = bound
    return bounds


def _bound(guesses: Sequence[_Judged]) -> float | None:
    """One guess is held against them, so that a handful of lucky ones is not enough."""
    right, bound = 0, None
    for number, one in enumerate(sorted(guesses, key=lambda one: -one.sureness), 1):
        right += one.right == one.guessed
        if (right - 1) / number >= AIMED:
            bound = one.sureness
    return None if bound is None else round(max(0.5, bound), 4)


def _fitted(
    labels: Sequence[Label],
    classes: tuple[int, ...],
    vocabulary: tuple[str, ...],
    rarity: tuple[float, ...],
    *,
    thresholds: dict[int, float | None],
    uses_vectors: bool,
) -> Part:
    center = _center(labels) if uses_vectors else None
    numbers, bias = fit(
        _rows(labels, vocabulary, rarity, center), _answers(labels, classes), len(classes), penalty=PENALTY
    )
    words, rest = numbers[: len(vocabulary)], numbers[len(vocabulary) :] * np.float32(VECTOR_WEIGHT)
    return Part(
        array("f", words.ravel().tolist()),
        array("f", bias.tolist()),
        thresholds,
        array("f", rest.ravel().tolist()),
        array("f", [] if center is None else center.tolist()),
    )


def _report(
    judged: Sequence[_Judged], thresholds: dict[int, float | None], classes: tuple[int, ...]
) -> dict[str, Any]:
    languages = sorted({one.language for one in judged})
    confused = Counter((one.right, one.guessed) for one in judged if one.right != one.guessed)
    return {
        **_figures(judged, thresholds),
        "by_class": {
            str(value): {
                **_figures([one for one in judged if one.right == value], thresholds),
                "threshold": thresholds[value],
            }
            for value in classes
        },
        "by_language": {
            language: _figures([one for one in judged if one.language == language], thresholds)
            for language in languages
        },
        "confused": [[right, guessed, times] for (right, guessed), times in confused.most_common(12)],
    }


def _figures(judged: Sequence[_Judged], thresholds: dict[int, float | None]) -> dict[str, Any]:
    """count: texts held out. right: guessed right. applied: so surely that they would apply themselves."""
    applied, suggested = list[_Judged](), list[_Judged]()
    for one in judged:
        bound = thresholds[one.guessed]
        if bound is not None and one.sureness >= bound:
            applied.append(one)
        elif one.sureness >= SUGGESTS:
            suggested.append(one)
    return {
        "count": len(judged),
        "right": sum(one.right == one.guessed for one in judged),
        "applied": len(applied),
        "applied_right": sum(one.right == one.guessed for one in applied),
        "suggested": len(suggested),
        "suggested_right": sum(one.right == one.guessed for one in suggested),
    }


def _summary(report: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in report.items() if isinstance(value, int)}
