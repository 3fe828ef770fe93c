"""What every provider of vectors can do, and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    """Shape [texts, dimension]; every row has length 1, so that a product of two is their cosine."""

MOST_LETTERS = 8_000
"""Of one text; what comes later is left out. An article's meaning stands in its beginning."""


class MeaningUnavailable(Exception):
    """No vectors now: the words say why. Whoever asked goes on without them."""


class Embedder(Protocol):
    """Texts → vectors. Some models tell what is asked (`queries`) from what is found (`passages`)."""

    @property
    def model(self) -> str:
        """Names the model and its version: vectors of different models cannot be compared. At most 100 letters."""

    @property
    def dimension(self) -> int:
        """Numbers in one vector."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask. Raises MeaningUnavailable."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what may answer. Raises MeaningUnavailable."""


def clean(text: str) -> str:
    """A text as every provider takes it: no NUL, no lone surrogates, clipped."""
    return text[:MOST_LETTERS].replace("\0", " ").encode("utf-8", "replace").decode()
