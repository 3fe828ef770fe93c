"""Tones that hurt: blame, sarcasm, dismissal, "as I said"; and words the company never writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases import tones
from ..phrases.matching import compiled, terms
from ..remarks import Remark, Severity

_NOT = re.compile(
    r"(?:\bnot|n't|\bno|\bnone of|\bnever|\bhindi(?: po)?|\bdi|\bwala(?:ng)?|\bhuwag)(?: (?:ninyo|nyo|mo|your|you|po|at all|because|kayo))?\s*$"
)
_IF = re.compile(
    r"(?:\bif|\bin case|\bwhether|\bunless|\bwhen|\bonce|\bkung|\bkapag|\bsakaling|\bpag)\s+(?:\w+\s+)?$"
)
_OURS = re.compile(r"\b(?:we|i|our|my|sorry|apolog\w+|namin|ko|kami|aming)\b")


def blame(draft: Draft, _context: Context) -> Iterator[Remark]:
    """Words that make it the customer's fault."""
    why = _("This sounds like blame. Say what happened and what to do now.")
    yield from _found(draft, "blame", tones.BLAME, why, Severity.WARNING, negated=True)


def sarcasm(draft: Draft, _context: Context) -> Iterator[Remark]:
    """Words that may be read as mockery."""
    why = _("This may be read as sarcasm. Say it plainly.")
    yield from _found(draft, "sarcasm", tones.SARCASM, why, Severity.WARNING)


def dismissal(draft: Draft, _context: Context) -> Iterator[Remark]:
    """Words that send the customer away."""
    why = _("This sends the customer away. Say what can be done, by whom and by when.")
    yield from _found(draft, "dismissal", tones.DISMISSAL, why, Severity.WARNING)


def as_said(draft: Draft, _context: Context) -> Iterator[Remark]:
    """Words that remind the customer of not having read."""
    why = _("“As I said” sounds impatient. Simply say it, as if for the first time.")
    yield from _found(draft, "as_i_said", tones.AS_SAID, why, Severity.WARNING)


def forbidden(draft: Draft, context: Context) -> Iterator[Remark]:
    """Words that the company never writes."""
    words = tuple(sorted({word for some in context.forbidden.values() for word in some}))
    if not words:
        return
    for match in terms(words).finditer(draft.reading.text):
        why = _("We never write this: it is on the list of forbidden words.")
        yield Remark("forbidden", Severity.ERROR, why, match[0], match.start(), match.end())


def _found(
    draft: Draft, check: str, ways: Mapping[str, tuple[tuple[str, str | None], ...]], why: str, severity: Severity,
    *, negated: bool = False,
) -> Iterator[Remark]:  # fmt: skip
    """One remark for each place. negated: "not your fault" and "if you did not …" are none."""
    reading = draft.reading
    told: list[tuple[int, int]] = []
    for some in ways.values():
        for way, instead in compiled(some):
            for match in way.finditer(reading.low):
                sentence = reading.sentence_at(match.start())
                before = reading.low[max(sentence.start, match.start() - 40) : match.start()]
                if any(match.start() < end and begin < match.end() for begin, end in told) or not match[0]:
                    continue
                if negated and (_NOT.search(before) or _IF.search(before)):
                    continue
                told.append(match.span())
                start, end = _widened(reading.text, sentence.start, match.start(), match.end(), instead)
                rewrite = _instead(reading.text, sentence.start, start, end, instead)
                yield Remark(check, severity, why, reading.text[start:end], start, end, rewrite)


def _widened(text: str, begin: int, start: int, end: int, instead: str | None) -> tuple[int, int]:
    """Where words are taken out, the blank and the first letter behind them go with them; else no blanks."""
    if instead == "" and end < len(text):
        while end < len(text) and text[end] in " ,":
            end += 1
        if start <= begin and end < len(text):
            end += 1
        return start, end
    while end > start and text[end - 1] in " ,.!\n":
        end -= 1
    return start, end


def _instead(text: str, begin: int, start: int, end: int, instead: str | None) -> str | None:
    if instead is None:
        return None
    if instead == "":
        return text[end - 1].upper() if start <= begin and end <= len(text) else ""
    return instead[0].upper() + instead[1:] if start <= begin else instead
