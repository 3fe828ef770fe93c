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
MOST_ALIKE = 120
"""Letters of what may be a message or title quoted whole with slips; longer texts are not."""
LEAST_BEGINNING = 10
"""Letters of a message that must be typed before its beginning is taken for it."""
ALIKE = 0.45
"""Share of trigrams in common."""
MOST_ENTRIES, MOST_QUOTED = 400, 100
ENOUGH = 20
"""Of the entries that say most, this many must be allowed; otherwise all are asked."""
LAST_LETTER = "\U0010ffff"
"""Sorts behind every other, so that beginnings are a range, which an index finds whatever is typed."""

Scores = dict[int, float]

_SAYING = """
SELECT p.entry_id, sum(p.weight * a.weight)::float8 AS score
FROM unnest(%s::text[], %s::real[]) a(word, weight) JOIN search_posting p USING (word) {where}
GROUP BY p.entry_id ORDER BY score DESC, p.entry_id LIMIT {most}
"""
_ALLOWED_SAYING = _SAYING.format(where="WHERE p.entry_id IN ({allowed})", most=MOST_ENTRIES)
_ALL = f"""
(SELECT 'words', entry_id, CASE WHEN entry_id IN ({{allowed}}) THEN score END
 FROM ({_SAYING.format(where="", most=MOST_ENTRIES)}) said)
UNION ALL
(SELECT 'exact', entry_id, max(rank * 100 + length(phrase))::float8 FROM search_phrase
 WHERE (phrase = ANY(%s::text[]) OR (phrase ~>=~ %s AND phrase ~<~ %s))
   AND (rank <> 2 OR phrase = %s OR (phrase ~>=~ %s AND phrase ~<~ %s))
   AND length(phrase) >= {LEAST_LETTERS - 1} AND entry_id IN ({{allowed}})
 GROUP BY 2 ORDER BY 3 DESC LIMIT {MOST_QUOTED})
UNION ALL
(WITH near AS MATERIALIZED (
   SELECT entry_id, similarity(phrase, %s::text) AS share FROM search_phrase WHERE phrase %% %s::text)
 SELECT 'alike', entry_id, max(share)::float8 FROM near
 WHERE share >= {ALIKE} AND entry_id IN ({{allowed}})
 GROUP BY 2 ORDER BY 3 DESC LIMIT {MOST_QUOTED})
"""  # noqa: S608  only our own constants are filled in


def collected(
    weights: Mapping[str, float], asked: Asked, allowed: Allowed, ways: tuple[str, ...]
) -> dict[str, Scores]:
    """ "words", "exact" and "alike" → scores by entry. weights: of the words that count. ways: those wanted."""
    sql, its = allowed
    parameters = [
        *(*its, list(weights), list(weights.values())),
        *(*_of_quotes(asked, "exact" in ways), *its),
        *_of_alike(asked, "alike" in ways, its),
    ]
    found: dict[str, Scores] = {"words": {}, "exact": {}, "alike": {}}
    said = 0
    for way, entry, score in run(_ALL.format(allowed=sql), parameters):
        said += way == "words"
        if score is not None:
            found[way][entry] = float(score)
    if said == MOST_ENTRIES and len(found["words"]) < ENOUGH:
        rows = run(_ALLOWED_SAYING.format(allowed=sql), [list(weights), list(weights.values()), *its])
        found["words"] = {entry: float(score) for entry, score in rows}
    return found


def _of_quotes(asked: Asked, wanted: bool) -> list[Any]:
    begins = asked.normal if wanted and len(asked.normal) >= LEAST_BEGINNING else ""
    behind = begins + LAST_LETTER if begins else ""
    return [asked.runs() if wanted else [], begins, behind, asked.normal, begins, behind]


def _of_alike(asked: Asked, wanted: bool, its: tuple[Any, ...]) -> list[Any]:
    text = asked.normal if wanted and LEAST_LETTERS <= len(asked.normal) <= MOST_ALIKE else None
    return [text, text, *its]
