"""What happens next, and when: the customer should not have to ask again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases.matching import any_of
from ..phrases.moments import OURS, THEIRS, WHEN
from ..remarks import Insert, Place, Remark, Severity
from .steps import ACTION

_PAST = re.compile(
    r"\b(?:was|were|had|have been|has been|did|received|happened|got|came|went|sent|asked|changed|stopped|broke|failed|started|ended|opened|closed|usually|always|natanggap|noong|kahapon|kanina\w*|ipinasa|each|every|tuwing)\b|"
    r"\b(?:cannot|can't) be\b"
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """The ticket stays open, and neither side knows what it does next, or by when."""
    reading = draft.reading
    if not context.stays_open or not reading.words:
        return
    has_ours = False
    for one in reading.sentences:
        said = reading.low[one.start : one.end]
        if (
            any_of(THEIRS).search(said)
            or ACTION.search(said)
            or (said.endswith("?") and len(said) > 12 and "did you know" not in said)
        ):
            return
        ours = any_of(OURS).search(said)
        has_ours = has_ours or bool(ours)
        if any_of(WHEN).search(said) and (ours or not _PAST.search(said)):
            return
    why = (
        _("It says what you do next, but not by when.")
        if has_ours
        else _("The ticket stays open, but the customer cannot tell what happens next.")
    )
    yield Remark("no_next_step", Severity.WARNING, why, insert=Insert(_words(context), Place.END))


def _words(context: Context) -> str:
    """A promise with the moment that we owe anyway; else with a gap for it."""
    if context.speech == "fil":
        return f"Susulatan ko po kayo ulit bago mag-{context.next_at or '[petsa]'}."
    return f"I will write to you again by {context.next_at or '[date]'}."
