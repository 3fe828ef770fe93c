from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tugon.facts import current
from tugon.facts.errors import FactUnknown
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact, FactValue
from tugon.facts.referencing import keys_in, render, render_html, require_known, unknown, version
from tugon.facts.values import read
from tugon.lib.clock import now, standing_at

State = Callable[..., FactValue]


@pytest.fixture
def state(db: None) -> State:
    """A fact with a value: `state("refund.window", "duration", "day", "14")`."""

    def make(
        key: str, kind: str, unit: str, typed: str, *, begin: date | None = None, **more: Any
    ) -> FactValue:
        fact, _made = Fact.objects.get_or_create(
            key=key, defaults={"kind": kind, "unit": unit, "created_at": now()}
        )
        value = FactValue.objects.create(
            fact=fact,
            value=read(Kind(kind), unit, typed),
            valid_from=begin or current.today() - timedelta(days=1),
            created_at=now(),
            **more,
        )
        current.forget()
        return value

    return make


def test_a_fact_is_read_in_the_readers_language(state: State) -> None:
    state("refund.window", "duration", "day", "14")
    assert render("Within {{ refund.window }}.", "en") == "Within 14 days."
    assert render("Sa loob ng {{refund.window}}.", "fil") == "Sa loob ng 14 na araw."


def test_words_written_by_hand_stand_instead_of_the_automatic_ones(state: State) -> None:
    state("refund.window", "duration", "day", "14", forms={"en": "two weeks"})
    assert render("{{ refund.window }}", "en") == "two weeks"
    assert render("{{ refund.window }}", "fil") == "14 na araw"


def test_a_key_nobody_knows_is_a_dash_to_readers_and_refused_to_editors(state: State) -> None:
    state("refund.window", "duration", "day", "14")
    assert render("Within {{ refund.windwo }}.", "en") == "Within —."
    assert unknown("{{ refund.windwo }} {{ refund.window }}") == ["refund.windwo"]
    with pytest.raises(FactUnknown) as refusal:
        require_known("{{ refund.windwo }}")
    assert "refund.windwo" in refusal.value.message


def test_an_archived_fact_keeps_its_last_words(state: State) -> None:
    value = state("refund.window", "duration", "day", "14")
    Fact.objects.filter(pk=value.fact_id).update(archived_at=now())
    current.forget()
    assert render("{{ refund.window }}", "en") == "14 days"


def test_a_value_of_the_future_begins_on_its_day(state: State) -> None:
    state("refund.window", "duration", "day", "30")
    state("refund.window", "duration", "day", "14", begin=current.today() + timedelta(days=3))
    before = version()
    assert render("{{ refund.window }}", "en") == "30 days"
    with standing_at(now() + timedelta(days=3)):
        assert render("{{ refund.window }}", "en") == "14 days"
        assert version() != before
    assert render("{{ refund.window }}", "en") == "30 days"


def test_html_gets_escaped_words_links_and_numbers_to_tap(state: State) -> None:
    state("support.note", "text", "", "Ask <us> & wait")
    state("support.page", "link", "", "https://sining.example/help?a=1&b=2")
    state("support.phone", "phone", "", "+63 2 8555 0142")
    assert render_html("<p>{{ support.note }}</p>", "en") == "<p>Ask &lt;us&gt; &amp; wait</p>"
    address = "https://sining.example/help?a=1&amp;b=2"
    assert render_html("<p>{{&nbsp;support.page }}</p>", "en") == f'<p><a href="{address}">{address}</a></p>'
    phone = render_html("<p>{{ support.phone }}</p>", "en")
    assert phone == '<p><a href="tel:+63285550142">+63 2 8555 0142</a></p>'


def test_within_a_link_no_second_link_begins(state: State) -> None:
    state("support.phone", "phone", "", "+63 2 8555 0142")
    written = render_html('<a href="tel:{{ support.phone }}">Call {{ support.phone }}</a>', "en")
    assert written == '<a href="tel:+63285550142">Call +63 2 8555 0142</a>'


def test_the_keys_of_a_text_are_found_in_plain_and_in_html() -> None:
    assert keys_in("{{ refund.window }} and {{payout.day}} and {{ nothing }} and {{ A.b }}") == {
        "refund.window",
        "payout.day",
    }
    assert keys_in("no token {") == set()


def test_a_page_with_many_facts_asks_the_database_once(state: State, django_assert_num_queries: Any) -> None:
    for number in range(20):
        state(f"fact.number{number}", "number", "", str(number))
    render("{{ fact.number1 }}", "en")  # the company's zone is read
    current.forget()
    with django_assert_num_queries(1):
        for number in range(20):
            assert render(f"{{{{ fact.number{number} }}}}", "fil") == str(number)
