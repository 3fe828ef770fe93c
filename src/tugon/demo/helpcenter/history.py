"""How each article came to say what it says: up to four versions over the past year. Pure: same files, same history."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from .reading import Sheet

WRITERS = ("bea", "tomas", "rafael", "joaquin", "noor", "carmela")
"""Who writes and changes articles beside their owners."""

_TRANSLATED = ("First translation", "Brought up to date with the original")


@dataclass(frozen=True, slots=True)
class Stage:
    """One version as it was published. made_from: the place of the original's version that it was translated from."""

    body: str
    published_at: datetime
    author: str
    note: str
    made_from: int | None = None


def of_original(sheet: Sheet, *, today: datetime, is_ahead: bool = False) -> list[Stage]:
    """The versions of an original, oldest first; the last says what the file says.

    is_ahead: some translation stayed behind, so that there is more than one and the last is recent.
    """
    rng = Random(sheet.key)  # noqa: S311 - the same every time
    texts = _growth(sheet.body, rng.choice((2, 3) if is_ahead else (1, 2, 2, 3, 4)))
    first = timedelta(days=rng.uniform(190, 350))
    last = timedelta(days=rng.uniform(4, 24) if is_ahead else rng.uniform(9, 150))
    stages = []
    for place, (body, note) in enumerate(texts):
        share = place / max(1, len(texts) - 1)
        moment = _at_work(today - (first - (first - last) * share), rng)
        author = sheet.owner if place == 0 or rng.random() < 0.5 else rng.choice(WRITERS)
        stages.append(Stage(body, moment, author, note))
    return stages


def of_translation(sheet: Sheet, original: list[Stage], *, today: datetime) -> list[Stage]:
    """The versions of a translation: one soon after the first original, one after the last, or the last but one.

    The newest says what the file says, whichever version it was made from.
    """
    rng = Random(f"{sheet.key}.{sheet.language}")  # noqa: S311
    newest = len(original) - (2 if sheet.is_behind else 1)
    sources = [newest] if newest == 0 or rng.random() < 0.4 else [0, newest]
    texts = _growth(sheet.body, len(sources))
    author = "bea" if sheet.language == "fil" else "rafael"
    stages = []
    for place, (source, (body, _note)) in enumerate(zip(sources[-len(texts) :], texts, strict=True)):
        after = original[source].published_at + timedelta(days=rng.uniform(0.4, 3.5))
        moment = min(_at_work(after, rng), today - timedelta(hours=5))
        stages.append(Stage(body, moment, author, _TRANSLATED[place], made_from=source))
    return stages


def _growth(body: str, wanted: int) -> list[tuple[str, str]]:
    """(text, what was added to it) of up to so many texts, oldest first, each longer than the one before."""
    texts, notes = [body], []
    for cut, note in _CUTS:
        shorter = cut(texts[-1])
        if len(texts) < wanted and shorter != texts[-1]:
            texts.append(shorter)
            notes.append(note)
    return list(zip(texts, [*notes, "First version"], strict=True))[::-1]


def _without_callouts(body: str) -> str:
    return re.sub(r"(?m)(^>.*\n)+\n?", "", body)


def _without_last_part(body: str) -> str:
    before, heading, _last = body.rpartition("\n## ")
    return before.rstrip() + "\n" if heading and len(before.split()) > 60 else body


def _without_table(body: str) -> str:
    return re.sub(r"(?m)(^\|.*\n)+\n?", "", body, count=1)


def _without_last_paragraph(body: str) -> str:
    before, _gap, _last = body.rstrip().rpartition("\n\n")
    return before + "\n" if before else body


_CUTS = (
    (_without_callouts, "Warning and tips from what customers wrote to us"),
    (_without_last_part, "A last part that many asked for"),
    (_without_table, "Codes and values as a table"),
    (_without_last_paragraph, "Said what comes next"),
)


def _at_work(moment: datetime, rng: Random) -> datetime:
    """The same day between 9 and 18 in Manila, which is 1 to 10 in UTC."""
    return moment.replace(
        hour=rng.randint(1, 9), minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0
    )
