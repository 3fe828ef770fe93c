"""“Who charged me?” as a customer sees it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.billing import operations
from tugon.billing.models import ChargeLookup, Processor
from tugon.facts import operations as facts
from tugon.facts.kinds import Kind
from tugon.lib.clock import standing_at
from tugon.tickets.models import Ticket

PAGE = "/en/billing/"
LOOK = "a" * 22


@pytest.fixture
def sinpay(lea: Agent) -> Processor:
    window = facts.create(key="refund.window", kind=Kind.DURATION, unit="day", by=lea.actor)
    facts.give_value(window, typed="14", valid_from=date(2026, 1, 1), by=lea.actor)
    row = operations.create(
        name="SinPay",
        can_receipt=True,
        abouts={"en": "Memberships", "fil": "Mga membership"},
        have_ready={"en": "The date\nThe amount", "fil": "Ang petsa\nAng halaga"},
        only_we_can={
            "en": "Refund within {{ refund.window }}",
            "fil": "Mag-refund sa loob ng {{ refund.window }}",
        },
        by=lea.actor,
    )
    operations.add_descriptor(row, pattern="SINPAY*CREATOR 8005551212 MNL", by=lea.actor)
    phone: Any = {
        "kind": "phone",
        "value": "+63285550110",
        "hours": "Mon–Fri 08:00–20:00",
        "zone": "Asia/Manila",
    }
    operations.set_route(row, languages=["en", "fil"], by=lea.actor, **phone)
    return row


def test_a_line_is_answered_in_one_step(client: Client, sinpay: Processor) -> None:
    with standing_at(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):  # Friday noon in Manila
        page = client.get(PAGE, {"q": "11/12 POS SINPAY*CREAT MNL"}).content.decode()
    assert "You were charged by" in page
    assert 'href="tel:+63285550110"' in page
    assert "+63 2 8555 0110" in page
    assert "Open now, until 8:00 PM" in page
    assert "The amount" in page
    assert "Refund within 14 days" in page


def test_it_is_answered_in_filipino_too(client: Client, sinpay: Processor) -> None:
    with standing_at(datetime(2026, 11, 20, 14, 0, tzinfo=UTC)):  # Friday night in Manila
        page = client.get("/fil/billing/", {"q": "sinpay"}).content.decode()
    assert "Mag-refund sa loob ng 14 na araw" in page
    assert "Ang halaga" in page
    assert "Lunes" in page


def test_what_nobody_prints_is_kept_without_numbers_and_goes_along_to_the_form(
    client: Client, sinpay: Processor, form: Any, fill: Callable[..., Any]
) -> None:
    page = client.get(PAGE, {"q": "ZZPAY CLUB 4417 1234 5678 9113", "look": LOOK}).content.decode()
    row = ChargeLookup.objects.get()
    assert (row.asked, row.processor, row.language) == ("ZZPAY CLUB …", None, "en")
    assert f"charge={LOOK}" in page
    shown = client.get(f"/contact/members/?charge={LOOK}").content.decode()
    assert "ZZPAY CLUB" in shown
    assert "9113" not in shown
    fill(client, charge=LOOK)
    carried = Ticket.objects.get().context["carried"][0]
    assert carried["lines"] == [["On the statement", "ZZPAY CLUB …"], ["Charged by", "nobody we know yet"]]


def test_what_is_typed_on_is_one_lookup(client: Client, sinpay: Processor) -> None:
    for typed in ("ZZ", "ZZPAY", "ZZPAY CLUB"):
        client.get(PAGE, {"q": typed, "look": LOOK}, headers={"HX-Request": "true"})
    assert ChargeLookup.objects.get().asked == "ZZPAY CLUB"


def test_while_typing_only_the_answer_comes(client: Client, sinpay: Processor) -> None:
    part = client.get(
        PAGE, {"q": "SINPAY*CREATOR", "look": LOOK}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "SinPay" in part
    assert "<html" not in part


def test_a_token_that_was_made_up_carries_nothing(client: Client, form: Any) -> None:
    page = client.get("/contact/members/?charge=made-up-token-000000").content.decode()
    assert "On the statement" not in page


@pytest.mark.parametrize(
    "line", ["<script>alert(1)</script>", "%00", "\x00", "'", "x" * 5_000, "ＳＩＮＰＡＹ"]
)
def test_whatever_is_pasted_is_answered(client: Client, sinpay: Processor, line: str) -> None:
    answer = client.get(PAGE, {"q": line})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_the_page_lists_who_charges_and_has_an_address_without_language(
    client: Client, sinpay: Processor
) -> None:
    assert "Who charges in our name" in client.get(PAGE).content.decode()
    assert client.get("/billing/?q=sinpay")["Location"] == f"{PAGE}?q=sinpay"
    assert not ChargeLookup.objects.exists()


def test_the_page_asks_little(client: Client, sinpay: Processor, django_assert_max_num_queries: Any) -> None:
    client.get(PAGE, {"q": "SINPAY"})
    with django_assert_max_num_queries(14):
        client.get(PAGE, {"q": "SINPAY*CREATOR", "look": LOOK})
