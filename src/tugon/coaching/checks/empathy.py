"""A customer who has had enough, and an answer that passes over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases.feelings import FRUSTRATION, TAKEN_UP
from ..phrases.matching import any_of, joined
from ..reading import Reading, Span
from ..remarks import Insert, Place, Remark, Severity

LOW_MOOD = -0.5
_ANGER = any_of(joined(FRUSTRATION.values()))
_TAKEN = any_of(joined(TAKEN_UP.values()))
_SHOUT = re.compile(r"(?:\b[A-Z']{2,}\b[^\w\n]+){3}[A-Z]{2,}")
_JOY = re.compile(
    r"\b(?:thank\w*|salamat|great|love|yay|wow|amazing|awesome|happy|glad|excited|saya|masaya|galing|wonderful|works? now|finally|gumana)\b"
)
_NOT_REALLY = re.compile(
    r"\b(?:not|isn't|wasn't|no longer|never|aren't|hindi(?: na| naman)?(?: po)?|di(?: na)?) (?:\w+ )?$"
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Said with the customer's own words, where the draft takes them up with none of its own."""
    said = frustrated(context.asked)
    if said is None and (context.mood is None or context.mood > LOW_MOOD or not context.asked.words):
        return
    if any(_TAKEN.search(draft.reading.low[one.start : one.end]) for one in draft.reading.sentences):
        return
    why = _("The customer is upset, and the answer does not take it up. One sentence is enough.")
    insert = Insert(_words(context), Place.AFTER_GREETING)
    yield Remark(
        "frustration_unacknowledged", Severity.WARNING, why, insert=insert, asked=said.text if said else ""
    )


def frustrated(asked: Reading) -> Span | None:
    """From the first to the last sentence in which the customer's patience ends; shouting where no words say it."""
    found = [one for one in asked.sentences if _is_angry(asked.low[one.start : one.end])]
    loud = [one for one in asked.sentences if _SHOUT.search(one.text) or one.text.count("!") >= 3]
    found = found or (loud if not _JOY.search(asked.low) else [])
    if not found or (len(found) == 1 and not any(letter.isalpha() for letter in found[0].text)):
        return None
    return Span(asked.text[found[0].start : found[-1].end], found[0].start, found[-1].end)


def _is_angry(low: str) -> bool:
    return any(not _NOT_REALLY.search(low[: match.start()]) for match in _ANGER.finditer(low))


def _words(context: Context) -> str:
    if context.speech == "fil":
        return "Pasensya na po sa abala; naiintindihan ko po na nakakainis ito."
    return "I am sorry for the trouble; I understand how frustrating this is."
