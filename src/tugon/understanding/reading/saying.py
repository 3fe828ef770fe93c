"""Everything one message says, in one call: what the intake runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tugon.lib.language import detect

from . import aspects, errors, steps
from .finding import Finder
from .texts import Aspect, Text

ASPECTS = ("topic", "area", "side", "urgency", "mood", "affected", "errors", "tried", "language")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a company names: topics and areas by their words."""

    topics: Finder = field(default_factory=lambda: Finder({}))
    areas: Finder = field(default_factory=lambda: Finder({}))


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says. aspects: by name, as in ASPECTS; each is there, with confidence 0 where it says nothing."""

    aspects: dict[str, Aspect]
    is_taglish: bool = False

    def __getitem__(self, name: str) -> Aspect:
        return self.aspects[name]

    def value(self, name: str) -> Any:
        return self.aspects[name].value


def said(subject: str, body: str, vocabulary: Vocabulary, *, reads_mood: bool = True) -> Said:
    """Read a message. Never raises for what it says; at most a few milliseconds, however long it is.

    reads_mood: False leaves the mood unread, as an audience may demand.
    """
    text = Text.of(subject, body)
    spoken = detect(body if len(body) > 40 else text.whole)
    found = {
        "topic": aspects.named(text, vocabulary.topics),
        "area": aspects.named(text, vocabulary.areas),
        "side": aspects.side(text),
        "urgency": aspects.urgency(text),
        "mood": aspects.mood(text) if reads_mood else Aspect(0.0),
        "affected": aspects.affected(text),
        "errors": errors.errors(subject, body),
        "tried": steps.tried(text),
        "language": Aspect(spoken.language or "", spoken.confidence),
    }
    return Said(found, spoken.taglish)
