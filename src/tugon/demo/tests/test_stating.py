"""The facts and the billing directory of the demo, loaded by themselves."""

from datetime import timedelta

import pytest

from tugon.accounts.starting import create_roles
from tugon.billing.finding import who_charged
from tugon.billing.models import ChargeLookup, Processor
from tugon.billing.operations import today as day_of_the_company
from tugon.demo.house import furnish
from tugon.demo.stating import change_facts, furnish_billing, furnish_facts
from tugon.facts.models import Fact, FactValue
from tugon.facts.referencing import render
from tugon.lib.clock import now, standing_at
from tugon.tickets.starting import create_starting_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    create_roles()
    create_starting_rows()
    with standing_at(now() - timedelta(days=75)):
        return furnish()


def test_25_facts_are_there_with_a_history_and_one_to_come(house):
    furnish_facts(house, today=now())
    change_facts(house, today=now())
    assert Fact.objects.count() == 25
    assert (
        render("{{ refund.window }}, {{ payout.minimum }}, {{ payout.day }}", "en")
        == "14 days, ₱1,000, every Friday"
    )
    assert render("{{ refund.processing }} {{ upload.limit }}", "fil") == "5–10 araw ng trabaho 8 GB"
    assert FactValue.objects.filter(fact__key="refund.window").count() == 2
    assert FactValue.objects.filter(valid_from__gt=day_of_the_company()).count() == 1
    assert not Fact.objects.filter(owner=None).exists()


def test_twelve_processors_are_there_each_with_a_way_to_reach_them(house):
    furnish_facts(house, today=now())
    furnish_billing(house, today=now())
    assert Processor.objects.count() == 12
    assert not Processor.objects.filter(routes=None).exists()
    assert who_charged("SINPAY*CREATOR 8005551212 MNL")[0].processor.name == "SinPay"
    assert Processor.objects.due_for_review(day_of_the_company()).exists()
    assert ChargeLookup.objects.open().exists()
    assert ChargeLookup.objects.exclude(processor=None).exists()
    for row in Processor.objects.all():
        for language in ("en", "fil"):
            assert row.about_in(language)
            assert "—" not in row.only_we_can_in(language)
