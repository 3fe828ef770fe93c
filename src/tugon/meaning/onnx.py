"""The provider over a folder as sentence-transformers exports it: model.onnx (or onnx/model.onnx) and tokenizer.json.

Needs the extra `onnx` (onnxruntime, tokenizers). The folder is named by TUGON_MEANING_FOLDER: a file of the machine is
the machine's matter, not a company setting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .embedders import MeaningUnavailable, clean

if TYPE_CHECKING:
    from .embedders import Vectors

MOST_PIECES = 256
AT_ONCE = 8


class OnnxFolder:
    """`Embedder` of a model on this machine. Mean pooling, length 1; e5 models get their marks."""

    def __init__(self, folder: Path) -> None:
        """Raises MeaningUnavailable where a file or the extra is missing, or the model is of another kind."""
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MeaningUnavailable("An ONNX folder needs the extra: pip install tugon[onnx]") from error
        places = [folder / "model.onnx", folder / "onnx" / "model.onnx"]
        file = next((place for place in places if place.is_file()), None)
        if file is None or not (folder / "tokenizer.json").is_file():
            raise MeaningUnavailable(f"{folder} holds no model.onnx and tokenizer.json.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise their own kinds
            raise MeaningUnavailable(f"{folder.name} cannot be used: {error}"[:300]) from error
        self._tokenizer.enable_truncation(MOST_PIECES)
        self._tokenizer.enable_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        digest = hashlib.file_digest(file.open("rb"), "sha256").hexdigest()[:8]
        self.model = f"onnx/{folder.name[:80]}/{digest}"
        self._marks = ("query: ", "passage: ") if "e5" in folder.name.lower() else ("", "")
        self.dimension = int(self._pass(["hello"]).shape[1])

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._marks[0] + clean(text) for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._embedded([self._marks[1] + clean(text) for text in texts])

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        return np.concatenate([self._pass(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)])

    def _pass(self, texts: Sequence[str]) -> Vectors:
        cut = self._tokenizer.encode_batch(list(texts))
        there = np.array([one.attention_mask for one in cut], np.int64)
        given: dict[str, Any] = {
            "input_ids": np.array([one.ids for one in cut], np.int64),
            "attention_mask": there,
            "token_type_ids": np.zeros_like(there),
        }
        try:
            (first, *_rest) = self._session.run(None, {name: given[name] for name in self._inputs})
        except Exception as error:
            raise MeaningUnavailable(f"The ONNX model failed: {error}"[:300]) from error
        if first.ndim == 3:
            first = (first * there[..., None]).sum(1) / np.maximum(there.sum(1, keepdims=True), 1)
        length = np.linalg.norm(first, axis=1, keepdims=True)
        return np.asarray(first / np.maximum(length, 1e-9), np.float32)
