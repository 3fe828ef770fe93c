"""A walk told to somebody: to the person who walked, and to the agent who reads the ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from tugon.facts import referencing

from .words import answer_words, title_words

if TYPE_CHECKING:
    from .models import Walk


def steps_in_words(walk: Walk, language: str) -> list[tuple[str, str]]:
    """(step, answer) in order; facts named in the texts have their words."""
    with translation.override(language):
        return [
            (referencing.render(title_words(node, language), language), answer_words(node, given, language))
            for node, given, _answer in walk.place().taken
        ]


def end_in_words(walk: Walk, language: str) -> str:
    """Where it ended, or the step it stands at."""
    node = walk.place().node
    if node is None:
        return ""
    with translation.override(language):
        return referencing.render(title_words(node, language), language)
