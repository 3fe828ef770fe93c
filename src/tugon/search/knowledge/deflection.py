"""Suggestions that made a request needless, counted honestly.

DEFINITION stands beside the number wherever it is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tugon.lib.clock import now

from .models import Suggested
from .results import Suggestion
from .visitors import earlier_of

WAIT = timedelta(hours=72)

DEFINITION = _(
    "A person counts as helped without a request if they opened a suggestion while writing and either said that it "
    "solved their problem, or sent no request within 72 hours. Who only saw suggestions does not count. Any request "
    "of the same person in that time counts as one on the same matter, even where it was not: the number is rather "
    "too low than too high. People are told apart by a daily hash of network address and browser, which is forgotten "
    "after four days; suggestions opened less than 72 hours ago are not counted yet."
)


def is_deflected(
    *, viewed_at: datetime | None, solved_at: datetime | None, ticket_sent: bool, at: datetime
) -> bool | None:
    """The definition, for one person and visit. None: it is too early to tell. Pure; `count` says the same in SQL."""
    if viewed_at is None:
        return False
    if ticket_sent:
        return False
    if solved_at is not None:
        return True
    return True if at - viewed_at >= WAIT else None


@dataclass(frozen=True, slots=True)
class Deflection:
    """People in a span of time. shown: saw suggestions. viewed: opened one. said_so: of those, said it solved their
    problem. deflected: as DEFINITION says. waiting: opened one less than 72 hours ago, so nobody knows yet."""

    shown: int = 0
    viewed: int = 0
    said_so: int = 0
    deflected: int = 0
    waiting: int = 0


_COUNT = """
WITH visits AS (
    SELECT visitor, min(viewed_at) AS viewed_at, min(solved_at) AS solved_at, bool_or(ticket_id IS NOT NULL) AS sent
    FROM search_suggested WHERE place = 'form' AND shown_at >= %(start)s AND shown_at < %(end)s GROUP BY visitor
)
SELECT count(*), count(viewed_at), count(*) FILTER (WHERE solved_at IS NOT NULL AND viewed_at IS NOT NULL),
    count(*) FILTER (WHERE viewed_at IS NOT NULL AND NOT sent
        AND (solved_at IS NOT NULL OR viewed_at <= %(settled)s)),
    count(*) FILTER (WHERE viewed_at > %(settled)s AND NOT sent AND solved_at IS NULL)
FROM visits
"""


def count(start: datetime, end: datetime) -> Deflection:
    """start: included; end: excluded; by when suggestions were first shown. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"start": start, "end": end, "settled": now() - WAIT})
        return Deflection(*cursor.fetchone())


def show(
    suggestions: Sequence[Suggestion], *, token: str, visitor: str, place: str, language: str
) -> Suggested | None:
    """Keep that a person sees these now. token: of an earlier showing on the same page, or "". None for nothing shown.

    Where the list changes while somebody types, the row keeps the latest and everything that was opened.
    """
    if not suggestions:
        return None
    keys = [one.key for one in suggestions]
    row = Suggested.objects.filter(token=token, visitor=visitor).first() if token else None
    if row is None:
        return Suggested.objects.create(
            token=secrets.token_urlsafe(12),
            visitor=visitor,
            place=place,
            language=language,
            shown_at=now(),
            shown=keys,
        )
    if row.shown != keys:
        row.shown = keys
        row.save(update_fields=["shown"])
    return row


@transaction.atomic
def view(token: str, key: str) -> None:
    """The person opened the suggestion `key` ("article:9"). A repeat, and a token nobody has, do nothing."""
    row = Suggested.objects.select_for_update().filter(token=token).first()
    if row is None or key in row.viewed or len(row.viewed) >= 50:
        return
    row.viewed = [*row.viewed, key[:40]]
    row.viewed_at = row.viewed_at or now()
    row.save(update_fields=["viewed", "viewed_at"])


@transaction.atomic
def solve(token: str, key: str) -> bool:
    """The person says that it solved the problem; saying so of something is having read it. False: nobody has the
    token. A repeat does nothing."""
    row = Suggested.objects.select_for_update().filter(token=token).first()
    if row is None:
        return False
    if row.solved_at is None:
        row.solved_at, row.solved_by = now(), key[:40]
        row.viewed_at = row.viewed_at or now()
        row.save(update_fields=["solved_at", "solved_by", "viewed_at"])
    return True


def sent(who: str, ticket_id: int) -> int:
    """The person sent a request: what they were shown in the 72 hours before did not spare it. Returns how many rows.

    who: as for `visitors.visitor_of`.
    """
    rows = Suggested.objects.filter(visitor__in=earlier_of(who), shown_at__gte=now() - WAIT, ticket_id=None)
    return rows.update(ticket_id=ticket_id)
