from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.billing import exchange, finding, lookups, operations
from tugon.billing.errors import (
    DescriptorInvalid,
    DescriptorTaken,
    DirectoryTableInvalid,
    ProcessorInvalid,
    ProcessorTaken,
    RouteInvalid,
)
from tugon.billing.finding import who_charged
from tugon.billing.models import ChargeLookup, ContactRoute, Descriptor, Processor
from tugon.events.models import Event
from tugon.lib.clock import now, standing_at
from tugon.lib.errors import NotAllowed

Facts = Callable[[Any], list[str]]


@pytest.fixture
def sinpay(lea: Agent) -> Processor:
    """A processor with a descriptor and a phone that is answered by day."""
    finding.forget()
    row = operations.create(name="SinPay", can_receipt=True, languages=["en", "FIL"], by=lea.actor)
    operations.add_descriptor(row, pattern="SINPAY*CREATOR 8005551212 MNL", by=lea.actor)
    operations.set_route(
        row,
        kind="phone",
        value="+63 2 8555 0110",
        hours="mon-fri 8:00-20:00",
        zone="Asia/Manila",
        by=lea.actor,
    )
    return row


def test_a_line_leads_to_the_processor_with_few_queries(
    sinpay: Processor, django_assert_max_num_queries: Any
) -> None:
    finding.forget()
    with django_assert_max_num_queries(7):
        (match,) = who_charged("11/20 POS SINPAY*CREAT MNL")
    assert (match.processor, match.is_sure) == (sinpay, True)
    assert match.descriptor is not None
    with django_assert_max_num_queries(3):
        who_charged("SINPAY")
    with django_assert_max_num_queries(3):
        assert who_charged("MERALCO") == []


def test_every_change_is_recorded_with_its_values(sinpay: Processor, lea: Agent, facts: Facts) -> None:
    operations.change(sinpay, can_refund=True, by=lea.actor)
    operations.change(sinpay, can_refund=True, by=lea.actor)
    route = sinpay.routes.get()
    operations.set_route(sinpay, route=route, kind="phone", value="+6385550111", by=lea.actor)
    operations.remove_route(route, by=lea.actor)
    operations.remove_descriptor(sinpay.descriptors.get(), by=lea.actor)
    operations.archive(sinpay, by=lea.actor)
    operations.restore(sinpay, by=lea.actor)
    assert facts(sinpay) == [
        *("ProcessorCreated", "DescriptorAdded", "ContactRouteAdded", "ProcessorChanged"),
        *("ContactRouteChanged", "ContactRouteRemoved", "DescriptorRemoved"),
        *("ProcessorArchived", "ProcessorRestored"),
    ]
    changed = Event.objects.get(name="ProcessorChanged")
    assert changed.data["changes"] == {"can_refund": [False, True]}


def test_an_archived_processor_is_no_longer_found(sinpay: Processor, lea: Agent) -> None:
    operations.archive(sinpay, by=lea.actor)
    assert who_charged("SINPAY*CREATOR") == []


def test_a_phone_is_kept_as_e164_and_knows_whether_it_is_open(sinpay: Processor) -> None:
    route = sinpay.routes.get()
    assert (route.value, route.hours) == ("+63285550110", "Mon–Fri 08:00–20:00")
    friday_evening = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)  # 19:00 in Manila
    is_open, until = route.standing(friday_evening) or (None, None)
    assert is_open
    assert until is not None
    assert (until.hour, until.weekday()) == (20, 4)
    is_open, again = route.standing(friday_evening + timedelta(hours=2)) or (None, None)
    assert is_open is False
    assert again is not None
    assert (again.hour, again.weekday()) == (8, 0)


@pytest.mark.parametrize(
    "details",
    [
        {"kind": "fax", "value": "1"},
        {"kind": "phone", "value": "12"},
        {"kind": "mail", "value": "nobody"},
        {"kind": "web", "value": "javascript:alert(1)"},
        {"kind": "phone", "value": "+63285550110", "hours": "sometimes"},
        {"kind": "phone", "value": "+63285550110", "hours": "Mon 08:00–09:00", "zone": "Nowhere/Here"},
        {"kind": "phone", "value": "+63285550110", "countries": ["Philippines"]},
        {"kind": "phone", "value": "+63285550110", "languages": ["klingon!"]},
    ],
)
def test_a_route_that_leads_nowhere_is_refused(sinpay: Processor, lea: Agent, details: Any) -> None:
    with pytest.raises(RouteInvalid) as refusal:
        operations.set_route(sinpay, by=lea.actor, **details)
    assert len(refusal.value.message) > 20
    assert sinpay.routes.count() == 1


def test_a_descriptor_says_something_and_belongs_to_one(sinpay: Processor, lea: Agent) -> None:
    other = operations.create(name="Perlas", by=lea.actor)
    with pytest.raises(DescriptorInvalid):
        operations.add_descriptor(other, pattern="11/12", by=lea.actor)
    with pytest.raises(DescriptorTaken):
        operations.add_descriptor(other, pattern="SINPAY CREATOR 99", by=lea.actor)
    operations.add_descriptor(sinpay, pattern="SINPAY CREATOR", by=lea.actor)
    assert Descriptor.objects.count() == 1


def test_two_processors_never_have_one_name(sinpay: Processor, lea: Agent) -> None:
    with pytest.raises(ProcessorTaken):
        operations.create(name="SinPay", by=lea.actor)
    with pytest.raises(ProcessorInvalid):
        operations.create(name=" ", by=lea.actor)
    with pytest.raises(ProcessorInvalid):
        operations.change(sinpay, countries=["ZZZ"], by=lea.actor)
    assert Processor.objects.count() == 1


def test_who_may_not_changes_nothing(sinpay: Processor, ben: Agent) -> None:
    with pytest.raises(NotAllowed):
        operations.change(sinpay, name="Other", by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.add_descriptor(sinpay, pattern="OTHER", by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.set_aside("OTHER", by=ben.actor)
    assert Processor.objects.get().name == "SinPay"


def test_an_entry_comes_up_for_review_and_goes_when_it_was_checked(sinpay: Processor, lea: Agent) -> None:
    day = operations.today()
    assert not Processor.objects.due_for_review(day).exists()
    with standing_at(now() + timedelta(days=181)):
        later = operations.today()
        assert Processor.objects.due_for_review(later).exists()
        operations.mark_reviewed(sinpay, by=lea.actor)
        assert not Processor.objects.due_for_review(later).exists()


def test_what_is_not_found_is_kept_once_a_visit_without_numbers(sinpay: Processor) -> None:
    token = lookups.new_token()
    for typed in ("OBRA", "OBRATIPS*TIP 4417 1234 5678 9113"):
        lookups.keep(typed, who_charged(typed), token=token, language="en")
    row = ChargeLookup.objects.get()
    assert (row.asked, row.normal, row.processor) == ("OBRATIPS*TIP …", "OBRATIPS TIP", None)
    lookups.keep("SINPAY*CREATOR", who_charged("SINPAY*CREATOR"), token=lookups.new_token(), language="fil")
    assert ChargeLookup.objects.open().count() == 1
    assert lookups.keep("11/12", [], token=lookups.new_token(), language="en") is None
    with standing_at(now() + timedelta(days=500)):
        assert lookups.forget_old() == 2


def test_a_new_descriptor_settles_what_was_looked_for_in_vain(sinpay: Processor, lea: Agent) -> None:
    for typed in ("OBRATIPS*TIP", "OBRATIPS TIP 11/20", "MERALCO"):
        lookups.keep(typed, who_charged(typed), token=lookups.new_token(), language="en")
    groups = list(ChargeLookup.objects.open().grouped())
    assert [(group["normal"], group["times"]) for group in groups] == [("OBRATIPS TIP", 2), ("MERALCO", 1)]
    operations.add_descriptor(sinpay, pattern="OBRATIPS*TIP", by=lea.actor)
    assert [group["normal"] for group in ChargeLookup.objects.open().grouped()] == ["MERALCO"]
    assert operations.set_aside("MERALCO", by=lea.actor) == 1
    assert not ChargeLookup.objects.open().exists()


TABLE = """row,name,kind,value,hours,zone,languages,countries,can,about_en,have_ready_en
processor,Obra Tips,,,,,en fil,PH,receipt,Tips to creators,The date | The amount
descriptor,Obra Tips,card,OBRATIPS*CREATOR TIP,,,,,,,
route,Obra Tips,phone,+63285550188,Mon–Fri 09:00–17:00,Asia/Manila,en,,,,
route,Obra Tips,phone,12,,,,,,,
descriptor,Nobody,card,NOBODY*X,,,,,,,
processor,Perlas,,,,,,,dance,,
thing,Perlas,,,,,,,,,
"""


def test_a_table_is_taken_but_for_its_bad_lines_which_are_told_by_number(lea: Agent) -> None:
    taken = exchange.take(TABLE.encode(), by=lea.actor)
    assert (taken.made, [number for number, _cells, _why in taken.bad]) == (3, [5, 6, 7, 8])
    row = Processor.objects.get()
    assert row.have_ready_in("en") == ["The date", "The amount"]
    assert row.can_receipt
    assert ContactRoute.objects.get().value == "+63285550188"
    assert "NOBODY*X" in exchange.bad_lines(taken)
    assert "dance" in exchange.bad_lines(taken)


def test_a_table_that_was_exported_changes_nothing_when_it_comes_back(lea: Agent) -> None:
    exchange.take(TABLE.encode(), by=lea.actor)
    table = exchange.export()
    taken = exchange.take(table.encode(), by=lea.actor)
    assert (taken.made, taken.changed, taken.same, taken.bad) == (0, 0, 3, [])
    assert exchange.export() == table


def test_a_file_that_is_no_table_is_refused_in_words(lea: Agent) -> None:
    with pytest.raises(DirectoryTableInvalid) as refusal:
        exchange.take(b"x\n1\n", by=lea.actor)
    assert "row" in refusal.value.message
