"""Pure: ids of word pieces → one vector per text. The forward pass of a BERT encoder (Devlin et al. 2019), mean
pooling, length 1 (Wang et al. 2024, "Multilingual E5", arXiv:2402.05672). float32 throughout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from .reading import Weights, unpacked

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer, unpacked: attention (query, key and value side by side), its output, the inner network, two norms."""

    attend: Floats
    attend_bias: Floats
    out: Floats
    out_bias: Floats
    norm: tuple[Floats, Floats]
    rise: Floats
    rise_bias: Floats
    fall: Floats
    fall_bias: Floats
    last_norm: tuple[Floats, Floats]


class Network:
    def __init__(self, weights: Weights) -> None:
        shape = self.shape = weights.shape
        self._words = weights.blocks("emb.word", shape.vocabulary, shape.width)
        places = weights.numbers("emb.pos", shape.positions, shape.width)
        self._places = places + weights.numbers("emb.type", 2, shape.width)[0]
        self._norm = (weights.numbers("emb.ln.w", shape.width), weights.numbers("emb.ln.b", shape.width))
        self._layers = [_layer(weights, number) for number in range(shape.layers)]

    def vectors(self, texts: Sequence[Sequence[int]]) -> Floats:
        """[texts, width]. Texts of like length go best together: all are padded to the longest."""
        longest = max(map(len, texts))
        ids = np.full((len(texts), longest), self.shape.special[2], np.int64)
        there = np.zeros((len(texts), longest), np.float32)
        for row, pieces in enumerate(texts):
            ids[row, : len(pieces)] = pieces
            there[row, : len(pieces)] = 1
        x = self._normed(unpacked(self._words[ids]) + self._places[:longest], self._norm)
        hidden = (1 - there)[:, None, None, :] * np.float32(-1e9)
        for layer in self._layers:
            x = self._through(layer, x, hidden)
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), np.float32)

    def _through(self, layer: _Layer, x: Floats, hidden: Floats) -> Floats:
        texts, length, width = x.shape
        heads, each = self.shape.heads, width // self.shape.heads
        flat = x.reshape(-1, width)
        split = (flat @ layer.attend + layer.attend_bias).reshape(texts, length, 3, heads, each)
        query, key, value = split.transpose(2, 0, 3, 1, 4)
        weight = _softmax(query @ key.transpose(0, 1, 3, 2) / np.float32(sqrt(each)) + hidden)
        seen = (weight @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        flat = self._normed(flat + seen @ layer.out + layer.out_bias, layer.norm)
        inner = _gelu(flat @ layer.rise + layer.rise_bias) @ layer.fall + layer.fall_bias
        return self._normed(flat + inner, layer.last_norm).reshape(texts, length, width)

    def _normed(self, x: Floats, by: tuple[Floats, Floats]) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(-1, keepdims=True) + np.float32(self.shape.epsilon))
        x *= by[0]
        x += by[1]
        return x


def _layer(weights: Weights, number: int) -> _Layer:
    width, inner = weights.shape.width, weights.shape.inner

    def matrix(name: str, rows: int, columns: int) -> Floats:
        return unpacked(weights.blocks(f"l{number}.{name}.w", rows, columns))

    def row(name: str, size: int = width) -> Floats:
        return weights.numbers(f"l{number}.{name}", size)

    return _Layer(
        attend=np.concatenate([matrix(name, width, width) for name in "qkv"]).T.copy(),
        attend_bias=np.concatenate([row(f"{name}.b") for name in "qkv"]),
        out=matrix("ao", width, width).T.copy(),
        out_bias=row("ao.b"),
        norm=(row("aln.w"), row("aln.b")),
        rise=matrix("fi", inner, width).T.copy(),
        rise_bias=row("fi.b", inner),
        fall=matrix("fo", width, inner).T.copy(),
        fall_bias=row("fo.b"),
        last_norm=(row("oln.w"), row("oln.b")),
    )


def _softmax(x: Floats) -> Floats:
    x -= x.max(-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(-1, keepdims=True)
    return x


def _gelu(x: Floats) -> Floats:
    """x Φ(x), with erf after Abramowitz and Stegun 7.1.26 (largest error 1.5e-7)."""
    size = np.abs(x) * np.float32(sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.float32(1.061405429) * t
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= t
    tail *= np.exp(-np.square(size))
    return np.asarray(np.float32(0.5) * x * (1 + np.copysign(1 - tail, x)), np.float32)
