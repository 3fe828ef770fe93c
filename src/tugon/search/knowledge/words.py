"""What the words of a question say about entries: BM25F over postings, with slips, beginnings and synonyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from tugon.database.inserting import run

from .asking import Asked
from .collecting import LAST_LETTER
from .phrases import ROOT_MARK, is_slip, near_forms

SLIP, BEGINNING, SYNONYM, ROOT = 0.8, 0.7, 0.6, 0.6
"""What a word counts for that was not typed like this."""
MOST_BEGINNINGS = 8
TOO_COMMON, MANY = 0.3, 500
"""Among many entries, words in more than this share of them say nothing and cost much; unless there are no others."""
UNKNOWN = 0.6
"""What a word that stands nowhere counts for in `best`: names and greetings do not make a find unsure."""

_SAID = f"""
SELECT
  (SELECT count(*) FROM search_knowledgeentry),
  (SELECT json_object_agg(lexeme, (SELECT count(*) FROM search_posting p WHERE p.word = lexeme))
   FROM unnest(to_tsvector('tugon', %s))),
  (SELECT json_agg(token) FROM unnest(%s::text[]) token
   WHERE NOT EXISTS (SELECT 1 FROM search_word WHERE word = token)),
  (SELECT json_object_agg(lexeme, (SELECT count(*) FROM search_posting p WHERE p.word = lexeme))
   FROM (SELECT DISTINCT unnest(tsvector_to_array(to_tsvector('tugon', word))) AS lexeme FROM (
     SELECT word FROM search_word WHERE word ~>=~ %s AND word ~<~ %s
     ORDER BY length(word), word LIMIT {MOST_BEGINNINGS}) begun) meant),
  (SELECT json_agg(json_build_array(normal, (
     SELECT json_object_agg(lexeme, (SELECT count(*) FROM search_posting p WHERE p.word = lexeme))
     FROM (SELECT lexeme FROM unnest(to_tsvector('tugon', array_to_string(normal, ' ')))
       UNION SELECT term FROM unnest(normal) term WHERE left(term, 1) = '{ROOT_MARK}') meant)))
   FROM search_synonym WHERE normal && %s::varchar[]),
  (SELECT json_object_agg(root, (SELECT count(*) FROM search_posting p WHERE p.word = root))
   FROM unnest(%s::text[]) root)
"""  # noqa: S608  only our own number is filled in
_MEANT = """
SELECT word, tsvector_to_array(to_tsvector('tugon', word)) FROM search_word WHERE forms && %s::text[] LIMIT 300
"""
_COUNTS = "SELECT word, count(*) FROM search_posting WHERE word = ANY(%s::text[]) GROUP BY 1"


@dataclass(slots=True)
class Said:
    """What the words of a question are. entries: how many there are at all. counts: lexeme → entries that say it.
    boosts: lexeme → what it counts for.
    """

    entries: int
    counts: dict[str, int] = field(default_factory=dict)
    boosts: dict[str, float] = field(default_factory=dict)

    def widen(self, counts: Mapping[str, int], boost: float) -> None:
        """These may be meant too."""
        self.counts = {**counts, **self.counts}
        for lexeme in counts:
            self.boosts[lexeme] = max(self.boosts.get(lexeme, 0.0), boost)

    def weighed(self) -> tuple[dict[str, float], float]:
        """The lexemes that count, with their weights; and what an entry with every word asked would have, about."""
        weights = {
            lexeme: boost * rarity(self.counts.get(lexeme, 0), self.entries)
            for lexeme, boost in self.boosts.items()
        }
        most = TOO_COMMON * self.entries if self.entries >= MANY else self.entries
        said = {lexeme: self.counts.get(lexeme, 0) for lexeme in weights}
        chosen = {one for one in weights if 0 < said[one] <= most} or {one for one in weights if said[one]}
        best = sum(
            weight * (1 if said[lexeme] else UNKNOWN)
            for lexeme, weight in weights.items()
            if self.boosts[lexeme] == 1.0
        )
        return {lexeme: weights[lexeme] for lexeme in weights if lexeme in chosen}, best


def said(asked: Asked, *, language: str = "", widely: bool = True) -> Said:
    """The words of a question. widely: with slips, beginnings and synonyms, and where the language is Filipino by their
    roots. One statement; three with unknown words.
    """
    last = asked.words[-1] if widely and asked.is_open else ""
    begins = last if len(last) >= 2 else ""
    tokens = [word for word in asked.words if word != last and len(word) >= 4 and word.isalpha()]
    behind = begins + LAST_LETTER if begins else ""
    roots = asked.roots() if widely and language == "fil" else []
    runs = asked.runs() + roots if widely else []
    values = [asked.normal, tokens if widely else [], begins, behind, runs, roots]
    [(entries, counts, unknown, begun, synonyms, same_root)] = run(_SAID, values)
    found = Said(entries, dict(counts or {}), dict.fromkeys(counts or {}, 1.0))
    found.widen(begun or {}, BEGINNING)
    found.widen({root: number for root, number in (same_root or {}).items() if number}, ROOT)
    for group, lexemes in synonyms or ():
        own = {word for term in group if term in asked.normal for word in term.split()}
        others = {one: count for one, count in (lexemes or {}).items() if count and one not in {*own, *roots}}
        found.widen(others, SYNONYM)
    if unknown and entries:
        meant = dict.fromkeys(_meant(unknown), 0)
        missing = [lexeme for lexeme in meant if lexeme not in found.counts]
        found.widen(meant | dict(run(_COUNTS, [missing]) if missing else ()), SLIP)
    return found


def rarity(entries: int, number: int) -> float:
    """BM25's inverse document frequency: what is rare says much."""
    return log(1 + (number - entries + 0.5) / (entries + 0.5))


def _meant(unknown: list[str]) -> list[str]:
    forms = list(dict.fromkeys(form for token in unknown for form in near_forms(token)))
    near: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for word, lexemes in run(_MEANT, [forms]):
        for token in unknown:
            if is_slip(token, word):
                near[token].append((abs(len(token) - len(word)), lexemes))
    return [lexeme for found in near.values() for _distance, lexemes in found for lexeme in lexemes]
