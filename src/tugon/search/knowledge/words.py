"""What the words of a question say about entries: BM25F over postings, with slips, beginnings and synonyms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.db import connection

from tugon.database.inserting import run

from .asking import Asked
from .phrases import is_slip, near_forms

SLIP, BEGINNING, SYNONYM = 0.8, 0.7, 0.6
"""What a word counts for that was not typed like this."""
MOST_BEGINNINGS = 8
MOST_ENTRIES = 400
TOO_COMMON, MANY = 0.6, 500
"""Among many entries, words in more than this share of them say nothing and cost much; unless there are no others."""
UNKNOWN = 0.6
"""What a word that stands nowhere counts for in `best`: names and greetings do not make a find unsure."""

_WORDS = """
SELECT w.lexeme, (SELECT count(*) FROM search_posting p WHERE p.word = w.lexeme)
FROM unnest(to_tsvector('tugon', %s)) w
"""
_UNKNOWN = """
SELECT token, tsvector_to_array(to_tsvector('tugon', token)) FROM unnest(%s::text[]) token
WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = token)
"""
_MEANT = """
SELECT word, tsvector_to_array(to_tsvector('tugon', word)) FROM search_word WHERE forms && %s::text[] LIMIT 300
"""
_BEGUN = f"""
SELECT tsvector_to_array(to_tsvector('tugon', word)) FROM search_word
WHERE word LIKE %s ORDER BY length(word), word LIMIT {MOST_BEGINNINGS}
"""  # noqa: S608
_SYNONYMS = """
SELECT normal, (SELECT array_agg(DISTINCT lexeme) FROM unnest(to_tsvector('tugon', array_to_string(normal, ' '))))
FROM search_synonym WHERE normal && %s::varchar[]
"""


@dataclass(slots=True)
class Scores:
    """entries: BM25F by entry. best: what an entry with every word would have, about."""

    entries: dict[int, float] = field(default_factory=dict)
    best: float = 0.0


def scores(asked: Asked, allowed: tuple[str, tuple[Any, ...]], *, number: int, widely: bool = True) -> Scores:
    """What words say. allowed: SQL and parameters of the ids that may be found. number: of all entries. widely: with
    slips, beginnings and synonyms. One to six statements."""
    known: dict[str, int] = {lexeme: int(count) for lexeme, count in run(_WORDS, [asked.normal])}
    boosts = dict.fromkeys(known, 1.0)
    if widely:
        for lexeme, boost in _widened(asked):
            boosts[lexeme] = max(boosts.get(lexeme, 0.0), boost)
    missing = [lexeme for lexeme in boosts if lexeme not in known]
    if missing:
        counts = run("SELECT word, count(*) FROM search_posting WHERE word = ANY(%s) GROUP BY 1", [missing])
        known |= {str(word): int(count) for word, count in counts}
    weights = {lexeme: boost * rarity(known.get(lexeme, 0), number) for lexeme, boost in boosts.items()}
    most = TOO_COMMON * number if number >= MANY else number
    useful = {lexeme for lexeme in weights if 0 < known.get(lexeme, 0) <= most}
    chosen = useful or {lexeme for lexeme in weights if known.get(lexeme, 0)}
    best = sum(
        weight * (1 if known.get(lexeme) else UNKNOWN)
        for lexeme, weight in weights.items()
        if boosts[lexeme] == 1.0
    )
    return Scores(_summed({word: weights[word] for word in chosen}, allowed), best)


def rarity(entries: int, number: int) -> float:
    """BM25's inverse document frequency: what is rare says much."""
    return log(1 + (number - entries + 0.5) / (entries + 0.5))


def _summed(weights: dict[str, float], allowed: tuple[str, tuple[Any, ...]]) -> dict[int, float]:
    if not weights:
        return {}
    statement = f"""
        SELECT p.entry_id, sum(p.weight * a.weight) AS score
        FROM unnest(%s::text[], %s::real[]) a(word, weight) JOIN search_posting p USING (word)
        WHERE p.entry_id IN ({allowed[0]})
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_ENTRIES}
    """  # noqa: S608 - the subquery is Django's own, its values are parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(weights), list(weights.values()), *allowed[1]])
        return {entry: float(score) for entry, score in cursor.fetchall()}


def _widened(asked: Asked) -> list[tuple[str, float]]:
    """Lexemes that may be meant too, with what they count for."""
    found: list[tuple[str, float]] = []
    last = asked.words[-1] if asked.is_open else ""
    if len(last) >= 2:
        for (lexemes,) in run(_BEGUN, [last.replace("%", "").replace("_", "") + "%"]):
            found += [(lexeme, BEGINNING) for lexeme in lexemes]
    tokens = [word for word in asked.words if word != last and len(word) >= 4 and word.isalpha()]
    unknown = [token for token, _lexemes in run(_UNKNOWN, [tokens])] if tokens else []
    if unknown:
        found += [(lexeme, SLIP) for lexeme in _meant(unknown)]
    for group, lexemes in run(_SYNONYMS, [asked.runs()]):
        said = {word for term in group if term in asked.normal for word in term.split()}
        found += [(lexeme, SYNONYM) for lexeme in lexemes or () if lexeme not in said]
    return found


def _meant(unknown: list[str]) -> list[str]:
    forms = list(dict.fromkeys(form for token in unknown for form in near_forms(token)))
    near: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for word, lexemes in run(_MEANT, [forms]):
        for token in unknown:
            if is_slip(token, word):
                near[token].append((abs(len(token) - len(word)), lexemes))
    return [lexeme for found in near.values() for _distance, lexemes in found for lexeme in lexemes]
