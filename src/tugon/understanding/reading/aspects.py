"""Topic, area, side, urgency, mood and the number of people affected, each of the words that tell of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence

from . import cues
from .finding import Finder, Hit
from .texts import Aspect, Span, Text

IN_SUBJECT = 1.5
"""A subject says in few words what it is about."""
PHRASE = 1.7
"""Two words together tell more than one."""
SUREST = 0.92
"""Words alone are never surer than this: whoever writes "refund" may ask what it means."""
MOST_SPANS = 6
_SHOUTED = 4
_REACH = 3
"""Words before a cue among which a negation turns it."""


def named(text: Text, finder: Finder) -> Aspect:
    """Whose keywords the text has most of: value is the owner.

    Confidence grows with how many different ones there are and falls with those of others: 0.55 for a single word,
    0.9 for three, half of that where another owner has as many. 0 and None where there are none.
    """
    scores, hits = _scores(text, finder)
    if not scores:
        return Aspect(None)
    best = max(scores, key=lambda owner: (scores[owner], -_first(hits, owner)))
    share = scores[best] / sum(scores.values())
    enough = 1 - math.exp(-0.8 * scores[best])
    return Aspect(best, round(min(SUREST, share * enough), 3), _spans(text, hits[best]))


def runners(text: Text, finder: Finder) -> list[tuple[Hashable, float]]:
    """Every owner with its share of what was found, the largest first."""
    scores, _hits = _scores(text, finder)
    total = sum(scores.values())
    return sorted(
        ((owner, round(score / total, 3)) for owner, score in scores.items()), key=lambda one: -one[1]
    )


def side(text: Text) -> Aspect:
    """mine or theirs; empty where nothing tells."""
    found = named(text, cues.SIDES)
    return found if found.confidence >= 0.5 else Aspect("")


def affected(text: Text) -> Aspect:
    """one, several, many or everyone, as the writer states it; empty where nothing is said. The widest counts."""
    hits = cues.AFFECTED.find(text)
    counted = _counted(text)
    for value in ("everyone", "many", "several", "one"):
        own = [hit for hit in hits if hit.owner == value and not _is_negated(text, hit.start)]
        spans = [text.span(hit.start, hit.end) for hit in own]
        spans += [span for number, span in counted if _size(number) == value]
        if spans:
            return Aspect(value, 0.85 if len(spans) > 1 else 0.75, tuple(spans[:MOST_SPANS]))
    return Aspect("")


def urgency(text: Text) -> Aspect:
    """0 can wait, 1 cannot. Cues add up like independent reasons; a calm word takes most of it away."""
    hits = list({(hit.keyword, hit.owner): hit for hit in reversed(cues.URGENCY.find(text))}.values())
    calm = [hit for hit in hits if hit.owner == -1.0]
    pressing = [
        hit
        for hit in hits
        if float(str(hit.owner)) > 0
        and not _is_negated(text, hit.start)
        and not any(one.start <= hit.start < one.end for one in calm)
    ]
    weights = {hit.keyword: float(str(hit.owner)) for hit in pressing}
    rest = math.prod(1 - weight for weight in weights.values())
    shouted = _shouted(text)
    if shouted or "!!!" in text.plain:
        rest *= 0.85
    value = 1 - rest
    if calm:
        value *= 0.2
    spans = _spans(text, calm or pressing) or shouted
    known = 0.9 if len(weights) > 1 or calm else 0.75 if weights else 0.5
    return Aspect(round(value, 3), known, spans)


def mood(text: Text) -> Aspect:
    """-1 angry, 0 plain, 1 glad. What is negated counts half, the other way round."""
    total, told = 0.0, 0.0
    used: list[Hit] = []
    seen: set[str] = set()
    for hit in cues.MOOD.find(text):
        if hit.keyword in seen:
            continue
        seen.add(hit.keyword)
        weight = float(str(hit.owner))
        if abs(weight) > 0.3 and _is_negated(text, hit.start):
            weight *= -0.5
        total += weight
        told += abs(weight)
        if abs(weight) >= 0.25:
            used.append(hit)
    shouted = _shouted(text)
    if total < -0.2 and (shouted or "!!!" in text.plain or "??" in text.plain):
        total -= 0.3
        told += 0.3
    if total > 0 and any(float(str(hit.owner)) <= -0.6 for hit in used):
        total *= 0.5  # "thank you for nothing" and its like: where both are said, the complaint is meant
    value = math.tanh(total)
    confidence = 0.5 if told < 0.25 else min(0.92, 0.55 + 0.3 * abs(total))
    return Aspect(round(value, 3), round(confidence, 3), _spans(text, used))


def _scores(text: Text, finder: Finder) -> tuple[dict[Hashable, float], dict[Hashable, list[Hit]]]:
    scores: dict[Hashable, float] = defaultdict(float)
    hits: dict[Hashable, list[Hit]] = defaultdict(list)
    seen: dict[tuple[Hashable, str], int] = {}
    for hit in finder.find(text):
        key = (hit.owner, hit.keyword)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 2:
            continue
        weight = (PHRASE if hit.parts > 1 else 1.0) * (IN_SUBJECT if hit.start < text.subject_end else 1.0)
        scores[hit.owner] += weight if seen[key] == 1 else weight / 3
        hits[hit.owner].append(hit)
    return scores, hits


def _first(hits: dict[Hashable, list[Hit]], owner: Hashable) -> int:
    return min(hit.start for hit in hits[owner])


def _spans(text: Text, hits: Sequence[Hit]) -> tuple[Span, ...]:
    """The words of the hits, the most telling first: longer phrases, then in order; none inside another."""
    found: list[Span] = []
    for hit in sorted(hits, key=lambda one: (-one.parts, one.start)):
        if not any(span.start < hit.end and hit.start < span.end for span in found):
            found.append(text.span(hit.start, hit.end))
    words: dict[str, Span] = {}
    for span in found:
        words.setdefault(span.words.lower(), span)
    return tuple(words.values())[:MOST_SPANS]


def _is_negated(text: Text, place: int) -> bool:
    """Whether "not", "hindi" and their like stand among the words right before."""
    low, high = 0, len(text.words)
    while low < high:
        middle = (low + high) // 2
        if text.words[middle].start < place:
            low = middle + 1
        else:
            high = middle
    start = text.sentence_starts_at(place)
    before = [word.word for word in text.words[max(0, low - _REACH) : low] if word.start >= start]
    return any(word in cues.NEGATIONS or word.endswith("n't") for word in before)


def _shouted(text: Text) -> tuple[Span, ...]:
    """Words in capitals, where there are so many that they are shouted."""
    loud = [
        text.span(word.start, word.end)
        for word in text.words
        if word.end - word.start >= _SHOUTED and text.whole[word.start : word.end].isupper()
    ]
    if len(loud) < 3 or len(loud) * 3 < len(text.words):
        return ()
    return tuple(loud[:MOST_SPANS])


def _counted(text: Text) -> list[tuple[int, Span]]:
    """Numbers of people: "30 students", "5 ng estudyante"."""
    found: list[tuple[int, Span]] = []
    for place, word in enumerate(text.words):
        if not (word.word.isascii() and word.word.isdigit() and len(word.word) <= 6):
            continue
        after = text.words[place + 1 : place + 4]
        last = next((one for one in after if one.word in cues.PEOPLE), None)
        if last is not None:
            found.append((int(word.word), text.span(word.start, last.end)))
    return found


def _size(number: int) -> str:
    if number <= 1:
        return "one" if number == 1 else ""
    return "several" if number < 10 else "many"
