"""“Who charged me?”: from a line of a statement to the processor. Pure but for `who_charged`, which asks the
directory.

Statements cut words off at 22 or 25 characters, drop letters and add noise (`noise`). What is left is compared without
spaces: as a beginning of the other, as a part, by shared trigrams and by the letters that would have to change.
A few thousand descriptors are held in memory; trigrams pick forty, and only those are compared letter by letter.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from django.db.models import Count, Max

from .models import Descriptor, Processor
from .noise import core

SURE, ENOUGH = 0.85, 0.66
"""Scores from which a match is shown as the answer, and shown at all."""
SHORTEST = 3
COMPARED = 40
ELSEWHERE = 0.12
"""Taken from the score of a processor that does not serve the country asked for."""
KEPT_SECONDS = 2.0


class Reason(StrEnum):
    SAME = "same"
    BEGINS = "begins"
    PART = "part"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is compared with a line: a descriptor, or the name of the processor (descriptor 0)."""

    processor_id: int
    descriptor_id: int
    pattern: str
    words: tuple[str, ...]
    countries: frozenset[str] = frozenset()

    @property
    def letters(self) -> str:
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """entry: the nearest of its processor. score: 0 to 1."""

    entry: Entry
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Match:
    """What `who_charged` answers. descriptor: None where the name of the processor matched."""

    processor: Processor
    descriptor: Descriptor | None
    score: float
    reason: Reason

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


@dataclass(frozen=True, slots=True)
class Index:
    """Entries by the trigrams of their letters."""

    entries: tuple[Entry, ...]
    by_trigram: dict[str, list[int]] = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Index":
        held = tuple(entry for entry in entries if entry.letters)
        by_trigram: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(held):
            for trigram in trigrams(entry.letters):
                by_trigram[trigram].append(place)
        return cls(held, dict(by_trigram))

    def near(self, letters: str) -> list[Entry]:
        """The entries that share most trigrams with the letters, for their own length."""
        shared = Counter(place for one in trigrams(letters) for place in self.by_trigram.get(one, ()))
        ranked = sorted(
            shared, key=lambda place: (-shared[place] / (len(self.entries[place].letters) + 2), place)
        )
        return [self.entries[place] for place in ranked[:COMPARED]]


def who_charged(text: str, country: str | None = None, *, limit: int = 5) -> list[Match]:
    """The processors that could have printed this line, best first. At most four queries, usually three.

    country: ISO 3166 of the person; processors that serve others only come later.
    """
    found = find(text, index(), country=country)[:limit]
    processors = Processor.objects.whole().in_bulk([one.entry.processor_id for one in found])
    matches = []
    for one in found:
        processor = processors.get(one.entry.processor_id)
        if processor is not None:
            printed = {row.pk: row for row in processor.descriptors.all()}
            matches.append(Match(processor, printed.get(one.entry.descriptor_id), one.score, one.reason))
    return matches


def find(text: str, entries: Index, *, country: str | None = None) -> list[Found]:
    """The nearest entry of each processor with a score of ENOUGH or more, best first. Pure."""
    words = core(text)
    letters = "".join(words)
    if len(letters) < SHORTEST:
        return []
    best: dict[int, Found] = {}
    for entry in entries.near(letters):
        score, reason = compare(words, list(entry.words))
        if country and entry.countries and country.upper() not in entry.countries:
            score -= ELSEWHERE
        known = best.get(entry.processor_id)
        if score >= ENOUGH and (known is None or score > known.score):
            best[entry.processor_id] = Found(entry, round(score, 3), reason)
    return sorted(best.values(), key=lambda found: (-found.score, found.entry.pattern))


def compare(asked: list[str], printed: list[str]) -> tuple[float, Reason]:
    """How likely it is that `asked` is what is left of `printed`: 0 to 1, and what speaks for it."""
    one, other = "".join(asked), "".join(printed)
    if one == other:
        return 1.0, Reason.SAME
    if other.startswith(one) and len(one) >= min(4, len(other)):
        return 0.8 + 0.19 * min(1, len(one) / 10), Reason.BEGINS
    if one.startswith(other) and (len(other) >= 8 or _ends_a_word(asked, len(other))):
        return 0.62 + 0.37 * min(1, len(other) / 10), Reason.BEGINS
    if common := _in_common(asked, printed):
        return 0.78 + 0.18 * min(1, common / 12), Reason.PART
    return _alike(one, other), Reason.ALIKE


def trigrams(letters: str) -> set[str]:
    """Of the letters with their beginning marked; the end is left open, since statements cut it off."""
    padded = f"  {letters}"
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def index() -> Index:
    """The directory as it is held in memory: asked every two seconds whether it changed, made anew when it did."""
    global _kept
    moment = time.monotonic()
    if _kept is not None and moment - _kept[0] < KEPT_SECONDS:
        return _kept[2]
    state = _state()
    held = _kept[2] if _kept is not None and _kept[1] == state else Index.of(_entries())
    _kept = (moment, state, held)
    return held


def forget() -> None:
    """Read the directory afresh next time. For the writer, and for tests."""
    global _kept
    _kept = None


_kept: tuple[float, object, Index] | None = None


def _state() -> object:
    of_processors = Processor.objects.aggregate(Max("updated_at"), Count("pk"))
    of_descriptors = Descriptor.objects.aggregate(Max("pk"), Count("pk"))
    return tuple(of_processors.values()), tuple(of_descriptors.values())


def _entries() -> Iterable[Entry]:
    rows = Processor.objects.in_use().prefetch_related("descriptors")
    for row in rows:
        countries = frozenset(row.countries)
        yield Entry(row.pk, 0, row.name, tuple(core(row.name)), countries)
        for descriptor in row.descriptors.all():
            yield Entry(row.pk, descriptor.pk, descriptor.pattern, tuple(core(descriptor.pattern)), countries)


def _ends_a_word(words: list[str], length: int) -> bool:
    """Whether a word of them ends after so many letters."""
    return length in accumulate(len(word) for word in words)


def _in_common(asked: list[str], printed: list[str]) -> int:
    """The letters of the words of one that stand together in the other, the last word asked perhaps cut off; 0 where
    they do not, and where fewer than four agree: the last three letters of a line are the beginning of many names.
    """
    few, many = sorted((asked, printed), key=len)
    for begin in range(len(many) - len(few) + 1):
        window = many[begin : begin + len(few)]
        whole, cut = (window[-1], few[-1]) if few is asked else (few[-1], window[-1])
        if window[:-1] == few[:-1] and (whole == cut or (len(cut) >= 3 and whole.startswith(cut))):
            common = len("".join(few[:-1])) + len(cut)
            return common if common >= 4 else 0
    return 0


def _alike(one: str, other: str) -> float:
    """By letters and trigrams, the longer cut to the other's length where it begins alike."""
    if min(len(one), len(other)) < 4:
        return 0.0
    whole = _ratio(one, other)
    length = min(len(one), len(other))
    cut = _ratio(one[: length + 1], other[: length + 1]) - 0.04 if length >= 6 else 0.0
    return max(whole, cut) * 0.95


def _ratio(one: str, other: str) -> float:
    mine, theirs = trigrams(one), trigrams(other)
    dice = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    letters = 1 - distance(one, other) / max(len(one), len(other))
    return 0.3 * dice + 0.7 * letters


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with the next (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, theirs in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
