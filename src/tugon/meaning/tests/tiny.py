"""A weight file of a few kilobytes, whole and valid: 32 numbers, one layer, made of chance."""

import struct

import numpy as np

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁refund",
    "▁money",
    "a",
    "b",
    "c",
    "r",
    "e",
    "f",
    "u",
    "n",
    "d",
]
WIDTH, LAYERS, HEADS, INNER, POSITIONS = 32, 1, 4, 64, 300


def tiny_file(**changes: int) -> bytes:
    """changes: header values by name, to make it lie."""
    sizes = {
        "width": WIDTH, "layers": LAYERS, "heads": HEADS, "inner": INNER, "vocabulary": len(PIECES),
        "positions": POSITIONS, "types": 2, "block": 32, "pieces": len(PIECES), "begin": 0, "end": 2,
        "padding": 1, "unknown": 3,
    } | changes  # fmt: skip
    head = b"E5S1\x01\x00\x00\x00"
    values = list(sizes.values())
    head += struct.pack("<7ifi5i", *values[:7], 1e-12, *values[7:])
    letters = [piece.encode() for piece in PIECES]
    edges = np.cumsum([0, *map(len, letters)]).astype("<u4")
    head += struct.pack("<Q", sum(map(len, letters))) + edges.tobytes()
    head += np.linspace(-1, -9, len(PIECES)).astype("<f4").tobytes() + b"".join(letters)
    normal = struct.pack("<IBI", ord("A"), 1, ord("a")) + struct.pack("<IB2I", 0xFB01, 2, ord("f"), ord("i"))
    head += struct.pack("<iI", 2, len(normal)) + normal
    return _with_tensors(head)


def _with_tensors(head: bytes) -> bytes:
    chance = np.random.default_rng(7)
    tensors = [(name, 1, rows * columns) for name, rows, columns in _matrices()] + _rows()
    directory_size = 4 + sum(2 + len(name) + 21 for name, _kind, _count in tensors)
    offset = len(head) + directory_size
    directory, bodies = struct.pack("<i", len(tensors)), b""
    for name, kind, count in tensors:
        body = _blocks(chance, count) if kind else chance.normal(0, 0.5, count).astype("<f4").tobytes()
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, offset + len(bodies), len(body))
        bodies += body
    return head + directory + bodies


def _matrices() -> list[tuple[str, int, int]]:
    own = [(f"l0.{name}.w", WIDTH, WIDTH) for name in ("q", "k", "v", "ao")]
    return [("emb.word", len(PIECES), WIDTH), *own, ("l0.fi.w", INNER, WIDTH), ("l0.fo.w", WIDTH, INNER)]


def _rows() -> list[tuple[str, int, int]]:
    named = ["emb.ln.w", "emb.ln.b", *(f"l0.{name}.b" for name in ("q", "k", "v", "ao", "fo"))]
    named += ["l0.aln.w", "l0.aln.b", "l0.oln.w", "l0.oln.b"]
    rows = [(name, 0, WIDTH) for name in named]
    return [("emb.pos", 0, POSITIONS * WIDTH), ("emb.type", 0, 2 * WIDTH), *rows, ("l0.fi.b", 0, INNER)]


def _blocks(chance: np.random.Generator, count: int) -> bytes:
    scales = chance.uniform(0.01, 0.1, count // 32).astype("<f2")
    nibbles = chance.integers(0, 256, (count // 32, 16), np.uint8)
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, nibbles, strict=True))
