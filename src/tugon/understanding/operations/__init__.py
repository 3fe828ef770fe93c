"""The only writers of readings."""

from .correcting import correct, take_back
from .noting import note_message, read_again

__all__ = ["correct", "note_message", "read_again", "take_back"]
