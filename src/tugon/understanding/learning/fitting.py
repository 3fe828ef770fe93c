"""Multinomial logistic regression on dense float32 rows, by L-BFGS. numpy only: a library for this alone would be the
largest dependency of the worker, and its stored form would be a pickle.

Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4 (two loops) and 3.1 (backtracking).
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]

MOST_ROUNDS = 80
MEMORY = 8
PRECISE = 1e-4
"""Change of the loss, per row, below which nothing more is gained."""


def fit(rows: Rows, answers: NDArray[np.int64], classes: int, *, penalty: float) -> tuple[Rows, Rows]:
    """Coefficients (features x classes) and bias, that minimise the mean log loss and penalty/2 of the squared
    coefficients."""
    count, size = rows.shape
    wanted = np.zeros((count, classes), np.float32)
    wanted[np.arange(count), answers] = 1

    def loss(point: Rows) -> tuple[float, Rows]:
        numbers, bias = point[:-1], point[-1]
        likely = probabilities(rows, numbers, bias)
        value = -float(np.log(np.maximum(likely[np.arange(count), answers], 1e-12)).mean())
        value += 0.5 * penalty * float((numbers * numbers).sum())
        likely -= wanted
        likely /= count
        slope = np.empty_like(point)
        np.matmul(rows.T, likely, out=slope[:-1])
        slope[:-1] += penalty * numbers
        slope[-1] = likely.sum(axis=0)
        return value, slope

    point = _descend(loss, np.zeros((size + 1, classes), np.float32))
    return point[:-1], point[-1]


def probabilities(rows: Rows, numbers: Rows, bias: Rows) -> Rows:
    """Softmax of the scores of every row."""
    scores = rows @ numbers + bias
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _descend(loss: Any, point: Rows) -> Rows:
    value, slope = loss(point)
    steps: deque[tuple[Rows, Rows, float]] = deque(maxlen=MEMORY)
    for _round in range(MOST_ROUNDS):
        direction = _direction(slope, steps)
        downhill = float((direction * slope).sum())
        if downhill > -1e-12:
            break
        length = 1.0 if steps else min(1.0, 1.0 / max(1e-9, float(np.abs(slope).sum())) * 10)
        for _try in range(25):
            there = point + np.float32(length) * direction
            next_value, next_slope = loss(there)
            if next_value <= value + 1e-4 * length * downhill:
                break
            length *= 0.5
        else:
            break
        moved, turned = there - point, next_slope - slope
        curve = float((moved * turned).sum())
        if curve > 1e-12:
            steps.append((moved, turned, 1.0 / curve))
        gained = value - next_value
        point, value, slope = there, next_value, next_slope
        if gained < PRECISE * max(1e-3, abs(value)):
            break
    return point


def _direction(slope: Rows, steps: deque[tuple[Rows, Rows, float]]) -> Rows:
    """Downhill, corrected by what the last steps told of the curvature."""
    direction = -slope
    kept: list[float] = []
    for moved, turned, scale in reversed(steps):
        weight = scale * float((moved * direction).sum())
        direction = direction - np.float32(weight) * turned
        kept.append(weight)
    if steps:
        moved, turned, scale = steps[-1]
        direction = direction * np.float32(1.0 / (scale * float((turned * turned).sum())))
    for (moved, turned, scale), weight in zip(steps, reversed(kept), strict=True):
        back = scale * float((turned * direction).sum())
        direction = direction + moved * np.float32(weight - back)
    return direction
