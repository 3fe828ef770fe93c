"""Everything that PostgreSQL has to say about entries, in one statement: words, quotes, and what is alike.

Error codes and quoted messages come first (B1): a phrase of the author, a code of the text, the whole title, or its
beginning. The higher, the surer: what the author named comes before a code that the text only mentions.
Messages and titles quoted with slips have nearly half the trigrams in common.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tugon.database.inserting import run

from .allowed import Allowed
from .asking import Asked

LEAST_LETTERS = 4
LEAST_BEGINNING = 10
"""Letters of a message that must be typed before its beginning is taken for it."""
ALIKE = 0.45
"""Share of trigrams in common."""
MOST_ENTRIES, MOST_QUOTED = 400, 100
LAST_LETTER = "\U0010ffff"
"""Sorts behind every other, so that beginnings are a range, which an index finds whatever is typed."""

Scores = dict[int, float]

_ALL = f"""
(SELECT 'words', p.entry_id, sum(p.weight * a.weight)::float8
 FROM unnest(%s::text[], %s::real[]) a(word, weight) JOIN search_posting p USING (word)
 WHERE p.entry_id IN ({{allowed}})
 GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {MOST_ENTRIES})
UNION ALL
(SELECT 'exact', entry_id, max(rank * 100 + length(phrase))::float8 FROM search_phrase
 WHERE (phrase = ANY(%s::text[]) OR (phrase ~>=~ %s AND phrase ~<~ %s))
   AND (rank <> 2 OR phrase = %s OR (phrase ~>=~ %s AND phrase ~<~ %s))
   AND length(phrase) >= {LEAST_LETTERS - 1} AND entry_id IN ({{allowed}})
 GROUP BY 2 ORDER BY 3 DESC LIMIT {MOST_QUOTED})
UNION ALL
(SELECT 'alike', entry_id, max(similarity(phrase, %s::text))::float8 FROM search_phrase
 WHERE phrase %% %s::text AND entry_id IN ({{allowed}})
 GROUP BY 2 HAVING max(similarity(phrase, %s::text)) >= {ALIKE} ORDER BY 3 DESC LIMIT {MOST_QUOTED})
"""  # noqa: S608  only our own constants are filled in


def collected(
    weights: Mapping[str, float], asked: Asked, allowed: Allowed, ways: tuple[str, ...]
) -> dict[str, Scores]:
    """ "words", "exact" and "alike" → scores by entry. weights: of the words that count. ways: those wanted."""
    sql, its = allowed
    parameters = [
        *(list(weights), list(weights.values()), *its),
        *(*_of_quotes(asked, "exact" in ways), *its),
        *_of_alike(asked, "alike" in ways, its),
    ]
    found: dict[str, Scores] = {"words": {}, "exact": {}, "alike": {}}
    for way, entry, score in run(_ALL.format(allowed=sql), parameters):
        found[way][entry] = float(score)
    return found


def _of_quotes(asked: Asked, wanted: bool) -> list[Any]:
    begins = asked.normal if wanted and len(asked.normal) >= LEAST_BEGINNING else ""
    behind = begins + LAST_LETTER if begins else ""
    return [asked.runs() if wanted else [], begins, behind, asked.normal, begins, behind]


def _of_alike(asked: Asked, wanted: bool, its: tuple[Any, ...]) -> list[Any]:
    text = asked.normal if wanted and len(asked.normal) >= LEAST_LETTERS else None
    return [text, text, *its, text]
