"""Questions of the customer that the draft does not take up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

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
    r"^\W{0,5}(?:po )?(?:oo|opo|hindi|huwag|wala|walang|hindi pa|puwede|pwede|maaari|meron|mayroon|siyempre|tama|sige|bawal|kailangan|kasama|gumagana)\b", r"(?:puwede|pwede|maaari|puwedeng|pwedeng|maaaring)\b|(?:hindi|wala|may|meron|mayroon|bawal|kasya|sapat|libre) (?:na |pa )?(?:po|kayong|kaming|kami|itong|ito)\b",
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
_PAST = re.compile(r"\b(?:was|were|had|received|happened|asked|natanggap|noong|ipinasa)\b")
_AHEAD = re.compile(
    r"\b(?:will|'ll|by|until|till|takes?|arrives?|leaves?|ends?|starts?|expected|due|hanggang|darating|matatanggap|papasok|lalabas|ipapadala|bukas)\b"
)


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Each question with nothing of an answer."""
    asked = questions(context.asked)
    if not asked or not draft.reading.words:
        return
    answer = _Answer(draft.reading, context, alone=len(asked) == 1)
    if answer.is_postponed:
        return
    open_ones = [one for one in asked if not answer.takes_up(one)]
    left = {
        "asked_back": answer.asks_back,
        "verdicts": answer.verdicts,
        "said": len(answer.telling) - (len(asked) - len(open_ones)),
    }
    for question in open_ones:
        if _is_covered(question, left, answer.about):
            continue
        why = _("The customer asked this, and the draft does not answer it.")
        yield Remark("unanswered_question", Severity.WARNING, why, asked=question.span.text)


def _is_covered(question: Question, left: dict[str, int], about: set[str]) -> bool:
    """By a yes or no that answers nothing else, or by a sentence that tells something of its matter, or might."""
    for name, fits in (
        ("verdicts", question.sort is Sort.WHETHER),
        ("asked_back", question.sort not in (Sort.MUCH, Sort.WHEN)),
        (
            "said",
            question.sort not in (Sort.MUCH, Sort.WHEN)
            and (len(question.about) <= 1 or len(question.about & about) / len(question.about) > 0.3),
        ),
    ):
        if fits and left[name] > 0:
            left[name] -= 1
            return True
    return False


@dataclass(frozen=True)
class _Answer:
    reading: Reading
    context: Context
    alone: bool

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
            ):
                told.append(low)
        return told

    @cached_property
    def telling(self) -> list[str]:
        """Sentences that tell something: no questions, nothing that only sends away."""
        return [
            low for low in self.body if len(words_of(low)) >= 5 and "?" not in low and not _EMPTY.search(low)
        ]

    @cached_property
    def about(self) -> set[str]:
        return concepts(word for low in self.body for word in words_of(low))

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
    def verdicts(self) -> int:
        """How many sentences say yes or no."""
        return sum(bool(_YES_NO.search(low)) for low in self.body)

    def takes_up(self, question: Question) -> bool:
        """Whether some of it answers, by its own kind or by what both are about."""
        shared = question.about & self.about
        share = len(shared) / len(question.about) if question.about else 0.0
        if (
            share >= 0.6
            or (shared and question.sort is Sort.WHETHER and self.alone)
            or (share >= 0.5 and question.sort in (Sort.WHAT, Sort.HOW, Sort.WHERE, Sort.WHY, Sort.WHETHER))
        ):
            return question.sort is not Sort.WHEN or self._has_time
        return self._answers_kind(question, shared)

    @cached_property
    def _has_time(self) -> bool:
        return any(
            any_of(WHEN).search(low) and not (_PAST.search(low) and not _AHEAD.search(low))
            for low in self.body
            if not low.endswith("?")
        ) or any(
            re.search(
                r"\b(?:soon|immediately|malapit na|agad|no limit|never|always|any time|anytime|kahit kailan|na po)\b",
                low,
            )
            for low in self.body
        )

    def _answers_kind(self, question: Question, shared: frozenset[str]) -> bool:
        match question.sort:
            case Sort.WHEN:
                return self._has_time
            case Sort.MUCH:
                return any(_NUMBER.search(low) for low in self.body)
            case Sort.HOW:
                return any(_HOW.search(low) for low in self.body)
            case Sort.WHERE:
                return any(_WHERE.search(low) for low in self.body) and (bool(shared) or len(self.body) > 0)
            case Sort.WHY:
                return any(_WHY.search(low) for low in self.body)
            case Sort.WHAT:
                return bool(shared) or any(len(words_of(low)) >= 6 for low in self.body)
            case Sort.REQUEST:
                return not question.about or bool(self.verdicts) or _does_it(self.body)
            case Sort.WHETHER:
                return False
        return False


def _does_it(body: list[str]) -> bool:
    return any(
        re.search(
            r"^\W{0,5}(?:approved|entered|granted|sent|fixed|refunded|changed|added|naibalik|ayos)\b|\b(?:done|i have|i've|we have|attached|here (?:is|are)|i will|i'll|we will|we'll|namin|ko na|nakalakip|naayos|nagawa|gagawin)\b",
            low,
        )
        for low in body
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
