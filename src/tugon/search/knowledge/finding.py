"""Reads: what answers a question, for one reader. Records nothing: see `log`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.functions import Left

from tugon.helpcenter.languages import preference
from tugon.helpcenter.readers import Reader
from tugon.meaning.client import Neighbours, nearest_later

from .asking import Asked, understand
from .exact import alike, quoted
from .marking import LOOKED_AT, excerpt, marked
from .models import KnowledgeEntry
from .querysets import EntryQuerySet
from .ranking import WEIGHTS, Reasons, Weights, ranked
from .results import Found, Suggestion, Why
from .words import scores

SHELF = "knowledge"
MOST_NEAR = 300
LEAST_FOR_MEANING = 3
"""Letters; fewer mean nothing yet."""
ALWAYS_THERE = 6
"""Results that are never left out for being far behind the first."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """An article or troubleshooter with its best entry's score."""

    kind: str
    pk: int
    score: float
    why: Why

    @property
    def order(self) -> tuple[float, str, int]:
        return (-round(self.score, 4), self.kind, self.pk)


def find(
    query: str,
    *,
    language: str,
    reader: Reader,
    kinds: tuple[str, ...] = (),
    after: str = "",
    limit: int = 20,
    while_typing: bool = False,
    weights: Weights = WEIGHTS,
    ways: tuple[str, ...] = ("exact", "words", "alike", "meaning"),
) -> Found:
    """What answers `query`, best first, each thing once, in the reader's language where it has one.

    reader: nothing that they may not read is found, whatever the index holds. kinds: "article", "troubleshooter";
    none: all. after: the cursor of an earlier page. while_typing: the last word may go on. ways: for measuring only.
    At most twelve statements, whatever is found. Never raises for what was typed.
    """
    asked = understand(query, is_open=while_typing)
    number = KnowledgeEntry.objects.count() if asked.words else 0
    if not number:
        return Found(asked)
    meaning = _ask_meaning(asked, "meaning" in ways)
    entries = KnowledgeEntry.objects.readable_by(reader).of_kinds(kinds)
    allowed = entries.order_by().values("pk").query.sql_with_params()
    said = scores(asked, allowed, number=number, widely="alike" in ways) if "words" in ways else None
    reasons = Reasons(
        words=said.entries if said else {},
        best=said.best if said else 0.0,
        exact=quoted(asked, allowed) if "exact" in ways else {},
        alike=alike(asked, allowed) if "alike" in ways else {},
        meaning=meaning(),
    )
    things = _worth(_things(ranked(reasons, weights), entries, language, weights), weights)
    rest = [thing for thing in things if not after or thing.order > _cursor(after)]
    page = rest[:limit]
    return Found(
        asked,
        _shown(page, entries, asked, language),
        _written(page[-1]) if len(rest) > limit else "",
        len(things),
        sum(thing.why != Why.NEAR for thing in things),
        bool(reasons.meaning.near),
    )


def _ask_meaning(asked: Asked, wanted: bool) -> Any:
    if not wanted or len(asked.normal) < LEAST_FOR_MEANING:
        return Neighbours
    return nearest_later(SHELF, asked.text, most=MOST_NEAR)


def _things(
    found: dict[int, tuple[float, Why]], entries: EntryQuerySet, language: str, weights: Weights
) -> list[_Thing]:
    """Each thing once, with its best entry's score, best first. One statement, which leaves out what is not allowed."""
    rows = entries.filter(pk__in=list(found)).values_list(
        "pk", "kind", "article_id", "troubleshooter_id", "language"
    )
    best: dict[tuple[str, int], tuple[float, Why]] = {}
    own: set[tuple[str, int]] = set()
    for pk, kind, article, troubleshooter, spoken in rows:
        key = (kind, article or troubleshooter)
        best[key] = max(best.get(key, (float("-inf"), Why.NEAR)), found[pk], key=lambda pair: pair[0])
        if spoken == language:
            own.add(key)
    missing = _without(language, [key for key in best if key not in own], entries)
    things = [
        _Thing(*key, score - (weights.other_language if key in missing else 0.0), why)
        for key, (score, why) in best.items()
    ]
    return sorted(things, key=lambda thing: thing.order)


def _worth(things: list[_Thing], weights: Weights) -> list[_Thing]:
    """Without the tail of a long list, so that its number means something. The first few are always there."""
    if len(things) <= ALWAYS_THERE:
        return things
    least = weights.tail * min(things[0].score, weights.high)
    return things[:ALWAYS_THERE] + [thing for thing in things[ALWAYS_THERE:] if thing.score >= least]


def _without(language: str, keys: list[tuple[str, int]], entries: EntryQuerySet) -> set[tuple[str, int]]:
    """Of these things, those that are not there in this language. One statement, or none."""
    if not keys:
        return set()
    rows = entries.filter(_of(keys), language=language).values_list("kind", "article_id", "troubleshooter_id")
    return set(keys) - {(kind, article or troubleshooter) for kind, article, troubleshooter in rows}


def _shown(page: list[_Thing], entries: EntryQuerySet, asked: Asked, language: str) -> list[Suggestion]:
    """With titles and excerpts of the language that this reader gets. One statement."""
    if not page:
        return []
    order = preference(language)
    rows = entries.filter(_of((thing.kind, thing.pk) for thing in page)).annotate(
        words=Left("text", LOOKED_AT)
    )
    best: dict[tuple[str, int], KnowledgeEntry] = {}
    for row in rows.defer("text"):
        key = (row.kind, row.object_id)
        if key not in best or _rank(order, row.language) < _rank(order, best[key].language):
            best[key] = row
    shown = [(thing, best.get((thing.kind, thing.pk))) for thing in page]
    return [_suggestion(thing, row, asked, language) for thing, row in shown if row is not None]


def _suggestion(thing: _Thing, row: KnowledgeEntry, asked: Asked, language: str) -> Suggestion:
    text: str = row.words  # type: ignore[attr-defined]
    return Suggestion(
        kind=row.kind,
        object_id=row.object_id,
        entry_id=row.pk,
        title=row.title,
        title_html=marked(row.title, asked.words),
        excerpt_html=excerpt(text, asked.words, or_else=row.summary),
        url=row.url,
        language=row.language,
        is_other_language=row.language != language,
        why=thing.why,
        score=thing.score,
    )


def _of(keys: Iterable[tuple[str, int]]) -> Q:
    pairs = list(keys)
    articles = [pk for kind, pk in pairs if kind == KnowledgeEntry.Kind.ARTICLE]
    ways = [pk for kind, pk in pairs if kind == KnowledgeEntry.Kind.TROUBLESHOOTER]
    return Q(article__in=articles) | Q(troubleshooter__in=ways)


def _rank(order: list[str], language: str) -> int:
    return order.index(language) if language in order else len(order)


def _written(thing: _Thing) -> str:
    return f"{thing.order[0]}_{thing.kind}_{thing.pk}"


def _cursor(after: str) -> tuple[float, str, int]:
    """Of a cursor that makes no sense: the beginning."""
    score, _line, rest = after.partition("_")
    kind, _line, pk = rest.partition("_")
    try:
        return (float(score), kind, int(pk))
    except ValueError:
        return (float("-inf"), "", 0)
