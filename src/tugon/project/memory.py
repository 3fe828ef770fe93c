"""Keeping a process small."""

import contextlib
import ctypes
import sys

M_ARENA_MAX = -8  # malloc.h
ARENAS = 2


def share_arenas() -> None:
    """Let all threads take memory from the same two places. Call before threads start.

    glibc gives every thread a place of its own, and each keeps what its largest page took: 15 MB more for eight threads
    (mallopt(3), M_ARENA_MAX; the environment's MALLOC_ARENA_MAX has the same effect). Elsewhere: nothing.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):  # musl has neither
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
