"""Makes `heads.json` of the sentences in `seeds`, and says how well it does on sentences it has not seen.

python -m tugon.understanding.heads.training

Needs the carried weights, and a minute. Run it again whenever the sentences or the weights change, and commit the file.
"""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from tugon.meaning.carried.provider import CarriedWeights, installed_file

from ..learning.fitting import Rows, fit, probabilities
from .kept import FILE
from .seeds import SEEDS, Seed

PENALTY = 2e-3
FOLDS = 5
SCALE = 4.0
"""By which centred vectors are stretched before fitting: they are short."""


def main() -> None:
    seeds = list(SEEDS)
    file = installed_file()
    if file is None:
        raise SystemExit("The carried weights are not installed.")
    weights = CarriedWeights(file)
    vectors = weights.passages([seed.text for seed in seeds])
    center = vectors.mean(axis=0)
    rows: Rows = ((vectors - center) * SCALE).astype(np.float32)
    moods, urgent = (
        np.array([seed.mood + 1 for seed in seeds]),
        np.array([int(seed.is_urgent) for seed in seeds]),
    )
    _tell("mood", rows, moods, 3, seeds)
    _tell("urgency", rows, urgent, 2, seeds)
    mood_numbers, mood_bias = fit(rows, moods, 3, penalty=PENALTY)
    numbers, bias = fit(rows, urgent, 2, penalty=PENALTY)
    told = {
        "model": weights.model,
        "sentences": len(seeds),
        "center": _plain(center),
        "moods": [_plain(mood_numbers[:, one] * SCALE) for one in range(3)],
        "mood_bias": _plain(mood_bias),
        "urgent": _plain((numbers[:, 1] - numbers[:, 0]) * SCALE),
        "urgent_bias": round(float(bias[1] - bias[0]), 5),
    }
    FILE.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")


def _tell(name: str, rows: Rows, answers: NDArray[np.int64], classes: int, seeds: list[Seed]) -> None:
    """Accuracy on held-out sentences: of every fifth, and of each language by the other two."""
    places = np.arange(len(seeds))
    right = np.zeros(len(seeds), bool)
    for fold in range(FOLDS):
        right |= _right(rows, answers, classes, places % FOLDS == fold)
    print(f"{name}: {right.mean():.3f} of {len(seeds)} held-out sentences")  # noqa: T201 - a script's answer
    for language in sorted({seed.language for seed in seeds}):
        own = np.array([seed.language == language for seed in seeds])
        across = _right(rows, answers, classes, own)
        print(  # noqa: T201
            f"  {language}: {right[own].mean():.3f}, trained on the other languages only {across[own].mean():.3f}"
        )


def _right(
    rows: Rows, answers: NDArray[np.int64], classes: int, asked: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    numbers, bias = fit(rows[~asked], answers[~asked], classes, penalty=PENALTY)
    found = np.zeros(len(rows), bool)
    found[asked] = probabilities(rows[asked], numbers, bias).argmax(axis=1) == answers[asked]
    return found


def _plain(numbers: Rows) -> list[float]:
    return [round(float(one), 5) for one in numbers]


if __name__ == "__main__":
    main()
