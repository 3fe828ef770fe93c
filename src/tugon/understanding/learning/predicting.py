"""What the newest classifier says of a message, while it is taken in."""

from __future__ import annotations

from ..models import TicketReading


def predict(reading: TicketReading, *, subject: str, body: str) -> None:
    """Let what was learnt speak."""
