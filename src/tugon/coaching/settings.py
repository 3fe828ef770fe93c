"""What the company chose, as the coach reads it. Kept while nobody changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tugon.lib.remember import remembered

from .contexts import Mode
from .models import CheckChoice, Habit, WordList
from .phrases import plain
from .remarking import KEYS

LONGEST_SENTENCE = 30
QUIET = frozenset(["no_source"])
"""Checks that are off until somebody wants them."""

Lists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """everyone: check → mode. audiences, teams: (id, check) → mode."""

    everyone: Mapping[str, Mode]
    audiences: Mapping[tuple[int, str], Mode]
    teams: Mapping[tuple[int, str], Mode]

    def modes(self, *, audience_id: int | None, team_id: int | None) -> dict[str, Mode]:
        """By check: the team's word, else the audience's, else that for everybody."""
        found = {}
        for key in KEYS:
            mode = self.teams.get((team_id or 0, key)) or self.audiences.get((audience_id or 0, key))
            found[key] = mode or self.everyone[key]
        return found


@remembered
def choices() -> Choices:
    """One query, remembered."""
    everyone = {key: Mode.OFF if key in QUIET else Mode.ON for key in KEYS}
    audiences: dict[tuple[int, str], Mode] = {}
    teams: dict[tuple[int, str], Mode] = {}
    for row in CheckChoice.objects.all():
        if row.audience_id is not None:
            audiences[row.audience_id, row.check_key] = Mode(row.mode)
        elif row.team_id is not None:
            teams[row.team_id, row.check_key] = Mode(row.mode)
        elif row.check_key in everyone:
            everyone[row.check_key] = Mode(row.mode)
    return Choices(everyone, audiences, teams)


@remembered
def words() -> dict[str, Any]:
    """`jargon`, `stiff` and `forbidden` as `Context` takes them. One query, remembered."""
    rows = list(WordList.objects.all())
    return {
        "jargon": _together(plain.jargon(), rows, WordList.Kind.JARGON),
        "stiff": _together(plain.stiff(), rows, WordList.Kind.STIFF),
        "forbidden": {
            row.language: frozenset(row.words) for row in rows if row.kind == WordList.Kind.FORBIDDEN
        },
    }


@remembered
def longest_sentence() -> int:
    """In words. One query, remembered."""
    row = Habit.objects.first()
    return row.longest_sentence if row else LONGEST_SENTENCE


def _together(given: Lists, rows: list[WordList], kind: str) -> dict[str, dict[str, str]]:
    found = {language: dict(listed) for language, listed in given.items()}
    for row in rows:
        if row.kind == kind:
            kept = {
                word: instead
                for word, instead in found.get(row.language, {}).items()
                if word not in row.left_out
            }
            found[row.language] = kept | row.words
    return found
