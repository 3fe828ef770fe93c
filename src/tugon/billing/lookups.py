"""Keeping what people looked for on “Who charged me?”, without anything personal, so that the directory learns."""

import secrets
from datetime import timedelta

from django.db import transaction

from tugon.lib.clock import now

from .finding import Match
from .models import ChargeLookup
from .noise import core, without_personal

MOST_AN_HOUR = 2_000
"""Over all: who floods the page is answered still, and no longer kept."""
KEPT_DAYS = 400


def new_token() -> str:
    """For one visit of the page."""
    return secrets.token_urlsafe(16)


@transaction.atomic
def keep(text: str, matches: list[Match], *, token: str, language: str) -> ChargeLookup | None:
    """One row a visit: what is typed on replaces what stood there. None where nothing is worth keeping.

    The row itself is no fact: it is read in sums.
    """
    asked = without_personal(text)
    normal = " ".join(core(asked))[:120]
    if not normal or not (8 <= len(token) <= 32):
        return None
    best = matches[0] if matches and matches[0].is_sure else None
    values = {
        "asked": asked,
        "normal": normal,
        "language": language[:15],
        "processor": best.processor if best else None,
        "score": matches[0].score if matches else 0.0,
        "at": now(),
    }
    row = ChargeLookup.objects.filter(token=token).first()
    if row is not None:
        ChargeLookup.objects.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
        return row
    if ChargeLookup.objects.filter(at__gte=now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        return None
    return ChargeLookup.objects.create(token=token, **values)


def forget_old() -> int:
    """Delete what was asked long ago; how many rows. By the clock."""
    deleted, _each = ChargeLookup.objects.filter(at__lt=now() - timedelta(days=KEPT_DAYS)).delete()
    return deleted
