"""The language of the reply: the customer's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tugon.lib.language import ENGLISH, PARTICLES, detect

from ..contexts import Context
from ..drafts import Draft
from ..reading import words_of
from ..remarks import Remark, Severity

FEWEST = 10
"""Words below which a reply may be in any language: a name, a number, a thank you."""
_OTHERS = re.compile(
    r"https?://\S+|(?<!\S)\S{1,64}@\S{1,200}|`[^`\n]{0,200}`|\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|\[[^\]\n]{0,80}\]|\*\*[^*\n]{0,80}\*\*|\{\{[^{}]{0,80}\}\}"
)
_SHARE = 0.1
"""Of Filipino particles, from which on a text is Filipino or Taglish."""


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Most of the draft is in another language than the customer's words."""
    text = _OTHERS.sub(" ", draft.reading.text)
    wanted = spoken(context)
    if not wanted or len(words_of(text.lower())) < FEWEST:
        return
    written = language_of(text)
    if written and written != wanted:
        why = _("The customer is answered in {wanted}, and this is {written}.").format(
            wanted=_name(wanted), written=_name(written)
        )
        yield Remark("wrong_language", Severity.ERROR, why)


def spoken(context: Context) -> str:
    """In which the customer wrote; where they wrote too little, in which they are known to write."""
    return (language_of(context.customer_words) or context.language).split("-")[0]


def language_of(text: str) -> str:
    """en, fil, another that the detector is sure of, or "". Taglish is fil."""
    words = words_of(text[:4_000].lower())
    if not words:
        return ""
    share = sum(word in PARTICLES and word not in _BOTH for word in words) / len(words)
    if share >= _SHARE:
        return "fil"
    found = detect(text)
    if (
        found.language == "fil"
        and share < _SHARE / 4
        and sum(word in ENGLISH for word in words) / len(words) > 0.15
    ):
        return "en"
    return found.language if found.language and found.confidence >= 0.5 else ""


_BOTH = frozenset(["may", "pa", "at", "ba", "na", "sana", "din"]) - frozenset(
    ["pa", "ba", "na", "sana", "din"]
)


def _name(language: str) -> str:
    from tugon.pages.formats import language_name

    return language_name(language)
