"""The vectors of one shelf as one matrix in the warm process, and what is nearest in it.

Every product is computed: 10,000 vectors of 384 numbers take 1.4 ms, 200,000 take 29 ms on one core
(docs/benchmarks.md), so no index and no extension of the database is needed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from .shelves import WHOLES

FRESH_SECONDS = 1.0
_STATE = "SELECT count(*), coalesce(max(id), 0) FROM meaning_vector WHERE shelf = %s AND model = %s"
_ROWS = "SELECT id, key, part, numbers FROM meaning_vector WHERE shelf = %s AND model = %s AND id > %s ORDER BY id"


class Matrix:
    """Reads the shelf again when the database says that it changed; looks at most once in FRESH_SECONDS."""

    def __init__(self, shelf: str, *, model: str, dimension: int) -> None:
        self.shelf, self.model, self.dimension = shelf, model, dimension
        self._keys: NDArray[np.int64] = np.empty(0, np.int64)
        self._parts: NDArray[np.int64] = np.empty(0, np.int64)
        self._vectors: NDArray[np.float32] = np.empty((0, dimension), np.float32)
        self._shown = self._table()
        self._newest = 0
        self._looked = float("-inf")
        self._reading = threading.Lock()

    def __len__(self) -> int:
        return len(self._keys)

    def nearest(self, query: NDArray[np.float32], *, most: int) -> dict[str, Any]:
        """near: [key, cosine] pairs, best first; mean and spread of all keys' cosines."""
        vectors, own, place, is_piece, count = self._shown
        if not len(vectors):
            return {"near": [], "mean": 0.0, "spread": 0.0}
        cosines = vectors @ query
        piece = np.full(len(own), -np.inf, np.float32)
        np.maximum.at(piece, place[is_piece], cosines[is_piece])
        whole = np.bincount(place[~is_piece], weights=cosines[~is_piece], minlength=len(own))
        scores = (whole + np.where(np.isfinite(piece), piece, 0)) / count
        best = np.argsort(-scores, kind="stable")[:most]
        near = [[int(own[at]), round(float(scores[at]), 6)] for at in best]
        return {"near": near, "mean": float(scores.mean()), "spread": float(scores.std())}

    def refresh(self, *, at_once: bool = False) -> None:
        """Read what is new. Safe from any thread; a second one does not wait for the first."""
        if not at_once and time.monotonic() - self._looked < FRESH_SECONDS:
            return
        if not self._reading.acquire(blocking=at_once):
            return
        try:
            self._read()
            self._looked = time.monotonic()
        finally:
            self._reading.release()

    def _read(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_STATE, [self.shelf, self.model])
            count, newest = cursor.fetchone()
            if (count, newest) == (len(self._keys), self._newest):
                return
            cursor.execute(_ROWS, [self.shelf, self.model, self._newest])
            self._add(cursor.fetchall())
            if len(self._keys) != count:  # something was deleted, or came late under a smaller number
                self._keys, self._parts, self._vectors = self._keys[:0], self._parts[:0], self._vectors[:0]
                cursor.execute(_ROWS, [self.shelf, self.model, 0])
                self._add(cursor.fetchall())
        self._shown = self._table()

    def _table(self) -> tuple[Any, ...]:
        """What a question reads, at one moment: vectors, different keys, whose each vector is, whether it is one of
        several pieces, and by how many a key's sum is divided: its whole texts, and one for its nearest piece."""
        own, place = np.unique(self._keys, return_inverse=True)
        is_piece = self._parts >= WHOLES
        count = np.bincount(place[~is_piece], minlength=len(own)).astype(np.float32)
        count[np.unique(place[is_piece])] += 1
        return self._vectors, own, place, is_piece, count

    def _add(self, rows: Iterable[tuple[int, int, int, Any]]) -> None:
        """Rows of another size than the model's are left out. What their keys had before goes."""
        fitting = [row for row in rows if len(row[3]) == self.dimension * 2]
        if not fitting:
            return
        keys = np.array([row[1] for row in fitting], np.int64)
        vectors = np.frombuffer(b"".join(bytes(row[3]) for row in fitting), "<f2").astype(np.float32)
        stay = ~np.isin(self._keys, keys)
        self._vectors = np.concatenate([self._vectors[stay], vectors.reshape(-1, self.dimension)])
        self._keys = np.concatenate([self._keys[stay], keys])
        self._parts = np.concatenate([self._parts[stay], np.array([row[2] for row in fitting], np.int64)])
        self._newest = max(self._newest, fitting[-1][0])
