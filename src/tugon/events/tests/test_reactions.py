"""What follows from a fact, also when one of the reactions fails."""

from dataclasses import make_dataclass

import pytest
from django.db import transaction

from tugon.customers.models import Audience
from tugon.events import facts, reactions
from tugon.events.actors import SYSTEM
from tugon.events.models import Event, FailedReaction
from tugon.events.operations import record, retry

pytestmark = pytest.mark.django_db


@pytest.fixture
def rained(monkeypatch):
    """A fact that only this test knows, and nobody reacts to yet."""
    monkeypatch.setattr(facts, "_facts", dict(facts._facts))
    monkeypatch.setattr(reactions, "_consequences", dict(reactions._consequences))
    monkeypatch.setattr(reactions, "_effects", dict(reactions._effects))
    return facts.fact(about="place")(_fresh())


def _fresh():
    return make_dataclass("Rained", [("place_id", int)], frozen=True)


def writes(key):
    def reaction(fact, event):
        Audience.objects.create(key=key)

    return reaction


def fails(fact, event):
    Audience.objects.create(key="lost")
    raise ValueError("a bug")


def keys():
    return sorted(Audience.objects.values_list("key", flat=True))


def happens(fact):
    with transaction.atomic():
        return record(fact, by=SYSTEM)


def test_reactions_run_in_the_order_of_registration(rained):
    order = []
    for name in ("a", "b", "c"):
        reactions.when(rained, then=lambda fact, event, name=name: order.append(name), name=name)
    happens(rained(place_id=1))
    assert order == ["a", "b", "c"]


def test_one_that_fails_is_rolled_back_and_kept_while_the_others_stand(rained):
    reactions.when(rained, then=writes("first"), name="first")
    reactions.when(rained, then=fails, name="fails")
    reactions.when(rained, then=writes("last"), name="last")
    event = happens(rained(place_id=1))
    assert keys() == ["first", "last"]
    assert [one.reaction for one in FailedReaction.objects.all()] == ["fails"]
    assert Event.objects.get() == event


def test_all_together_take_one_savepoint(rained, django_assert_num_queries):
    for name in ("a", "b", "c"):
        reactions.when(rained, then=lambda fact, event: None, name=name)
    with transaction.atomic(), django_assert_num_queries(3):
        record(rained(place_id=1), by=SYSTEM)


def test_a_failed_reaction_can_be_retried(rained):
    broken = [True]

    def flaky(fact, event):
        if broken:
            raise ValueError("not yet")
        Audience.objects.create(key="done")

    reactions.when(rained, then=flaky, name="flaky")
    happens(rained(place_id=1))
    broken.clear()
    assert retry(FailedReaction.objects.get(), by=SYSTEM)
    assert keys() == ["done"]
    assert not FailedReaction.objects.open().exists()


def test_a_fact_must_name_what_it_is_about():
    with pytest.raises(TypeError):
        facts.fact(about="weather")(_fresh())
