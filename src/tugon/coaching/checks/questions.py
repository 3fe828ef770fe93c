"""Questions of the customer that the draft does not take up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from django.utils.translation import gettext as _

from ..asking import Question, Sort, questions
from ..concepts import concepts
from ..contexts import Context
from ..drafts import Draft
from ..phrases.matching import any_of
from ..phrases.moments import WHEN
from ..reading import Reading, Span, words_of
from ..remarks import Remark, Severity

_POSTPONED = any_of(
    (
        r"(?:ask|asked|check\w*|find out|answer|tell|look into|get back|clarify|confirm|decide\w*|investigat\w*|know more|write|let you know|itatanong|tatanungin|sasagot\w*|aalamin|babalitaan|susulat\w*|susuriin|titingnan|iche-check|sasabihin|malalaman)\b",
    )
)
_FORMULA = any_of((
    r"(?:we|i)(?:'ve| have)? (?:received|got|noted|forwarded|escalated) your", r"(?:thank you|thanks|salamat) (?:\w+ ){0,4}(?:for|sa)\b", r"look(?:ing)? into (?:it|this|your)|get back to you|being (?:processed|reviewed|handled|looked)|(?:is|are|was|were|has been) (?:received|forwarded|passed)", r"(?:we are|we're|i am|i'm) (?:sad|sorry|happy|glad|pleased)|have a (?:\w+ )?(?:day|weekend|evening)|great to hear|glad to hear|lovely to hear|you(?:'re| are) welcome|best regards|kind regards|we (?:value|appreciate|care)|your (?:message|request|feedback) (?:is|was|has)|we would love",
    r"natanggap (?:na )?(?:po )?(?:namin|na)|aming (?:susuriin|titingnan)|mabuti naman|ingat (?:po|kayo)|pasensya|paumanhin|magandang (?:araw|umaga|hapon|gabi)|walang anuman|ay (?:natanggap|ipinasa|pinoproseso)|tinitingnan na|inaasikaso na",
))  # fmt: skip
_EMPTY = any_of(
    (
        r"live with|just how|simply how|love you to|you will have to|did you know|be (?:sent|completed|processed|informed)|soon\b|we hope|i hope|ganoon (?:po )?talaga|tiisin|write to|let (?:me|us) know|sabihan|sumulat|sumagot",
    )
)
_ASKS_BACK = any_of(
    (
        r"(?:which|what|who|when|where|could you|can you|would you|do you|did you|have you|are you|is it|does it) ",
        r"(?:ano|alin|sino|kailan|saan|anong|aling|maaari|pwede|puwede|kayo po ba|ninyo po ba|ba)\b",
    )
)
_YES_NO = any_of((
    r"^\W{0,5}(?:yes|yep|yeah|no|nope|not|sure|of course|absolutely|certainly|definitely|indeed|correct|exactly|unfortunately|sadly|gladly|happily|never|none|only)\b|[,;:] (?:yes|no|not|opo|oo|hindi)(?: po)?\W{0,5}$", r"(?:you|it|they|we|i|that|this|members?|creators?|everybody|anyone)(?:'ll| will)? (?:can|could|cannot|can't|may|are able|is able|do not|don't|does not|doesn't|won't)\b|(?:is|are)(?: not|n't)? (?:possible|available|allowed|included|safe|free|fine|gone|back|still|supported|planned)\b|(?:there is|there's|there are|we have|we offer) (?:no|a|an|one|two)\b|(?:not|nothing) (?:\w+ )?(?:yet|today|at the moment|this year|so far)",
    r"^\W{0,5}(?:po )?(?:oo|opo|hindi|huwag|wala|walang|hindi pa|puwede|pwede|maaari|meron|mayroon|siyempre|tama|sige|bawal|kailangan|kasama|gumagana|at may|may|nothing)\b", r"(?:puwede|pwede|maaari|puwedeng|pwedeng|maaaring)\b|(?:hindi|wala|may|meron|mayroon|bawal|kasya|sapat|libre) (?:na |pa )?(?:po|kayong|kaming|kami|itong|ito)\b",
))  # fmt: skip
_HOW = any_of(
    (
        r"(?:open|click|press|tap|choose|select|go to|sign in|log in|enter|type|under|settings|account|follow|use|download|reply with|turn|switch|find it|menu|buksan|pindutin|piliin|pumunta|puntahan|i-click|i-tap|mag-sign|mag-log|ilagay|kopyahin|gamitin|nasa|sundin|i-type|i-upload|isulat|hanapin)\b",
        r"https?://|\*\*\w",
    )
)
_WHERE = any_of(
    (
        r"(?:under|in|on|at|inside|behind|below|above|to|from|here|there|nasa|sa|dito|doon|nandoon|nandito|andoon|nandiyan)\b",
        r"https?://|\*\*\w",
    )
)
_WHY = any_of(
    (
        r"(?:because|since|due to|came from|comes from|caused by|reason|as a result|owing to|thanks to|so that|in order to|it was|there was|was (?:set|locked|blocked)|happened|ran out|failed|asks? for|requires?|demands?|broke|declined|expired|dahil|kasi|sanhi|galing sa|mula sa|bunga ng|gawa ng|dulot ng|naubusan|hinihingi|kaya|nagka\w+|nag-\w+|na-\w+)\b",
    )
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|free|nothing|isa|isang|dalawa|dalawang|tatlo|tatlong|apat|lima|limang|anim|pito|walo|siyam|sampu|sampung|labin\w+|libre|beses|porsiyento)\b|\{\{"
)
_DONE = re.compile(
    r"^\W{0,5}(?:approved|entered|granted|sent|fixed|refunded|changed|added|naibalik|ayos)\b|\b(?:done|i have|i've|we have|attached|here (?:is|are)|i will|i'll|we will|we'll|namin|ko na|nakalakip|naayos|nagawa|gagawin)\b"
)
_COST = re.compile(
    r"\b(?:cost|costs|price|pay|fee|fees|charge|how much (?:is|are|does|do|will)|magkano|bayad|presyo)\b"
)
_PRICE = re.compile(
    r"\d|[₱$€%]|\{\{|\b(?:free|nothing|half|double|percent|pesos?|dollars?|hundred|thousand|no (?:\w+ )?(?:charge|cost|fee)|at no|libre|wala(?:ng)? (?:\w+ )?bayad|porsiyento|piso|daan|libo|kalahati|same price|parehong presyo)\b"
)
_CLAUSE = re.compile(r"[;:]\s|,\s(?=(?:and|but|so|which|at|pero|kaya|saka|tapos|no|yes)\b)|\s(?:–|—|-)\s")
_OF_KIND = {
    Sort.WHETHER: (_YES_NO,),
    Sort.REQUEST: (_DONE, _YES_NO),
    Sort.HOW: (_HOW,),
    Sort.WHERE: (_WHERE,),
    Sort.WHY: (_WHY,),
    Sort.WHAT: (),
}
_PAST = re.compile(r"\b(?:was|were|had|received|happened|asked|natanggap|noong|ipinasa)\b")
_AHEAD = re.compile(
    r"\b(?:will|'ll|by|until|till|takes?|arrives?|leaves?|ends?|starts?|expected|due|hanggang|darating|matatanggap|papasok|lalabas|ipapadala|bukas)\b"
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each question with nothing of an answer."""
    asked = questions(context.asked)
    if not asked or not draft.reading.words:
        return
    answer = _Answer(draft.reading)
    if answer.is_postponed:
        return
    for question in answer.left_open(asked):
        why = _("The customer asked this, and the draft does not answer it.")
        yield Remark("unanswered_question", Severity.WARNING, why, asked=question.span.text)


@dataclass(slots=True)
class _Clause:
    """A clause of the draft. begins: a sentence; is_told: it says something. used: a question is answered by it."""

    low: str
    about: set[str]
    begins: bool
    is_told: bool
    used: bool = False


@dataclass(frozen=True)
class _Answer:
    """What the draft tells. In doubt a question is answered: a wrong reproach costs more than a missed one."""

    reading: Reading

    def left_open(self, asked: list[Question]) -> list[Question]:
        """Questions to which no clause belongs: by its matter, then by its kind, then any sentence that is left."""
        left = [one for one in asked if not (one.sort is Sort.WHY and self._by_kind(one))]
        for belongs in (self._by_matter, self._by_kind, self._by_what_is_left):
            left = [one for one in left if not belongs(one)]
        return left

    def _by_matter(self, question: Question) -> bool:
        """A clause about the same; one that is used counts again only where it is about most of it."""
        if question.sort in (Sort.WHEN, Sort.MUCH) and not self._has_measure(question):
            return False
        best, share = None, 0.0
        for clause in self.clauses:
            part = len(question.about & clause.about) / max(1, len(question.about))
            if part > share and (not clause.used or part >= 0.6):
                best, share = clause, part
        if best is None or share < 0.3:
            return False
        best.used = True
        return True

    def _by_kind(self, question: Question) -> bool:
        """An amount or a moment anywhere; else a clause of the right kind that answers nothing yet."""
        if question.sort in (Sort.WHEN, Sort.MUCH):
            return self._has_measure(question) and self._use_measure(question)
        ways = _OF_KIND[question.sort]
        for clause in self.clauses:
            if not clause.used and clause.is_told and any(way.search(clause.low) for way in ways):
                clause.used = True
                return True
        return False

    def _by_what_is_left(self, question: Question) -> bool:
        """An answer in other words: a sentence that belongs to no question; or we ask back what we need to know."""
        if question.sort in (Sort.WHEN, Sort.MUCH):
            return False
        for number, clause in enumerate(self.clauses):
            if clause.begins and clause.is_told and not clause.used:
                others = takewhile(lambda one: not one.begins, self.clauses[number + 1 :])
                if not any(one.used for one in others):
                    clause.used = True
                    return True
        return bool(self.asks_back)

    def _use_measure(self, question: Question) -> bool:
        """The first clause that may hold it answers nothing else by kind."""
        way = any_of(WHEN) if question.sort is Sort.WHEN else _NUMBER
        for clause in self.clauses:
            if not clause.used and way.search(clause.low):
                clause.used = True
                break
        return True

    def _has_measure(self, question: Question) -> bool:
        if question.sort is Sort.WHEN:
            return self._has_time
        way = _PRICE if _COST.search(question.span.text.lower()) else _NUMBER
        return any(way.search(low) for low in self.body)

    def _is_signature(self, one: Span) -> bool:
        """A short last line without an end: a name, a team."""
        return one == self.reading.sentences[-1] and len(one.text.split()) <= 3 and one.text[-1] not in ".!?"

    @cached_property
    def clauses(self) -> list[_Clause]:
        """Of the body, in order."""
        found = []
        for low in self.body:
            is_told = "?" not in low and not _EMPTY.search(low)
            for number, piece in enumerate(_CLAUSE.split(low)):
                found.append(_Clause(piece, concepts(words_of(piece)), number == 0, is_told))
        return found

    @cached_property
    def body(self) -> list[str]:
        """Lowered sentences that say something: no greeting, no formula, no signature."""
        told = []
        for one in self.reading.sentences:
            low = self.reading.low[one.start : one.end]
            if (
                len(words_of(low)) >= 1
                and not (_FORMULA.search(low) and not any_of(WHEN).search(low))
                and not _is_frame(one)
                and not self._is_signature(one)
            ):
                told.append(low)
        return told

    @cached_property
    def is_postponed(self) -> bool:
        """We say that we find out, and until when."""
        return any(
            _POSTPONED.search(low)
            and any_of(WHEN).search(low)
            and re.search(r"\b(?:i|we|team|our|ko|namin|ako|kami)\b|\bwill\b", low)
            and "?" not in low
            and not re.search(r"\b(?:if|please|kung|paki\w*|write to me|tell me|sumagot po|sabihan)\b", low)
            for low in self.body
        )

    @cached_property
    def asks_back(self) -> int:
        """What we need to know first."""
        return sum(
            bool(_ASKS_BACK.search(low))
            for low in self.body
            if low.endswith("?") and "did you know" not in low
        )

    @cached_property
    def _has_time(self) -> bool:
        return any(
            any_of(WHEN).search(low) and not (_PAST.search(low) and not _AHEAD.search(low))
            for low in self.body
            if not low.endswith("?")
        ) or any(
            re.search(
                r"\b(?:soon|immediately|overnight|already|done|tapos na|malapit na|agad|no limit|never|always|any time|anytime|kahit kailan|na po)\b",
                low,
            )
            for low in self.body
        )


def _is_frame(one: Span) -> bool:
    """A greeting or a signature: a short line without a verb's end."""
    return bool(
        re.match(
            r"^(?:hi|hello|dear|hey|kumusta|magandang|good (?:morning|day|afternoon|evening)|best|regards|kind regards|salamat|thanks|thank you|sincerely|lubos)\b[^.?]{0,40}[,.!]?$",
            one.text,
            re.I,
        )
    )
