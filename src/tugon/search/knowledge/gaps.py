"""Searches in vain, grouped: by the same words, then by most trigrams in common. An administrator makes work of them or
dismisses them; what is dismissed comes back only when many more ask."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from tugon.accounts.models import Agent
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from .errors import GapUnknown
from .events import GapDecided
from .models import Gap, Search
from .policies import require_keeper

WINDOW = timedelta(days=30)
SETTLED = timedelta(minutes=30)
"""A search is looked at when nobody opens anything of it any more."""
ALIKE = 0.55
MOST = 5_000

_GROUPS = """
SELECT normal, min(text), mode() WITHIN GROUP (ORDER BY language), count(*), count(DISTINCT visitor),
       count(*) FILTER (WHERE results = 0), min(asked_at), max(asked_at)
FROM search_search
WHERE asked_at >= %s AND asked_at < %s AND clicked_at IS NULL AND place <> 'console' AND length(normal) >= 3
  AND NOT EXISTS (
    SELECT 1 FROM search_search later WHERE later.visitor = search_search.visitor
      AND later.asked_at > search_search.asked_at AND later.asked_at < search_search.asked_at + interval '10 minutes'
      AND later.clicked_at IS NOT NULL)
GROUP BY normal ORDER BY count(DISTINCT visitor) DESC, count(*) DESC, normal LIMIT %s
"""
_NEAREST = """
SELECT id FROM search_gap WHERE similarity(normal, %s) >= %s ORDER BY similarity(normal, %s) DESC, id LIMIT 1
"""


@transaction.atomic
def group() -> int:
    """Count the last WINDOW anew. Returns the number of groups with searches.

    Who opened something within ten minutes after searching otherwise found it: that search was not in vain.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [now() - WINDOW, now() - SETTLED, MOST])
        rows = cursor.fetchall()
    Gap.objects.update(searches=0, visitors=0, without_result=0)
    touched: dict[int, Gap] = {}
    for normal, text, language, searches, visitors, without, first, last in rows:
        gap = _gap_of(normal, touched)
        if gap is None:
            gap = Gap(normal=normal, text=text, language=language, first_at=first, last_at=last)
        if searches > gap.searches:
            gap.text, gap.language = text, language
        gap.searches += searches
        gap.visitors += visitors
        gap.without_result += without
        gap.first_at, gap.last_at = min(gap.first_at, first), max(gap.last_at, last)
        gap.wordings = list(dict.fromkeys([*gap.wordings, text]))[:10]
        gap.save()
        touched[gap.pk] = gap
    Gap.objects.filter(state=Gap.State.OPEN, searches=0).delete()
    return len(touched)


def _gap_of(normal: str, touched: dict[int, Gap]) -> Gap | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [normal, ALIKE, normal])
        row = cursor.fetchone()
    if row is None:
        return None
    return touched.get(row[0]) or Gap.objects.get(pk=row[0])


@transaction.atomic
def make_work(gap: Gap, *, by: Actor, owner: Agent | None = None, note: str = "") -> Gap:
    """Somebody is to write what is missing. owner: who; None: whoever takes it. Raises NotAllowed, GapUnknown."""
    return _decide(gap, Gap.State.WORK, by, owner=owner, note=note)


@transaction.atomic
def dismiss(gap: Gap, *, by: Actor, note: str = "") -> Gap:
    """Nothing is missing. Raises NotAllowed, GapUnknown."""
    return _decide(gap, Gap.State.DISMISSED, by, note=note)


@transaction.atomic
def finish(gap: Gap, *, by: Actor, note: str = "") -> Gap:
    """It is written. Raises NotAllowed, GapUnknown."""
    return _decide(gap, Gap.State.DONE, by, note=note)


@transaction.atomic
def reopen(gap: Gap, *, by: Actor) -> Gap:
    """Take a decision back. Raises NotAllowed, GapUnknown."""
    return _decide(gap, Gap.State.OPEN, by)


def _decide(gap: Gap, state: Gap.State, by: Actor, *, owner: Agent | None = None, note: str = "") -> Gap:
    """A repeat does nothing."""
    require_keeper(by)
    row = Gap.objects.select_for_update().filter(pk=gap.pk).first()
    if row is None:
        raise GapUnknown
    if row.state == state and (owner is None or row.owner_id == owner.pk) and (not note or row.note == note):
        return row
    row.state, row.note = state, note[:300] or row.note
    row.owner = owner if owner is not None else (row.owner if state != Gap.State.OPEN else None)
    row.decided_at, row.decided_by = now(), by.subject if by.kind is ActorKind.AGENT else None
    row.save()
    record(GapDecided(gap_id=row.pk, state=str(state), owner_id=row.owner_id), by=by)
    return row


def in_vain_since(days: int = 30) -> tuple[int, int]:
    """(searches, searches in vain) of the last days, for a figure beside the list."""
    rows = Search.objects.since(now() - timedelta(days=days)).exclude(place="console")
    return rows.count(), rows.filter(clicked_at=None).count()
