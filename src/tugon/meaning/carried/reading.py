"""Pure: the bytes of an E5S1 file → named parts. Trusts nothing: every length, offset and count is checked first.

Layout (little-endian), as the C source in the wheel documents it: magic and version (8 bytes); seven i32: width,
layers, heads, inner width, vocabulary, positions, types; f32 epsilon, i32 block; five i32: pieces, begin, end,
padding, unknown; u64 length of the pieces' letters; offsets u32[pieces+1]; scores f32[pieces]; letters; i32 and u32:
number and bytes of normalisations, each u32 code point, u8 count, u32[count]; i32 tensors, each u16 length, name,
u8 type, u32 count, u64 offset, u64 bytes. Type 0 is f32; type 1 is blocks of 32 numbers: f16 scale and 16 bytes of
two nibbles.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1\x01\x00\x00\x00"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
IN_BLOCK = 32
NUMBERS, BLOCKS = 0, 1


class WeightsInvalid(Exception):
    """The file is damaged or no weight file: the words say where it stopped making sense."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's sizes. special: ids of begin, end, padding, unknown."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float
    special: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Tensor:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Weights:
    """A file that was read. letters: the pieces' UTF-8, cut at offsets. normal: code point → its letters."""

    shape: Shape
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    letters: bytes
    normal: dict[int, str]
    tensors: dict[str, Tensor]
    content: Any

    def numbers(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor of plain numbers. Raises WeightsInvalid where it is not of this shape or not finite."""
        found = self._tensor(name, NUMBERS, shape)
        values = np.frombuffer(self.content, "<f4", found.count, found.offset)
        if not np.isfinite(values).all():
            raise WeightsInvalid(f"{name} holds what is no number")
        return values.reshape(shape)

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[Any]:
        """A tensor of four-bit blocks, [rows, columns / 32], still packed."""
        found = self._tensor(name, BLOCKS, (rows, columns))
        packed = np.frombuffer(self.content, BLOCK, found.count // IN_BLOCK, found.offset)
        if not np.isfinite(packed["scale"]).all():
            raise WeightsInvalid(f"{name} holds what is no number")
        return packed.reshape(rows, columns // IN_BLOCK)

    def _tensor(self, name: str, kind: int, shape: tuple[int, ...]) -> Tensor:
        found = self.tensors.get(name)
        count = int(np.prod(shape))
        if found is None or found.kind != kind or found.count != count:
            raise WeightsInvalid(f"{name} is missing or not of shape {shape}")
        return found


def unpacked(packed: NDArray[Any]) -> NDArray[np.float32]:
    """Four-bit blocks [..., n] → numbers [..., 32 n]: (nibble - 8) x scale; low nibbles are the first sixteen."""
    nibbles = packed["nibbles"]
    values = np.empty((*nibbles.shape[:-1], IN_BLOCK), np.float32)
    values[..., :16] = nibbles & 15
    values[..., 16:] = nibbles >> 4
    values -= 8
    values *= packed["scale"].astype(np.float32)[..., None]
    return values.reshape(*packed.shape[:-1], packed.shape[-1] * IN_BLOCK)


def read(content: Any) -> Weights:
    """Understand a weight file. content: bytes or a memory map, kept by what is returned. Raises WeightsInvalid."""
    at = _Cursor(content)
    if bytes(at.take(8)) != MAGIC:
        raise WeightsInvalid("it does not begin like a weight file")
    shape, pieces = _shape(at)
    (size,) = at.unpack("<Q")
    offsets = np.frombuffer(at.take((pieces + 1) * 4), "<u4")
    scores = np.frombuffer(at.take(pieces * 4), "<f4")
    letters = bytes(at.take(size))
    if offsets[-1] > size or (np.diff(offsets.astype(np.int64)) < 0).any() or not np.isfinite(scores).all():
        raise WeightsInvalid("the list of word pieces is damaged")
    normal = _normalisations(at)
    return Weights(shape, offsets, scores, letters, normal, _tensors(at), content)


def _shape(at: _Cursor) -> tuple[Shape, int]:
    width, layers, heads, inner, vocabulary, positions, _types = at.unpack("<7i")
    epsilon, block = at.unpack("<fi")
    pieces, *special = at.unpack("<5i")
    _within("width", width, 32, 4096)
    _within("layers", layers, 1, 64)
    _within("heads", heads, 1, 64)
    _within("inner width", inner, 32, 16_384)
    _within("vocabulary", vocabulary, 8, 2_000_000)
    _within("positions", positions, 8, 65_536)
    _within("pieces", pieces, 8, vocabulary)
    _within("block", block, IN_BLOCK, IN_BLOCK)
    for one in special:
        _within("special piece", one, 0, pieces - 1)
    if width % heads or width % IN_BLOCK or inner % IN_BLOCK or not 0 < epsilon < 1:
        raise WeightsInvalid("its sizes do not fit each other")
    begin, end, padding, unknown = special
    return Shape(
        width, layers, heads, inner, vocabulary, positions, epsilon, (begin, end, padding, unknown)
    ), pieces


def _within(what: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise WeightsInvalid(f"{what} is {value}, not from {low} to {high}")


def _normalisations(at: _Cursor) -> dict[int, str]:
    number, size = at.unpack("<iI")
    _within("normalisations", number, 0, 0x110000)
    part = _Cursor(at.take(size))
    found: dict[int, str] = {}
    for _ in range(number):
        code, count = part.unpack("<IB")
        letters = part.unpack(f"<{count}I")
        if max(code, *letters, 0) > 0x10FFFF:
            raise WeightsInvalid("a normalisation names a letter that does not exist")
        found[code] = "".join(map(chr, letters))
    return found


def _tensors(at: _Cursor) -> dict[str, Tensor]:
    (number,) = at.unpack("<i")
    _within("tensors", number, 1, 10_000)
    found: dict[str, Tensor] = {}
    for _ in range(number):
        (length,) = at.unpack("<H")
        name = bytes(at.take(length)).decode("ascii", "replace")
        kind, count, offset, size = at.unpack("<BIQQ")
        wanted = {NUMBERS: count * 4, BLOCKS: count // IN_BLOCK * BLOCK.itemsize}.get(kind)
        if size != wanted or offset + size > at.size or (kind == BLOCKS and count % IN_BLOCK):
            raise WeightsInvalid(f"{name[:40]} does not lie within the file")
        found[name] = Tensor(kind, count, offset, size)
    return found


class _Cursor:
    """Walks through bytes and never past their end."""

    def __init__(self, content: Any) -> None:
        self._view = memoryview(content)
        self.size = len(self._view)
        self._at = 0

    def take(self, size: int) -> memoryview:
        if not 0 <= size <= self.size - self._at:
            raise WeightsInvalid(f"it ends early: {size} bytes wanted at {self._at} of {self.size}")
        self._at += size
        return self._view[self._at - size : self._at]

    def unpack(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self.take(struct.calcsize(form)))
