"""How agents take the coach's remarks: which help, and which are dismissed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from tugon.lib.clock import now

from .models import CoachResult

DAYS = 90
MOST = 20_000
"""Replies that are counted, the newest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Of one check: how often raised, used, dismissed."""

    raised: int
    taken: int
    dismissed: int

    @property
    def dismissal_rate(self) -> float:
        return self.dismissed / self.raised if self.raised else 0.0


def rates() -> dict[str, Taken]:
    """By check, of the replies of the last 90 days. One query."""
    rows = CoachResult.objects.filter(created_at__gte=now() - timedelta(days=DAYS)).order_by("-created_at")
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    for found in rows.values_list("raised", "taken", "dismissed")[:MOST]:
        for counter, keys in zip(counts, found, strict=True):
            counter.update(keys)
    raised, taken, dismissed = counts
    return {key: Taken(raised[key], taken[key], dismissed[key]) for key in raised}
