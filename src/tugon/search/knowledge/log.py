"""What was searched and opened. One row for one search, however many letters it was typed in."""

from __future__ import annotations

from datetime import timedelta

from tugon.lib import secrets
from tugon.lib.clock import now

from .models import Search
from .results import Found

STILL_TYPING = timedelta(minutes=3)
KEPT = timedelta(days=400)
_PURPOSE = "search.opened"


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


def token_of(search: Search) -> str:
    """For links of results: says which search they stood in, and cannot be made up."""
    return f"{search.pk}-{secrets.sign(_PURPOSE, search.pk)}"


def opened(token: str, *, kind: str, object_id: int) -> None:
    """A result of the search with this token was opened. The first counts; a token that makes no sense does nothing."""
    pk, _dash, mac = token.partition("-")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19 and secrets.signed(_PURPOSE, int(pk), mac=mac)):
        return
    Search.objects.filter(pk=int(pk), clicked_at=None).update(
        clicked_at=now(), clicked_kind=kind[:16], clicked_id=object_id
    )


def forget_old() -> None:
    """Searches of more than a year, and the salts of visitors."""
    from .visitors import forget_salts

    forget_salts()
    Search.objects.filter(asked_at__lt=now() - KEPT).delete()
