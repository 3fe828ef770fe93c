"""Plain statements in texts that contradict a fact (B6, C12).

“You can ask for a refund within 30 days” contradicts `refund.window = 14 days`; “the account is deleted after 30 days”
does not: each fact has words of its own matter, by language, and a statement belongs to the fact whose words stand
nearest around it. A word with + before it must be there; without any such word, one of the list must.

Doubt is settled for the text: what agrees with any fact that could be meant is no contradiction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from . import current
from .current import Stated
from .kinds import AMOUNTS, Kind
from .statements import Statement, masked, measured, statements
from .values import amounts

IN_SENTENCE, BEFORE, LEAST, SAME_MEASURE = 1.0, 0.6, 1.0, 0.25
ALIKE = Decimal("0.03")
"""A month is nearly 30 days, and a year nearly 12 months."""
_PASSED = re.compile(
    r"\s*(?:ago|old|apart|ang (?:pagitan|nakalipas|nakaraan|nakakaraan)|na ang (?:nakalipas|nakaraan|nakakaraan))\b",
    re.I,
)
"""After a time that passed, or lies between two things: nobody promises it."""
_END = re.compile(r"[.!?;:](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`words` at [start, end) of the text state something else than the fact, which is now `current`."""

    fact_key: str
    words: str
    start: int
    end: int
    current: str


def find(text: str, language: str) -> list[Contradiction]:
    """Every plain statement of the text (plain, Markdown or HTML) that contradicts a fact of today, in order."""
    return find_among(text, language, stated_today())


def find_among(text: str, language: str, facts: list[Stated]) -> list[Contradiction]:
    """The same with given facts. Pure."""
    plain, found = masked(text), []
    stated = [one for one in statements(plain) if not _PASSED.match(plain, one.end)]
    for said in stated:
        scored = _scored(plain, said, language, facts)
        if not scored:
            continue
        best = max(score for score, _fact in scored)
        near = [fact for score, fact in scored if score >= best - 0.5]
        if any(_agrees(said, fact) for fact in near) or _was_said(plain, said, near, stated, language):
            continue
        fact = next(fact for score, fact in scored if score == best)
        words = text[said.start : said.end]
        found.append(Contradiction(fact.key, words, said.start, said.end, fact.words(language)))
    return found


def stating(text: str, language: str, old: Stated, *, among: list[Stated]) -> Iterator[Contradiction]:
    """Where the text states an old value in plain words. among: the other facts, whose matter it might be instead.

    Amounts need the words of the matter around them, where the fact has any; other kinds are found verbatim.
    """
    plain = masked(text)
    if old.kind not in AMOUNTS:
        yield from _verbatim(text, plain, language, old)
        return
    for said in statements(plain):
        if not _agrees(said, old):
            continue
        if _context(old, language):
            scored = _scored(plain, said, language, [old, *among])
            mine = next((score for score, fact in scored if fact is old), 0.0)
            rivals = [fact for score, fact in scored if score > mine and _agrees(said, fact)]
            if mine < LEAST or rivals:
                continue
        yield Contradiction(old.key, text[said.start : said.end], said.start, said.end, old.words(language))


def stated_today() -> list[Stated]:
    """The facts of today."""
    return list(current.everything().facts.values())


def around(text: str, found: Contradiction, reach: int) -> str:
    """The words around a statement, in one line, with an ellipsis where they are cut."""
    begin, end = max(0, found.start - reach), min(len(text), found.end + reach)
    shown = " ".join(masked(text)[begin:end].split())
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(text) else ''}"


def _scored(plain: str, said: Statement, language: str, facts: list[Stated]) -> list[tuple[float, Stated]]:
    """The facts that the statement could be about, with how sure that is; best first, in the order given."""
    able = [fact for fact in facts if fact.kind in AMOUNTS and _comparable(said, fact)]
    if not able:
        return []
    sentence, before = _neighbourhood(plain, said)
    scored = []
    for fact in able:
        score = _score(sentence, before, _context(fact, language))
        if score >= LEAST:
            scored.append((score + (SAME_MEASURE if _measure(fact) == said.measure else 0), fact))
    return sorted(scored, key=lambda pair: -pair[0])


def _was_said(
    plain: str, said: Statement, near: list[Stated], stated: list[Statement], language: str
) -> bool:
    """Whether the sentence before says the fact as it is, and this one does not name the matter: it is about another.

    “We pay once your balance has reached ₱1,000. Yours stands at ₱1,420.”
    """
    sentence, before = _neighbourhood(plain, said)
    begin = said.start - sentence.rfind(plain[said.start : said.end])
    earlier = [one for one in stated if begin - len(before) <= one.start < begin]
    return any(
        _agrees(one, fact)
        for fact in near
        for one in earlier
        if not _is_named(sentence, _context(fact, language))
    )


def _is_named(sentence: str, context: tuple[tuple[str, bool], ...]) -> bool:
    return any(must and _word(word).search(sentence) for word, must in context)


def _neighbourhood(plain: str, said: Statement) -> tuple[str, str]:
    """The sentence of the statement, and the one before it (often a heading)."""
    ends = [match.end() for match in _END.finditer(plain, max(0, said.start - 600), said.start)]
    stops = [end for end in ends if plain[:end].strip()]
    begin = stops[-1] if stops else max(0, said.start - 600)
    following = _END.search(plain, said.end)
    sentence = plain[begin : following.start() if following else said.end + 600]
    earlier = [end for end in stops[:-1] if plain[end:begin].strip(" \n.!?;:#-")]
    return sentence, plain[earlier[-1] if earlier else max(0, begin - 300) : begin]


def _score(sentence: str, before: str, context: tuple[tuple[str, bool], ...]) -> float:
    score, is_anchored = 0.0, not any(must for _word, must in context)
    for word, must in context:
        way = _word(word)
        near = IN_SENTENCE if way.search(sentence) else BEFORE if way.search(before) else 0.0
        score += near
        is_anchored = is_anchored or (must and near > 0)
        if must and near == BEFORE:
            score += IN_SENTENCE - BEFORE  # the heading names the matter
    return score if is_anchored else 0.0


def _context(fact: Stated, language: str) -> tuple[tuple[str, bool], ...]:
    """(word, whether it must be there), in the language and, since people mix them, in English."""
    words = [*fact.context_words.get(language, []), *fact.context_words.get("en", [])]
    return tuple(
        dict.fromkeys((word.lstrip("+ "), word.startswith("+")) for word in words if word.strip("+ "))
    )


@lru_cache(maxsize=2_000)
def _word(word: str) -> re.Pattern[str]:
    """The word with its endings (refunds, refunded) and after a prefix (nire-refund)."""
    letters = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(rf"(?<!\w){letters}\w*", re.IGNORECASE)


def _measure(fact: Stated) -> str:
    if fact.kind == Kind.PERCENT:
        return "%"
    return measured(str(fact.value.get("unit", "")))[0]


def _comparable(said: Statement, fact: Stated) -> bool:
    if fact.kind == Kind.DURATION:
        return said.measure in ("time", "business_day")
    if fact.kind == Kind.MONEY:
        return len(said.measure) == 3 and said.measure.isupper()
    return said.measure == _measure(fact)


def _agrees(said: Statement, fact: Stated) -> bool:
    """Whether the statement is true of the fact: the same amount, or an end of its range said as a limit."""
    pair = amounts(fact.value)
    if pair is None or not _comparable(said, fact) or _measure(fact) != said.measure:
        return False
    scale = measured(str(fact.value.get("unit", "")))[1] if fact.kind != Kind.PERCENT else 1
    low, high = pair[0] * scale, pair[1] * scale
    if _alike(said.low, low) and _alike(said.high, high):
        return True
    return said.is_bound and said.low == said.high and (_alike(said.low, low) or _alike(said.low, high))


def _alike(one: Decimal, other: Decimal) -> bool:
    return one == other or (min(one, other) >= 86_400 * 28 and abs(one - other) <= ALIKE * max(one, other))


def _verbatim(text: str, plain: str, language: str, old: Stated) -> Iterator[Contradiction]:
    words = {old.words(language), old.words("en")}
    words |= {str(old.value[name]) for name in ("number", "url", "date", "hours") if name in old.value}
    for said in sorted(words, key=len, reverse=True):
        if len(said) < 4:
            continue
        way = r"\s+".join(re.escape(part) for part in said.split())
        for match in re.finditer(rf"(?<!\w){way}(?!\w)", text if "://" in said else plain, re.IGNORECASE):
            yield Contradiction(old.key, match[0], match.start(), match.end(), old.words(language))
