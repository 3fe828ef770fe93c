"""What a transport hands to whoever keeps it: a letter's bytes and how it came.

Channels know no ledger. A `Sink` is given by the process above; when it returns, the bytes are committed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Arrival:
    """One letter. `via`: imap, lmtp or pipe. `place`: folder and UID. `envelope`: SMTP sender and recipients."""

    channel_id: int
    raw: bytes
    via: str
    place: str = ""
    envelope: dict[str, Any] = field(default_factory=dict)
    is_silent: bool = False


Sink = Callable[[Arrival], object]
"""Keeps the letter and commits; raises when it cannot. Keeping the same letter again does nothing."""


class NotKept(Exception):
    """The sink could not keep a letter; the reason is its cause. The letter stays where it came from."""


LARGEST = 60 * 1024 * 1024
"""Bytes of the largest letter taken whole; of a larger one the head and a notice are kept."""
