"""Tones that hurt: (way, what could stand there instead, by language; None: nothing fits everywhere; "": nothing).

Each way is tried at the beginning of a word of the lowered text. Filipino pronouns take “po” in between.
"""

from .as_said import AS_SAID
from .blame import BLAME
from .dismissal import DISMISSAL
from .sarcasm import SARCASM

__all__ = ["AS_SAID", "BLAME", "DISMISSAL", "SARCASM"]
