"""The only writers of readings and of what was learnt."""

from .correcting import correct, take_back
from .gathering import gather, set_apart
from .guessing import place
from .noting import note_message, read_again
from .training import learn

__all__ = ["correct", "gather", "learn", "note_message", "place", "read_again", "set_apart", "take_back"]
