"""What was searched and opened. One row for one search, however many letters it was typed in."""

from __future__ import annotations

from datetime import timedelta

from tugon.lib.clock import now

from .models import Search
from .results import Found

STILL_TYPING = timedelta(minutes=3)
OPENED_WITHIN = timedelta(minutes=30)
KEPT = timedelta(days=400)


def note(found: Found, *, place: str, language: str, visitor: str) -> Search | None:
    """Keep a search. Who goes on typing, or deletes a letter, goes on with the same row. None for no words.

    visitor: of `visitors.visitor_of`. Three statements at most.
    """
    text, words = found.asked.text[:200], found.asked.normal[:200]
    if not words:
        return None
    last = Search.objects.filter(visitor=visitor, place=place).order_by("-asked_at").first()
    if (
        last is not None
        and last.clicked_at is None
        and now() - last.asked_at < STILL_TYPING
        and _goes_on(last, words)
    ):
        if len(words) >= len(last.normal):
            last.text, last.normal, last.results = text, words, found.sure
        last.asked_at = now()
        last.save(update_fields=["text", "normal", "results", "asked_at"])
        return last
    return Search.objects.create(
        asked_at=now(),
        visitor=visitor,
        place=place,
        text=text,
        normal=words,
        language=language,
        results=found.sure,
    )


def _goes_on(last: Search, words: str) -> bool:
    return words.startswith(last.normal) or last.normal.startswith(words)


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
