"""Sentences that are hard to read: too long, or passive one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..phrases.matching import any_of
from ..reading import Span, is_item
from ..remarks import Remark, Severity

WALL = 3
"""Passive verbs in one paragraph from which on nobody can tell who does what; in at least two sentences."""
FEWEST = 2

_JOINT = re.compile(
    r"(?:,|;)\s+(?:and|but|so|which means(?: that)?|because|however,|then|while|although|though|at|pero|ngunit|kaya|kaya't|dahil|samantalang|subalit|habang)\s+|;\s+"
)
_IRREGULAR = (
    "made|done|sent|taken|given|found|held|kept|seen|known|written|shown|lost|paid|put|set|told|built|brought|chosen|drawn|forgotten|frozen|hidden|left|met"
    "|read|reset|run|sold|stolen|spent|split|thrown|understood|withdrawn|begun|broken|caught|cut|dealt|driven|undone|rebuilt|resent|overseen|sought|put"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|got|gets|get)(?: (?:not|also|now|already|still|being|been|currently|then|therefore|automatically|fully|yet|only|just|never|always|\w+ly))*"
    rf" (?:\w{{2,}}ed|{_IRREGULAR})\b(?! by (?:me|us|you|our|your|the|my))", re.I
)  # fmt: skip
_STATES = re.compile(
    r" (?:need|worri|pleas|confus|interest|excit|tir|sorri|relat|bas|suppos|requir|unus|schedul|delight|thrill|concern|commit|limit|advanc|detail|marri|scared|bored|disappoint|frustrat|satisf|sign)\w*$",
    re.I,
)
_PASIBO = re.compile(
    r"(?<![\w-])(?:ay|ito ay|ang mga ito ay)\s+(?:\w+\s+)?(?:(?:na|naka|napa|nai|maa|ma|ina|ini|isina|ipina|ini|i|ipi|pina|in)-?\w*\w{3,}|\w{1,2}in\w{3,}|\w+(?:in|han|hin|nan))\b"
)
_DOER = re.compile(r"\b(?:ko|namin|natin|mo|ninyo|nyo|niya|nila|ni \w+|kami|ako)\b")
_SETTLED = any_of((r"if\b", r"once\b"))


def too_long(draft: Draft, context: Context) -> Iterator[Remark]:
    """Sentences with more words than the company wants, with a place to cut where there is one."""
    for one in draft.reading.sentences:
        count = sum(any(map(str.isalnum, word)) for word in one.text.lstrip("-*•# 0123456789.)").split())
        if count > context.longest_sentence:
            why = _("{count} words in one sentence. Two are easier to read.").format(count=count)
            yield Remark("long_sentence", Severity.HINT, why, one.text, one.start, one.end, _halves(one.text))


def passive(draft: Draft, context: Context) -> Iterator[Remark]:
    """Paragraphs in which things are done, and nobody does them."""
    for paragraph in draft.reading.paragraphs:
        found = list(_passives(paragraph, draft))
        told = {draft.reading.sentence_at(one.start).start for one in found}
        if len(found) >= WALL and len(told) >= FEWEST:
            start, end = found[0].start, found[-1].end
            why = _("Everything here is done, and nobody does it. Say who: “we sent”, “you receive”.")
            yield Remark("passive_wall", Severity.HINT, why, draft.reading.text[start:end], start, end)


def _passives(paragraph: Span, draft: Draft) -> Iterator[Span]:
    low = draft.reading.low[paragraph.start : paragraph.end]
    if is_item(paragraph.text):
        return
    for match in _PASSIVE.finditer(low):
        if not _STATES.search(match[0]):
            yield Span(match[0], paragraph.start + match.start(), paragraph.start + match.end())
    for match in _PASIBO.finditer(low):
        after = low[match.end() : match.end() + 25].split(".")[0]
        if not _DOER.search(after[:12]):
            yield Span(match[0], paragraph.start + match.start(), paragraph.start + match.end())


def _halves(text: str) -> str | None:
    """The sentence as two, cut at the joint nearest to its middle."""
    cuts = [one for one in _JOINT.finditer(text) if 25 < one.start() < len(text) - 25]
    if not cuts or "\n" in text:
        return None
    cut = min(cuts, key=lambda one: abs(one.start() + one.end() - len(text)))
    joint = re.sub(r"^[,;]\s*", "", cut[0]).strip()
    rest = text[cut.end() :]
    kept = "" if joint in ("", "and", "at") else f"{joint[0].upper()}{joint[1:]} "
    return f"{text[: cut.start()]}. {kept}{rest if kept else rest[:1].upper() + rest[1:]}"
