from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.facts import current, operations, places
from tugon.facts.errors import (
    FactKeyInvalid,
    FactKeyTaken,
    FactUnitInvalid,
    FactValueInThePast,
    FactValueInvalid,
)
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact, FactReview, FactValue
from tugon.facts.places import Place
from tugon.facts.referencing import render
from tugon.lib.clock import now, standing_at
from tugon.lib.errors import NotAllowed

Facts = Callable[[Any], list[str]]
CONTEXT = {"en": ["+refund"], "fil": ["+refund"]}
ARTICLE = Place("article", "Getting your money back", "/console/articles/1", "en")
GUIDE = Place("article", "Pagbabalik ng bayad", "/console/articles/2", "fil")


@pytest.fixture
def window(lea: Agent) -> Fact:
    """refund.window, 30 days."""
    fact = operations.create(
        key="refund.window", kind=Kind.DURATION, unit="day", context_words=CONTEXT, by=lea.actor
    )
    operations.give_value(fact, typed="30", valid_from=current.today() - timedelta(days=100), by=lea.actor)
    return fact


@pytest.fixture
def texts() -> Iterator[list[tuple[Place, str, str]]]:
    """Published texts, as another package would register them."""
    kept: list[tuple[Place, str, str]] = []
    places.provide_texts("test", lambda: kept)
    yield kept
    places.withdraw("test")


def test_a_change_reaches_readers_at_once_and_is_recorded(window: Fact, lea: Agent, facts: Facts) -> None:
    assert render("{{ refund.window }}", "en") == "30 days"
    operations.give_value(window, typed="14", by=lea.actor)
    assert render("{{ refund.window }}", "en") == "14 days"
    assert facts(window) == ["FactCreated", *["FactValueGiven", "FactTookEffect"] * 2]


def test_history_is_kept(window: Fact, lea: Agent) -> None:
    operations.give_value(window, typed="14", by=lea.actor)
    assert [row.words("en") for row in window.values.all()] == ["14 days", "30 days"]
    assert window.values.first().created_by == lea  # type: ignore[union-attr]


def test_the_same_value_again_does_nothing(window: Fact, lea: Agent, facts: Facts) -> None:
    before = facts(window)
    operations.give_value(window, typed="30 days", by=lea.actor)
    assert (facts(window), window.values.count()) == (before, 1)


def test_a_value_of_the_future_waits_for_its_day_and_is_told_then(
    window: Fact, lea: Agent, facts: Facts
) -> None:
    operations.give_value(window, typed="14", valid_from=current.today() + timedelta(days=5), by=lea.actor)
    assert render("{{ refund.window }}", "en") == "30 days"
    assert operations.take_effect() == 0
    with standing_at(now() + timedelta(days=5)):
        assert operations.take_effect() == 1
        assert operations.take_effect() == 0
        assert render("{{ refund.window }}", "en") == "14 days"
    assert facts(window)[-1] == "FactTookEffect"


def test_what_has_not_begun_can_be_withdrawn_what_has_stays(window: Fact, lea: Agent) -> None:
    coming = operations.give_value(
        window, typed="14", valid_from=current.today() + timedelta(days=5), by=lea.actor
    )
    operations.withdraw_value(coming, by=lea.actor)
    operations.withdraw_value(coming, by=lea.actor)
    assert window.values.count() == 1
    with pytest.raises(FactValueInThePast):
        operations.withdraw_value(window.values.get(), by=lea.actor)
    assert window.values.count() == 1


def test_a_change_lists_the_texts_that_use_the_fact_and_those_that_state_the_old_value(
    window: Fact, lea: Agent, texts: list[Any]
) -> None:
    texts.append((ARTICLE, "en", "Within {{ refund.window }} you can have a refund."))
    texts.append((GUIDE, "fil", "<p>May <b>refund</b> sa loob ng tatlumpung araw.</p>"))
    texts.append((Place("article", "Music", "/console/articles/3"), "en", "30 days of music."))
    operations.give_value(window, typed="14", by=lea.actor)
    rows = FactReview.objects.to_do().order_by("why")
    assert [(row.why, row.place_title) for row in rows] == [
        ("states", "Pagbabalik ng bayad"),
        ("uses", "Getting your money back"),
    ]
    assert "tatlumpung araw" in rows[0].excerpt


def test_a_text_is_marked_as_read_again_and_the_mark_can_be_taken_back(
    window: Fact, lea: Agent, ben: Agent, carl: Agent, texts: list[Any], facts: Facts
) -> None:
    texts.append((ARTICLE, "en", "Within {{ refund.window }}."))
    operations.give_value(window, typed="14", by=lea.actor)
    review = FactReview.objects.get()
    with pytest.raises(NotAllowed):
        operations.mark_read(review, by=carl.actor)
    operations.mark_read(review, by=ben.actor)
    operations.mark_read(review, by=ben.actor)
    review.refresh_from_db()
    assert review.done_by == ben
    operations.mark_read(review, undo=True, by=ben.actor)
    assert FactReview.objects.to_do().count() == 1
    assert facts(window).count("FactReviewed") == 2


def test_a_text_published_meanwhile_is_found_when_the_value_begins(
    window: Fact, lea: Agent, texts: list[Any]
) -> None:
    operations.give_value(window, typed="14", valid_from=current.today() + timedelta(days=5), by=lea.actor)
    assert not FactReview.objects.exists()
    texts.append((ARTICLE, "en", "A refund within 30 days."))
    with standing_at(now() + timedelta(days=5)):
        operations.take_effect()
    assert FactReview.objects.get().why == "states"


def test_who_may_not_changes_nothing(window: Fact, ben: Agent) -> None:
    with pytest.raises(NotAllowed):
        operations.create(key="payout.day", kind=Kind.TEXT, by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.give_value(window, typed="14", by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.archive(window, by=ben.actor)
    assert (Fact.objects.count(), FactValue.objects.count()) == (1, 1)


def test_a_bad_key_unit_or_value_is_refused_in_words(window: Fact, lea: Agent) -> None:
    for key in ("refund", "Refund.Window", "refund..window", "refund window", "a." + "b" * 90):
        with pytest.raises(FactKeyInvalid):
            operations.create(key=key, kind=Kind.TEXT, by=lea.actor)
    with pytest.raises(FactKeyTaken):
        operations.create(key="refund.window", kind=Kind.TEXT, by=lea.actor)
    with pytest.raises(FactUnitInvalid):
        operations.create(key="refund.other", kind=Kind.DURATION, unit="GB", by=lea.actor)
    with pytest.raises(FactValueInvalid):
        operations.give_value(window, typed="soon", by=lea.actor)
    assert Fact.objects.count() == 1


def test_what_describes_a_fact_changes_and_is_recorded_by_name(
    window: Fact, lea: Agent, facts: Facts
) -> None:
    operations.change(window, note="From the charge on.", owner=lea, by=lea.actor)
    operations.change(window, note="From the charge on.", owner=lea, by=lea.actor)
    window.refresh_from_db()
    assert (window.note, window.owner) == ("From the charge on.", lea)
    assert facts(window).count("FactChanged") == 1


def test_an_archived_fact_is_no_longer_offered_and_comes_back(window: Fact, lea: Agent, facts: Facts) -> None:
    operations.archive(window, by=lea.actor)
    assert not Fact.objects.in_use().exists()
    assert render("{{ refund.window }}", "en") == "30 days"
    operations.restore(window, by=lea.actor)
    assert Fact.objects.in_use().exists()
    assert facts(window)[-2:] == ["FactArchived", "FactRestored"]
