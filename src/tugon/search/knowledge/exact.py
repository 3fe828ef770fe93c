"""Error codes and quoted messages, which come first (B1); and messages and titles quoted with slips."""

from __future__ import annotations

from typing import Any

from django.db import connection

from .asking import Asked

LEAST_LETTERS = 4
LEAST_BEGINNING = 10
"""Letters of a message that must be typed before its beginning is taken for it."""
ALIKE = 0.45
"""Share of trigrams in common."""

_EXACT = """
SELECT entry_id, max(rank * 100 + length(phrase)) FROM search_phrase
WHERE (phrase = ANY(%s) OR (%s AND phrase LIKE %s)) AND (rank <> 2 OR phrase = %s OR phrase LIKE %s)
  AND length(phrase) >= %s AND entry_id IN ({allowed})
GROUP BY 1 ORDER BY 2 DESC LIMIT 100
"""
_ALIKE = """
SELECT entry_id, max(similarity(phrase, %s)) FROM search_phrase
WHERE phrase %% %s AND entry_id IN ({allowed})
GROUP BY 1 HAVING max(similarity(phrase, %s)) >= %s ORDER BY 2 DESC LIMIT 100
"""


def quoted(asked: Asked, allowed: tuple[str, tuple[Any, ...]]) -> dict[int, float]:
    """Entries of which the question quotes a phrase of the author, a code of the text, or the whole title; or begins
    to. The higher, the surer: what the author named comes before a code that the text only mentions. One statement.
    """
    begins = asked.normal.replace("%", "").replace("_", "") + "%"
    may_begin = len(asked.normal) >= LEAST_BEGINNING
    values = [asked.runs(), may_begin, begins, asked.normal, begins if may_begin else "", LEAST_LETTERS - 1]
    return _found(_EXACT, values, allowed) if asked.words else {}


def alike(asked: Asked, allowed: tuple[str, tuple[Any, ...]]) -> dict[int, float]:
    """Entries with a phrase or title of which nearly half the trigrams are the question's, 0 to 1. One statement."""
    if len(asked.normal) < LEAST_LETTERS:
        return {}
    values = [asked.normal, asked.normal]
    return _found(_ALIKE, values, allowed, last=[asked.normal, ALIKE])


def _found(
    statement: str, values: list[Any], allowed: tuple[str, tuple[Any, ...]], last: list[Any] | None = None
) -> dict[int, float]:
    """values: those before the subquery's, last: those behind."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(allowed=allowed[0]), [*values, *allowed[1], *(last or ())])
        return {entry: float(score) for entry, score in cursor.fetchall()}
