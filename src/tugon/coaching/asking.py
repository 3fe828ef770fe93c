"""The questions and requests in a customer's words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .concepts import concepts
from .phrases.matching import any_of
from .reading import Reading, Span, words_of

MOST = 12
"""Questions of one letter that are looked at."""


class Sort(StrEnum):
    """What an answer to it would say."""

    WHETHER = "whether"
    WHEN = "when"
    MUCH = "much"
    WHERE = "where"
    HOW = "how"
    WHY = "why"
    WHAT = "what"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Question:
    """span: of the customer's words. about: the concepts it names."""

    span: Span
    sort: Sort
    about: frozenset[str]


_SORTS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (Sort.WHEN, re.compile(r"\b(?:when|until when|by when|how (?:long|soon)|what (?:time|date|day)|which day|kailan|kelan|hanggang kailan|gaano (?:po )?(?:katagal|kabilis)|anong (?:oras|petsa|araw))\b")),
    (Sort.MUCH, re.compile(r"\b(?:how (?:much|many|often|big|large)|what (?:is|are|does) the (?:price|cost|fee|limit|amount)|what (?:does|do|will|would|did) (?:\w+ ){1,3}cost|magkano|ilan(?:g)?|gaano (?:po )?(?:karami|kalaki|kadalas|kamahal))\b")),
    (Sort.WHERE, re.compile(r"\b(?:where|saan|nasaan|asan|san(?= (?:ko|po|ba|na)))\b")),
    (Sort.HOW, re.compile(r"\b(?:how(?: do| can| should| would| to| does| did| is| are)|paano|pano|papaano|paanong)\b")),
    (Sort.WHY, re.compile(r"\b(?:why|how come|bakit|ba't|anong dahilan|ano (?:po )?ang dahilan|what (?:happened|went wrong|caused)|ano (?:po )?(?:ang )?(?:nangyari|problema))\b")),
    (Sort.WHAT, re.compile(r"\b(?:what|which|who|whose|whom|ano|anong|anu|sino|alin|aling|kanino)\b")),
)  # fmt: skip
_INDIRECT = any_of((
    r"(?:i(?:'d| would)? (?:also |just |only |really )?(?:like|want|need|am trying) to (?:know|ask|find out)|(?:please|kindly|could you|can you) (?:tell|explain|let me know|advise|confirm|clarify)|i(?:'m| am) wondering|i wonder|do you know|any idea|not sure) (?:\w+ ){0,3}(?:when|where|why|how|whether|if|what|which|who)\b",
    r"(?:gusto|nais) (?:ko |kong |po |sana )*(?:malaman|itanong|magtanong)|(?:itatanong|tanong) (?:ko )?(?:lang )?(?:po )?(?:sana )?(?:kung)|pa(?:ki)?sabi (?:po |naman )*kung|hindi ko (?:po )?alam kung",
))  # fmt: skip
_REQUEST = any_of((
    r"(?:please|kindly) (?!help|advise|note|reply|respond|answer|assist|hurry|fix this|explain|tell|let me know|do something)\w{3,}", r"(?:can|could|would|will) you (?:please |kindly )?(?!help|assist|please)\w{3,}", r"i(?:'d| would) like (?:you )?(?:a|an|to|my)\b|i(?: really)? want (?:a|an|my) (?:refund|copy|receipt|invoice|replacement|explanation)",
    r"pa-\w{3,} (?:po|naman|nga|sana)\b|paki-?(?!usap|sagot|tulong|help)\w{3,}|(?:puwede|pwede|maaari) (?:po |nyo |ninyo |mo )*(?:ba(?:ng)? )(?:po )?(?:ninyo |nyo |mo |paki)",
))  # fmt: skip
_RHETORIC = any_of((
    r"(?:who would have thought|you know|right|isn't it|is that so|okay|ok|got it|hello|anyone there|anybody there|why not|what else is new|how are you(?: all| today| doing)*|how's it going|seriously|really|deal|see|understood|remember|huh|eh|no)\s*\?+$", r"what (?:the|kind of) (?:hell|heck|joke|company|service|support)\b", r"are you (?:kidding|serious|joking|even|people|robots?|listening)", r"(?:can|could|will|would) (?:you|anyone|somebody|someone|anybody) (?:please |kindly |even )*(?:help|assist)(?: me| us)?(?: out)?(?: with (?:this|that|it))?(?: please)?\s*\?+$",
    r"(?:how (?:many|often) (?:more )?times|how (?:much )?longer|how hard)\b.{0,60}(?:must|do|have|should|need|can it|is it)", r"(?:may|can|could) i (?:please )?ask\b.{0,30}\?+$|i have a question", r"what is (?:wrong|the matter) with you", r"do you (?:even |really )?(?:care|read|listen)\b", r"(?:is|does) (?:anyone|anybody|somebody|no one) (?:there|reading|even|listening|care)", r"did you know",
    r"(?:di ba|diba|'di ba|okay po ba|ok po|ganun ba|talaga(?: po)?(?: ba)?|tama(?: po)? ba|kumusta (?:po )?(?:kayo|ka)|hello(?: po)?|may tao (?:po )?ba)\s*\?+$", r"(?:puwede|pwede|maaari) (?:po |ba |bang |pong )*(?:magtanong|mag-?ask|humingi ng tulong|matulungan|patulong)", r"(?:niloloko|nanloloko|nagbibiro|seryoso) (?:po |nyo |ninyo |ba )*(?:ba|kayo|ako)", r"(?:matutulungan|tulungan) (?:po |ninyo |nyo |mo |ba )*(?:ba |po )?(?:ako|kami)\b.{0,15}\?", r"ano ba (?:yan|'yan|naman|ito|to)\b",
    r"^\W{0,5}(?:maybe|perhaps|or maybe|baka|siguro)\b.{0,80}\?+$", r"(?:what|which) (?:kind|sort) of (?:a )?(?:joke|service|company)", r"who (?:does|would|cares|knew)\b", r"can you believe",
))  # fmt: skip
_JOINT = re.compile(
    r",? (?:and|also|at|tsaka|saka)(?: also| please)? (?=(?:tell me|let me know|explain|how|do|does|is|are|can|could|will|where|when|why|what|who|puwede|pwede|magkano|kailan|paano|saan|bakit|ano)\b)"
)
_FOUND = any_of((r"found it|never ?mind|nvm|figured it out|got it|solved it|i see it now|oh wait|ah,? (?:there|i see|yes|ok)|nakita ko na|ayos na|ok(?:ay|ey)? na|nahanap ko na|alam ko na|ay,? (?:nakita|ayan|ito|nandito)|hindi na pala|gumana na",))  # fmt: skip


def questions(asked: Reading) -> list[Question]:
    """Those that want an answer, in order; what a customer asks and then finds alone is none."""
    found: list[Question] = []
    for number, sentence in enumerate(asked.sentences):
        is_question = "?" in sentence.text[-3:]
        behind = asked.low[sentence.end :][:200]
        is_solved = bool(_FOUND.search(behind)) and number < len(asked.sentences) - 1
        for one in _parts(asked, sentence):
            low = asked.low[one.start : one.end]
            sort = _sort(low, is_question=is_question)
            if sort is None or _RHETORIC.search(low) or (is_solved and sort is not Sort.REQUEST):
                continue
            found.append(Question(one, sort, frozenset(concepts(words_of(low)))))
            if len(found) == MOST:
                return found
    return found


def _parts(asked: Reading, one: Span) -> list[Span]:
    """Questions that one sentence asks: “How much is it, and do I pay customs?” are two."""
    low, begin, parts = asked.low[one.start : one.end], 0, []
    for joint in _JOINT.finditer(low):
        if len(words_of(low[begin : joint.start()])) >= 3 and len(words_of(low[joint.end() :])) >= 3:
            parts.append(Span(one.text[begin : joint.start()], one.start + begin, one.start + joint.start()))
            begin = joint.end()
    return [*parts, Span(one.text[begin:], one.start + begin, one.end)]


def _sort(low: str, *, is_question: bool) -> Sort | None:
    if not is_question and not _INDIRECT.search(low):
        begins = re.match(
            r"\W{0,5}(?:hi|hello)?\W{0,5}(?:paano|pano|kailan|kelan|bakit|saan|san|magkano|nasaan|ano|ilan|how do i|how can i|where can i|when will)\b",
            low,
        )
        if not begins or len(low) < 14:
            return Sort.REQUEST if _REQUEST.search(low) else None
    for sort, way in _SORTS:
        if way.search(low):
            return sort
    if is_question and _REQUEST.search(low):
        return Sort.REQUEST
    return Sort.WHETHER
