"""Words of the trade, and stiff words of offices, with plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases import plain
from ..phrases.matching import terms
from ..reading import lowered
from ..remarks import Remark, Severity

_EXPLAINED = re.compile(
    r"^[\s\"”’*_]*(?:\((?!s\))|,? (?:that is|i\.e\.|or simply|which (?:is|means)|meaning|ibig sabihin|o ang|iyong"
    r"|na ang ibig)|,? [:—–-] (?:the|a|an|ang)\b|, (?:the|our|ang|iyong) )",
    re.I,
)
Lists = Mapping[str, Mapping[str, str]]


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each term of the trade once, unless the customer used it or it is explained on the spot."""
    said = f"{context.asked.low}\n{lowered(context.earlier)}"
    for match, instead in _found(draft, context.jargon or plain.jargon()):
        if lowered(match[0]) in said or _is_explained(draft.reading.text, match):
            continue
        yield _remark("jargon", match, instead)


def stiff(draft: Draft, context: Context) -> Iterator[Remark]:
    """Words that only offices write."""
    for match, instead in _found(draft, context.stiff or plain.stiff()):
        yield _remark("stiff_words", match, instead)


def _found(draft: Draft, listed: Lists) -> Iterator[tuple[re.Match[str], str | None]]:
    """Each listed term once, with what is plain."""
    words = _together(tuple((language, tuple(some.items())) for language, some in listed.items()))
    told: set[str] = set()
    for match in (
        terms(tuple(term for some in listed.values() for term in some)).finditer(draft.reading.text)
        if words
        else ()
    ):
        term = " ".join(lowered(match[0]).split())
        if term not in told:
            told.add(term)
            yield match, words.get(match[0], words.get(term, ""))


def _remark(check: str, match: re.Match[str], instead: str | None) -> Remark:
    why = (
        _("Not everybody knows the word “{word}”.") if check == "jargon" else _("Nobody says “{word}” aloud.")
    )
    if instead:
        why = " ".join([why, _("Plainly: {plain}.")])
    said = why.format(word=match[0], plain=instead)
    return Remark(check, Severity.HINT, said, match[0], match.start(), match.end(), _like(match[0], instead))


def _like(word: str, instead: str | None) -> str | None:
    if not instead:
        return None
    return instead[0].upper() + instead[1:] if word[0].isupper() and word[1:].islower() else instead


@lru_cache(maxsize=16)
def _together(listed: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> Mapping[str, str]:
    """All languages' words; those in lower case, too, because a sentence may begin with them."""
    words = {term: instead for _language, some in listed for term, instead in some}
    return words | {term.lower(): instead for term, instead in words.items() if term.lower() not in words}


def _is_explained(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 1) : match.start()]
    return bool(_EXPLAINED.match(text[match.end() : match.end() + 40])) or before == "("
