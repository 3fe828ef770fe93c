"""Reads: what answers a question, for one reader. Records nothing: see `log`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from psycopg.types.numeric import Int8

from tugon.database.inserting import run
from tugon.helpcenter.languages import preference
from tugon.helpcenter.readers import Reader
from tugon.meaning.client import Neighbours, nearest_later

from .allowed import Allowed, allowed
from .asking import Asked, understand
from .collecting import collected
from .marking import LOOKED_AT, excerpt, marked
from .models import KnowledgeEntry
from .ranking import WEIGHTS, Reasons, Weights, ranked
from .results import Found, Suggestion, Why
from .words import said

SHELF = "knowledge"
MOST_NEAR = 300
LEAST_FOR_MEANING = 3
"""Letters; fewer mean nothing yet."""
ALWAYS_THERE = 6
"""Results that are never left out for being far behind the first."""


_THERE = """
SELECT id, kind, coalesce(article_id, troubleshooter_id), language FROM search_knowledgeentry
WHERE (article_id = ANY(ARRAY(SELECT article_id FROM search_knowledgeentry WHERE id = ANY(%s::bigint[])))
   OR troubleshooter_id = ANY(ARRAY(SELECT troubleshooter_id FROM search_knowledgeentry WHERE id = ANY(%s::bigint[]))))
  AND id IN ({allowed})
"""
_SHOWN = f"""
SELECT DISTINCT ON (kind, coalesce(article_id, troubleshooter_id))
  kind, coalesce(article_id, troubleshooter_id), id, language, title, summary, url, left(text, {LOOKED_AT})
FROM search_knowledgeentry
WHERE (article_id = ANY(%s::bigint[]) OR troubleshooter_id = ANY(%s::bigint[])) AND id IN ({{allowed}})
ORDER BY kind, coalesce(article_id, troubleshooter_id), array_position(%s::text[], language::text), id
"""  # noqa: S608  only our own number is filled in


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
    Four statements, six where words are unknown, whatever is found. Never raises for what was typed.
    """
    asked = understand(query, is_open=while_typing)
    if not asked.words:
        return Found(asked)
    meaning = _ask_meaning(asked, "meaning" in ways)
    words = said(asked, language=language, widely="alike" in ways)
    if not words.entries:
        return Found(asked)
    weighed, best = words.weighed() if "words" in ways else ({}, 0.0)
    may = allowed(reader, kinds)
    reasons = Reasons(best=best, meaning=meaning(), **collected(weighed, asked, may, ways))
    things = _worth(_things(ranked(reasons, weights), may, language, weights), weights)
    rest = [thing for thing in things if not after or thing.order > _cursor(after)]
    page = rest[:limit]
    return Found(
        asked,
        _shown(page, may, asked, language),
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
    found: dict[int, tuple[float, Why]], may: Allowed, language: str, weights: Weights
) -> list[_Thing]:
    """Each thing once, with its best entry's score, best first. One statement, which leaves out what is not allowed."""
    if not found:
        return []
    ids = [Int8(pk) for pk in found]
    best: dict[tuple[str, int], tuple[float, Why]] = {}
    own: set[tuple[str, int]] = set()
    for pk, kind, thing, spoken in run(_THERE.format(allowed=may[0]), [ids, ids, *may[1]]):
        key = (kind, thing)
        if spoken == language:
            own.add(key)
        if pk in found:
            best[key] = max(best.get(key, (float("-inf"), Why.NEAR)), found[pk], key=lambda pair: pair[0])
    things = [
        _Thing(*key, score - (0.0 if key in own else weights.other_language), why)
        for key, (score, why) in best.items()
    ]
    return sorted(things, key=lambda thing: thing.order)


def _worth(things: list[_Thing], weights: Weights) -> list[_Thing]:
    """Without the tail of a long list, so that its number means something. The first few are always there."""
    if len(things) <= ALWAYS_THERE:
        return things
    least = weights.tail * min(things[0].score, weights.high)
    return things[:ALWAYS_THERE] + [thing for thing in things[ALWAYS_THERE:] if thing.score >= least]


def _shown(page: list[_Thing], may: Allowed, asked: Asked, language: str) -> list[Suggestion]:
    """With titles and excerpts of the language that this reader gets. One statement."""
    if not page:
        return []
    values = [_ids(page, KnowledgeEntry.Kind.ARTICLE), _ids(page, KnowledgeEntry.Kind.TROUBLESHOOTER)]
    rows = run(_SHOWN.format(allowed=may[0]), [*values, *may[1], preference(language)])
    there = {row[:2]: row[2:] for row in rows}
    found = [(thing, there.get((thing.kind, thing.pk))) for thing in page]
    return [_suggestion(thing, row, asked, language) for thing, row in found if row is not None]


def _suggestion(thing: _Thing, row: tuple[Any, ...], asked: Asked, language: str) -> Suggestion:
    entry, spoken, title, summary, url, text = row
    return Suggestion(
        kind=thing.kind,
        object_id=thing.pk,
        entry_id=entry,
        title=title,
        title_html=marked(title, asked.words),
        excerpt_html=excerpt(text, asked.words, or_else=summary),
        url=url,
        language=spoken,
        is_other_language=spoken != language,
        why=thing.why,
        score=thing.score,
    )


def _ids(page: Collection[_Thing], kind: str) -> list[Int8]:
    return [Int8(thing.pk) for thing in page if thing.kind == kind]


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
