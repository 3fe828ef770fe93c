"""After a change: which texts somebody should read again."""

from django.db.models import QuerySet

from tugon.lib.clock import now

from . import contradictions, places
from .current import Stated
from .kinds import Kind
from .models import Fact, FactReview, FactValue

AROUND = 80
"""Characters shown either side of a stale statement."""


def list_texts(value: FactValue, *, before: FactValue) -> list[FactReview]:
    """Put every text that uses the fact, or states the value before in plain words, on the list. A repeat adds none.

    Call within the transaction of the change. Reads every published text once.
    """
    fact = value.fact
    rows = [_row(value, place, FactReview.Why.USES) for place in places.uses_of(fact.key)]
    old = _stated(fact, before)
    others = [one for one in contradictions.stated_today() if one.key != fact.key]
    for place, language, text in places.published():
        for found in contradictions.stating(text, language, old, among=others):
            excerpt = contradictions.around(text, found, AROUND)
            rows.append(_row(value, place, FactReview.Why.STATES, language=language, excerpt=excerpt))
            break
    FactReview.objects.bulk_create(rows, ignore_conflicts=True)
    return rows


def waiting_for(fact: Fact) -> QuerySet[FactReview]:
    """The texts to be read again because of this fact."""
    return FactReview.objects.to_do().for_list().filter(value__fact=fact)


def _row(
    value: FactValue, place: places.Place, why: FactReview.Why, *, language: str = "", excerpt: str = ""
) -> FactReview:
    return FactReview(
        value=value,
        why=why,
        place_kind=place.kind[:30],
        place_title=place.title[:300],
        place_url=place.url[:500],
        language=language or place.language,
        excerpt=excerpt[:500],
        due_on=value.valid_from,
        created_at=now(),
    )


def _stated(fact: Fact, value: FactValue) -> Stated:
    return Stated(fact.key, Kind(fact.kind), value.value, value.forms, fact.context_words)
