"""Who searched, without knowing who: a hash with a salt of the day. After KEPT the salt is deleted, and nobody, we
included, can tell any more whose a hash was. No cookie is set."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction

from tugon.database.inserting import run
from tugon.lib.clock import now

from .models import VisitorSalt

KEPT = timedelta(days=4)
"""Long enough to see for 72 hours whether somebody came back."""


def visitor_of(who: str) -> str:
    """Today's hash. who: what is the same while somebody stays, like address and browser, or the customer's id."""
    return _hash(_salt(now().date()), who)


def earlier_of(who: str) -> list[str]:
    """The hashes the same person had on the days whose salts are still kept, today's among them."""
    return [_hash(row.salt, who) for row in VisitorSalt.objects.all()]


def forget_salts() -> int:
    """Delete the salts that are too old. Returns how many."""
    return VisitorSalt.objects.filter(day__lt=now().date() - KEPT).delete()[0]


def _salt(day: date) -> str:
    known = run("SELECT salt FROM search_visitorsalt WHERE day = %s", [day])
    if not known:
        with transaction.atomic():
            fresh = VisitorSalt(day=day, salt=secrets.token_hex(32))
            VisitorSalt.objects.bulk_create([fresh], ignore_conflicts=True)
        return VisitorSalt.objects.get(pk=day).salt
    return str(known[0][0])


def _hash(salt: str, who: str) -> str:
    return hashlib.blake2b(f"{salt}\x1f{who}".encode("utf-8", "replace"), digest_size=16).hexdigest()
