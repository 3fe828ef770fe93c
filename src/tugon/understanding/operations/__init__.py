"""The only writers of readings and of what was learnt."""

from .correcting import correct, take_back
from .guessing import place
from .noting import note_message, read_again
from .training import learn

__all__ = ["correct", "learn", "note_message", "place", "read_again", "take_back"]
