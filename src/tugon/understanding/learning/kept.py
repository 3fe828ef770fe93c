"""What was learnt, as it is kept: a list of names and plain float32 numbers, checked before it is believed."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .features import features, weighted

MOST_BECAUSE = 3


class Damaged(ValueError):
    """The numbers are not what was trained."""


@dataclass(frozen=True, slots=True)
class Guess:
    """value: id of a topic or team. because: words that spoke for it. threshold: how sure it must be to apply itself;
    None: never."""

    value: int
    confidence: float
    threshold: float | None
    because: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        return self.threshold is not None and self.confidence >= self.threshold


@dataclass(frozen=True)
class Part:
    """One linear model. coefficients: a row of classes for each feature. vectors: the same for a sentence vector's
    numbers, where it uses one."""

    coefficients: array[float]
    bias: array[float]
    thresholds: Mapping[int, float | None]
    vectors: array[float] = field(default_factory=lambda: array("f"))
    center: array[float] = field(default_factory=lambda: array("f"))


@dataclass(frozen=True)
class Learnt:
    """A classifier ready to be asked. parts: "words", and "both" where sentence vectors were learnt from too."""

    classes: tuple[int, ...]
    vocabulary: tuple[str, ...]
    rarity: tuple[float, ...]
    parts: Mapping[str, Part]
    embedder: str = ""

    @cached_property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.vocabulary)}

    def guess(self, text: str, *, vector: Sequence[float] | None = None) -> Guess | None:
        """The best class; None where nothing of the text is known. vector: of the embedder learnt with, length 1."""
        part = self.parts.get("both" if vector is not None else "words")
        if part is None:
            return None
        values = weighted(features(text), self.places, self.rarity)
        if not values and vector is None:
            return None
        scores = self._scores(part, values, vector)
        highest = max(scores)
        likely = [math.exp(score - highest) for score in scores]
        best = max(range(len(likely)), key=likely.__getitem__)
        value = self.classes[best]
        return Guess(
            value,
            likely[best] / sum(likely),
            part.thresholds.get(value),
            self._because(part, values, best),
        )

    def _scores(self, part: Part, values: Mapping[int, float], vector: Sequence[float] | None) -> list[float]:
        count = len(self.classes)
        scores = list(part.bias)
        numbers = part.coefficients
        for place, value in values.items():
            at = place * count
            for one in range(count):
                scores[one] += value * numbers[at + one]
        for place, value in enumerate(vector or ()):
            at = place * count
            moved = value - part.center[place]
            for one in range(count):
                scores[one] += moved * part.vectors[at + one]
        return scores

    def _because(self, part: Part, values: Mapping[int, float], best: int) -> tuple[str, ...]:
        """Words, not pieces, that spoke most for the class."""
        count = len(self.classes)
        spoke = {
            self.vocabulary[place][2:]: value * part.coefficients[place * count + best]
            for place, value in values.items()
            if self.vocabulary[place].startswith("w:")
        }
        found = sorted((word for word in spoke if spoke[word] > 0.02), key=lambda word: -spoke[word])
        kept: list[str] = []
        for word in found:
            if not any(word in other or other in word for other in kept):
                kept.append(word)
        return tuple(kept[:MOST_BECAUSE])


def pack(learnt: Learnt) -> tuple[dict[str, Any], bytes]:
    """Names as JSON values, and numbers as float32, little-endian."""
    names: dict[str, Any] = {
        "classes": list(learnt.classes),
        "vocabulary": list(learnt.vocabulary),
        "embedder": learnt.embedder,
        "parts": {},
    }
    numbers = array("f", learnt.rarity)
    for name, part in learnt.parts.items():
        names["parts"][name] = {
            "thresholds": {str(value): bound for value, bound in part.thresholds.items()},
            "vector": len(part.center),
        }
        for piece in (part.coefficients, part.bias, part.vectors, part.center):
            numbers.extend(piece)
    return names, _little(numbers).tobytes()


def unpack(names: Mapping[str, Any], numbers: bytes, *, checksum: str) -> Learnt:
    """Raises Damaged for anything that is not exactly what `pack` made."""
    try:
        if checksum_of(names, numbers) != checksum:
            raise Damaged("the checksum differs")
        return _unpacked(names, numbers)
    except Damaged:
        raise
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Damaged(repr(error)) from error


def checksum_of(names: Mapping[str, Any], numbers: bytes) -> str:
    told = json.dumps(names, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(told + b"\0" + numbers).hexdigest()


def _unpacked(names: Mapping[str, Any], numbers: bytes) -> Learnt:
    given = array("f")
    given.frombytes(numbers)
    given = _little(given)
    classes = tuple(int(one) for one in names["classes"])
    vocabulary = tuple(str(one) for one in names["vocabulary"])
    at = 0

    def take(count: int) -> array[float]:
        nonlocal at
        piece = given[at : at + count]
        if len(piece) != count or not all(math.isfinite(one) for one in piece):
            raise Damaged("numbers are missing")
        at += count
        return piece

    rarity = tuple(take(len(vocabulary)))
    parts: dict[str, Part] = {}
    for name, said in names["parts"].items():
        size = int(said["vector"])
        thresholds = {
            int(value): None if bound is None else float(bound) for value, bound in said["thresholds"].items()
        }
        coefficients, bias = take(len(vocabulary) * len(classes)), take(len(classes))
        parts[name] = Part(coefficients, bias, thresholds, take(size * len(classes)), take(size))
    if at != len(given) or not classes:
        raise Damaged("numbers are left over")
    return Learnt(classes, vocabulary, rarity, parts, str(names.get("embedder", "")))


def _little(numbers: array[float]) -> array[float]:
    if sys.byteorder == "little":
        return numbers
    turned = array("f", numbers)
    turned.byteswap()
    return turned
