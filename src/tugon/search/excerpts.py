"""The words around a find, to show why a ticket is in the results."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.db.models.functions import Left

from tugon.database.reading import read
from tugon.tickets.models import Message

AROUND = 80
"""Letters of context on each side."""


def excerpts(ticket_ids: Sequence[int], words: Iterable[str]) -> dict[int, str]:
    """For each ticket, a piece of its newest message that holds one of the words; tickets without one are left out.

    One query; the first 3,000 letters of each message are looked at.
    """
    return pieces(bodies(list(ticket_ids)).rows(), words) if ticket_ids else {}


@read
def bodies(tickets: list[int]) -> QuerySet[Message, tuple[int, str]]:
    """What was said on these tickets, newest first: (ticket, the beginning of a message)."""
    said = Message.objects.filter(ticket__id__any_of=tickets, automatic="").order_by("ticket_id", "-id")
    return said.values_list("ticket_id", Left("body", 3000))


def pieces(said: Iterable[tuple[int, str]], words: Iterable[str]) -> dict[int, str]:
    """`excerpts` of what `bodies` gave."""
    wanted = [stem for word in words if (stem := _stem(fold(word)))]
    if not wanted:
        return {}
    pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in wanted))
    found: dict[int, str] = {}
    for ticket_id, body in said:
        if ticket_id not in found and (match := pattern.search(fold(body))):
            found[ticket_id] = _around(body, match.start())
    return found


def fold(text: str) -> str:
    """Lower case without accents, letter for letter, so that positions stay the same."""
    return text.lower() if text.isascii() else text.translate(_folded)


class _Folded(dict[int, str]):
    """Code point → its letter folded, worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = folded = unicodedata.normalize("NFD", letter)[0].lower()[:1] or letter
        return folded


_folded = _Folded()


def _stem(word: str) -> str:
    """Enough of a word to meet its other endings: refunds, refunded → refund."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _around(body: str, at: int) -> str:
    start, end = max(0, at - AROUND), min(len(body), at + AROUND)
    piece = " ".join(body[start:end].split())
    return f"{'…' if start else ''}{piece}{'…' if end < len(body) else ''}"
