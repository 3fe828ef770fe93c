"""The screens of the billing directory."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tugon.accounts.models import Agent
from tugon.billing import lookups, operations
from tugon.billing.models import ChargeLookup, Processor

LIST = "/administration/billing"


@pytest.fixture
def lead(lea: Agent, client: Client) -> Client:
    client.force_login(lea)
    return client


@pytest.fixture
def sinpay(lea: Agent) -> Processor:
    row = operations.create(name="SinPay", by=lea.actor)
    operations.add_descriptor(row, pattern="SINPAY*CREATOR 8005551212 MNL", by=lea.actor)
    operations.set_route(row, kind="phone", value="+63285550110", hours="Mon 08:00–20:00", by=lea.actor)
    return row


def test_a_processor_is_added_with_what_it_prints_and_how_to_reach_it(lead: Client) -> None:
    given = {"name": "SinPay", "can": ["can_refund"], "review_every_days": "90", "languages": "en fil"}
    page = lead.post(
        f"{LIST}/new", {**given, "have_ready_en": "The date\nThe amount"}, follow=True
    ).content.decode()
    row = Processor.objects.get()
    assert "It is there" in page
    assert (row.can_refund, row.can_cancel, row.have_ready_in("en")) == (
        True,
        False,
        ["The date", "The amount"],
    )
    lead.post(f"{LIST}/{row.pk}/descriptors", {"pattern": "SINPAY*CREATOR", "kind": "card"})
    lead.post(
        f"{LIST}/{row.pk}/routes", {"kind": "phone", "value": "+63 2 8555 0110", "hours": "Mon 08:00–20:00"}
    )
    assert row.routes.get().value == "+63285550110"
    page = lead.get(f"{LIST}/{row.pk}").content.decode()
    assert "SINPAY*CREATOR" in page
    assert "Contact route added" in page


def test_what_cannot_be_used_is_refused_in_words_and_nothing_typed_is_lost(
    lead: Client, sinpay: Processor
) -> None:
    answer = lead.post(f"{LIST}/{sinpay.pk}/routes", {"kind": "phone", "value": "12"})
    assert answer.status_code == 422
    assert "country code" in answer.content.decode()
    answer = lead.post(f"{LIST}/{sinpay.pk}/descriptors", {"pattern": "11/12", "kind": "card"})
    assert answer.status_code == 422
    assert 'value="11/12"' in answer.content.decode()
    answer = lead.post(f"{LIST}/new", {"name": "SinPay", "review_every_days": "90"})
    assert answer.status_code == 422
    given = {"name": "SinPay", "review_every_days": "90", "only_we_can_en": "Within {{ nobody.knows }}"}
    assert "nobody.knows" in lead.post(f"{LIST}/{sinpay.pk}/details", given).content.decode()


def test_the_pages_of_one_processor_answer(lead: Client, sinpay: Processor) -> None:
    route = sinpay.routes.get()
    assert lead.get(f"{LIST}/{sinpay.pk}/routes/{route.pk}").status_code == 200
    lead.post(f"{LIST}/{sinpay.pk}/routes/{route.pk}", {"kind": "mail", "value": "help@sinpay.example"})
    route.refresh_from_db()
    assert (route.kind, route.value) == ("mail", "help@sinpay.example")
    lead.post(f"{LIST}/{sinpay.pk}/routes/{route.pk}/removal")
    lead.post(f"{LIST}/{sinpay.pk}/descriptors/{sinpay.descriptors.get().pk}/removal")
    assert not sinpay.routes.exists()
    assert not sinpay.descriptors.exists()
    given = {"name": "SinPay", "review_every_days": "30", "countries": "ph sg", "can": ["can_receipt"]}
    lead.post(f"{LIST}/{sinpay.pk}/details", given)
    sinpay.refresh_from_db()
    assert (sinpay.countries, sinpay.can_receipt) == (["PH", "SG"], True)
    page = lead.get(f"{LIST}/{sinpay.pk}").content.decode()
    assert "countries: – → PH SG" in page


def test_a_stale_entry_comes_up_and_goes_when_everything_is_right(lead: Client, sinpay: Processor) -> None:
    Processor.objects.update(review_due_on=operations.today())
    assert "1 entry to check" in lead.get(LIST).content.decode()
    assert "SinPay" in lead.get(f"{LIST}?due=1").content.decode()
    lead.post(f"{LIST}/{sinpay.pk}/review")
    assert "Every entry was checked" in lead.get(f"{LIST}?due=1").content.decode()


def test_what_was_not_found_becomes_a_descriptor_with_one_click(lead: Client, sinpay: Processor) -> None:
    for typed in ("ZZPAY CLUB 11/12", "ZZPAY CLUB", "MERALCO"):
        lookups.keep(typed, [], token=lookups.new_token(), language="en")
    page = lead.get(f"{LIST}/not-found").content.decode()
    assert page.count("<code") == 2
    lead.post(f"{LIST}/not-found/descriptor", {"pattern": "ZZPAY CLUB", "processor": str(sinpay.pk)})
    lead.post(f"{LIST}/not-found/aside", {"normal": "MERALCO"})
    assert not ChargeLookup.objects.open().exists()
    assert "Everything was found" in lead.get(f"{LIST}/not-found").content.decode()


def test_an_archived_processor_leaves_the_list_and_comes_back(lead: Client, sinpay: Processor) -> None:
    lead.post(f"{LIST}/{sinpay.pk}/archive")
    assert "SinPay" not in lead.get(LIST).content.decode()
    assert "SinPay" in lead.get(f"{LIST}?archived=1").content.decode()
    lead.post(f"{LIST}/{sinpay.pk}/archive", {"restore": "1"})
    assert "SinPay" in lead.get(f"{LIST}?q=creator").content.decode()


def test_the_directory_leaves_and_comes_as_a_table(lead: Client, sinpay: Processor) -> None:
    table = lead.get(f"{LIST}/table").content
    page = lead.post(f"{LIST}/import", {"table": SimpleUploadedFile("x.csv", table)}).content.decode()
    assert "0 made, 0 changed, 3 as they were" in page


def test_who_may_not_keeps_out(client: Client, ben: Agent, sinpay: Processor) -> None:
    client.force_login(ben)
    for path in ("", "/new", f"/{sinpay.pk}", "/not-found", "/table", "/import"):
        assert client.get(LIST + path).status_code == 403
    assert client.post(f"{LIST}/{sinpay.pk}/archive").status_code == 403
    assert Processor.objects.in_use().exists()


def test_the_list_costs_the_same_however_long(
    lead: Client, lea: Agent, sinpay: Processor, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        row = operations.create(name=f"Processor {number}", by=lea.actor)
        operations.add_descriptor(row, pattern=f"ABC{number} SHOP{number}", by=lea.actor)
    lead.get(LIST)
    with django_assert_max_num_queries(9):
        lead.get(LIST)
