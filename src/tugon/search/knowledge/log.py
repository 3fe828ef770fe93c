"""What was searched and opened. One row for one search, however many letters it was typed in."""

from __future__ import annotations

from datetime import timedelta

from psycopg.types.numeric import Int4

from tugon.database.inserting import run
from tugon.lib.clock import now

from .models import Search
from .results import Found

STILL_TYPING = timedelta(minutes=3)
OPENED_WITHIN = timedelta(minutes=30)
KEPT = timedelta(days=400)


_NOTE = """
WITH last AS (
  SELECT id, normal, clicked_at, asked_at FROM search_search
  WHERE visitor = %(visitor)s AND place = %(place)s ORDER BY asked_at DESC LIMIT 1
), gone_on AS (
  UPDATE search_search search SET
    asked_at = %(now)s,
    text = CASE WHEN length(%(normal)s) >= length(last.normal) THEN %(text)s ELSE search.text END,
    normal = CASE WHEN length(%(normal)s) >= length(last.normal) THEN %(normal)s ELSE search.normal END,
    results = CASE WHEN length(%(normal)s) >= length(last.normal) THEN %(results)s ELSE search.results END
  FROM last
  WHERE search.id = last.id AND last.clicked_at IS NULL AND last.asked_at > %(since)s
    AND (starts_with(%(normal)s, last.normal) OR starts_with(last.normal, %(normal)s))
  RETURNING search.id
)
INSERT INTO search_search (asked_at, visitor, place, text, normal, language, results, clicked_kind)
SELECT %(now)s, %(visitor)s, %(place)s, %(text)s, %(normal)s, %(language)s, %(results)s, ''
WHERE NOT EXISTS (SELECT 1 FROM gone_on)
"""


def note(found: Found, *, place: str, language: str, visitor: str) -> None:
    """Keep a search, unless it has no words. Who goes on typing, or deletes a letter, goes on with the same row.

    visitor: of `visitors.visitor_of`. One statement.
    """
    text, words = found.asked.text[:200], found.asked.normal[:200]
    if not words:
        return
    moment = now()
    run(
        _NOTE,
        {
            "visitor": visitor,
            "place": str(place),
            "text": text,
            "normal": words,
            "language": language,
            "results": Int4(found.sure),
            "now": moment,
            "since": moment - STILL_TYPING,
        },
    )


def opened_by(visitor: str, *, place: str, kind: str, object_id: int) -> None:
    """The visitor opened something after searching there: their newest search without anything opened found it.

    visitor: of `visitors.visitor_of`. Nothing happens where they did not search lately.
    """
    mine = Search.objects.filter(visitor=visitor, place=place, asked_at__gte=now() - OPENED_WITHIN)
    last = mine.order_by("-asked_at").values_list("pk", flat=True).first()
    if last is not None:
        Search.objects.filter(pk=last, clicked_at=None).update(
            clicked_at=now(), clicked_kind=kind[:16], clicked_id=object_id
        )


def forget_old() -> None:
    """Searches of more than a year, and the salts of visitors."""
    from .visitors import forget_salts

    forget_salts()
    Search.objects.filter(asked_at__lt=now() - KEPT).delete()
