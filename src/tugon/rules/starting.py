"""What a new installation starts with. A company changes, switches off and archives it; what was removed stays away."""

from __future__ import annotations

from django.db import transaction

from tugon.lib.clock import now

from .definitions import read, write
from .models import Rule, Turn, Version, WordList
from .starter.lists import LISTS
from .starter.rules import STARTERS, Starter


@transaction.atomic
def create_starting_rows() -> None:
    """Make the word lists if there are none, and every starter rule that never was here. A repeat does nothing."""
    if not WordList.objects.exists():
        WordList.objects.bulk_create(
            WordList(key=key, names=dict(names), words=dict(words)) for key, (names, words) in LISTS.items()
        )
    known = set(Rule.objects.exclude(key="").values_list("key", flat=True))
    for place, one in enumerate(STARTERS):
        if one.key not in known:
            _make(one, place)


def _make(one: Starter, place: int) -> None:
    definition = write(read(one.definition, kind=one.kind))
    rule = Rule.objects.create(
        kind=one.kind,
        key=one.key,
        name=one.names["en"],
        names=dict(one.names),
        note=one.notes["en"],
        notes=dict(one.notes),
        position=place,
    )
    rule.published = Version.objects.create(
        rule=rule, number=1, name=rule.name, definition=definition, published_at=now()
    )
    rule.is_on = one.is_on
    rule.save(update_fields=["published", "is_on"])
    if one.kind == Rule.Kind.AUTOMATION:
        Turn.objects.create(rule=rule, next_at=now())
