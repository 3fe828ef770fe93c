"""Solved tickets that tell of the same: those that share most of a subject's telling words, in one statement."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, FloatField, Max
from django.db.models.functions import Cast

from tugon.accounts.models import Agent
from tugon.search.models import WINDOW, TicketEntry
from tugon.tickets.models import Status, Ticket

MOST_WORDS, MOST_TICKETS = 8, 4
LEAST_RANK = 0.05
"""Below it two texts have only a common word in common."""
_WORD = re.compile(r"[^\W_][\w'-]{2,40}")
_COMMON = frozenset(
    """
    the and for with not can cannot will from this that have has are was but you your our ang mga hindi ako ako'y po
    please help what how when why ticket problem issue question nang para ako lang naman yung yun wala may
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def similar(ticket: Ticket, agent: Agent) -> list[Ticket]:
    """Solved tickets of the newest two windows that the agent may see, the most alike first. Two statements at most."""
    words = telling(ticket.subject)
    if not words:
        return []
    newest = TicketEntry.objects.aggregate(newest=Max("ticket_id"))["newest"] or 0
    asked = SearchQuery(" | ".join(f"'{word}'" for word in words), config="tugon", search_type="raw")
    span = newest // WINDOW
    entries = TicketEntry.objects.filter(span__in=[span, max(0, span - 1)], words=asked)
    return list(
        Ticket.objects.visible_to(agent)
        .filter(search_entry__in=entries, status__in=[Status.SOLVED, Status.CLOSED], merged_into=None)
        .exclude(pk=ticket.pk)
        .annotate(rank=Cast(SearchRank(F("search_entry__words"), asked), FloatField()))
        .filter(rank__gt=LEAST_RANK)
        .only("pk", "subject", "status", "updated_at")
        .order_by("-rank", "-pk")[:MOST_TICKETS]
    )


def telling(subject: str) -> list[str]:
    """The words of a subject that say what it is about, the longest first: at most MOST_WORDS."""
    found = dict.fromkeys(word.lower().replace("'", "") for word in _WORD.findall(subject))
    return sorted((word for word in found if word not in _COMMON), key=len, reverse=True)[:MOST_WORDS]
