"""The provider over an OpenAI-compatible endpoint: POST <address>/embeddings {model, input} → {data: [{index,
embedding}]}. Off until a company sets an address. What comes back is checked like anything from outside."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .embedders import MeaningUnavailable, clean

if TYPE_CHECKING:
    from .embedders import Vectors

QUERY_SECONDS, PASSAGES_SECONDS = 0.7, 30.0
MOST_BYTES = 32_000_000
MOST_AT_ONCE = 64
MOST_NUMBERS = 8_192


class Endpoint:
    """`Embedder` of somebody else's service. Models named like e5 are told what is asked and what is found."""

    def __init__(self, address: str, *, model: str, key: str) -> None:
        """Asks once, to learn the dimension. Raises MeaningUnavailable."""
        if not address.startswith(("https://", "http://")):
            raise MeaningUnavailable("The endpoint's address must begin with https://")
        self._address, self._name, self._key = address.rstrip("/") + "/embeddings", model, key
        self.model = f"endpoint/{model}"[:100]
        self._marks = ("query: ", "passage: ") if "e5" in model.lower() else ("", "")
        self.dimension = 0
        self.dimension = len(self._embedded(["hello"], "", PASSAGES_SECONDS)[0])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded(texts, self._marks[0], QUERY_SECONDS)

    def passages(self, texts: Sequence[str]) -> Vectors:
        parts = [texts[at : at + MOST_AT_ONCE] for at in range(0, len(texts), MOST_AT_ONCE)]
        return np.concatenate([self._embedded(part, self._marks[1], PASSAGES_SECONDS) for part in parts])

    def _embedded(self, texts: Sequence[str], mark: str, seconds: float) -> Vectors:
        asked = {"model": self._name, "input": [mark + clean(text) or " " for text in texts]}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self._address, json.dumps(asked).encode(), headers, method="POST"
        )
        try:
            with _opener.open(request, timeout=seconds) as answer:
                content = answer.read(MOST_BYTES + 1)
            rows = json.loads(content)["data"]
            rows = [row["embedding"] for row in sorted(rows, key=lambda row: row["index"])]
            found = np.array(rows, np.float32)
        except urllib.error.HTTPError as error:
            raise MeaningUnavailable(f"The endpoint refused: {error.code} {error.reason}") from error
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise MeaningUnavailable(f"The endpoint did not answer with vectors: {error}"[:300]) from error
        return self._checked(found, len(texts))

    def _checked(self, found: Any, wanted: int) -> Vectors:
        width = self.dimension or (found.shape[1] if found.ndim == 2 else 0)
        if found.shape != (wanted, width) or not 2 <= width <= MOST_NUMBERS or not np.isfinite(found).all():
            raise MeaningUnavailable("The endpoint answered with vectors of another size than asked for.")
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, 1e-9), np.float32)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key goes to the address it was given for, and to no other."""

    def redirect_request(self, *_args: Any, **_names: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)
