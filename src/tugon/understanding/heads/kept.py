"""The heads as they are shipped: JSON with plain numbers. Damaged or absent, they are silent and words do the work."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

logger = logging.getLogger(__name__)

FILE = Path(__file__).with_name("heads.json")


@dataclass(frozen=True, slots=True)
class Heads:
    """model: of the vectors they were trained on; they mean nothing for others. center: taken from a vector first."""

    model: str
    center: tuple[float, ...]
    moods: tuple[tuple[float, ...], ...]
    mood_bias: tuple[float, ...]
    urgent: tuple[float, ...]
    urgent_bias: float

    def mood(self, vector: Sequence[float]) -> tuple[float, float, float]:
        """Probabilities of unhappy, plain, glad. They add up to 1."""
        moved = self._moved(vector)
        scores = [
            bias + math.fsum(map(_times, numbers, moved))
            for numbers, bias in zip(self.moods, self.mood_bias, strict=True)
        ]
        likely = [math.exp(score - max(scores)) for score in scores]
        unhappy, plain, glad = (one / sum(likely) for one in likely)
        return unhappy, plain, glad

    def urgency(self, vector: Sequence[float]) -> float:
        """Probability that it cannot wait."""
        score = self.urgent_bias + math.fsum(map(_times, self.urgent, self._moved(vector)))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, score))))

    def _moved(self, vector: Sequence[float]) -> list[float]:
        return [one - middle for one, middle in zip(vector, self.center, strict=True)]


@cache
def heads() -> Heads | None:
    """The shipped heads; None, and one warning, where their file cannot be believed."""
    return read(FILE)


def read(file: Path) -> Heads | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        found = Heads(
            str(told["model"]),
            _numbers(told["center"]),
            tuple(_numbers(one) for one in told["moods"]),
            _numbers(told["mood_bias"]),
            _numbers(told["urgent"]),
            *_numbers([told["urgent_bias"]]),
        )
        size = len(found.center)
        if len(found.moods) != 3 or len(found.mood_bias) != 3 or len(found.urgent) != size:
            raise ValueError("numbers are missing")
        if any(len(one) != size for one in found.moods):
            raise ValueError("numbers are missing")
    except (OSError, ValueError, KeyError, TypeError) as error:
        logger.warning(
            "%s cannot be used, so mood and urgency are read from words alone: %s", file.name, error
        )
        return None
    return found


def _numbers(given: Sequence[float]) -> tuple[float, ...]:
    found = tuple(float(one) for one in given)
    if not all(math.isfinite(one) for one in found):
        raise ValueError("a number is none")
    return found


def _times(one: float, other: float) -> float:
    return one * other
