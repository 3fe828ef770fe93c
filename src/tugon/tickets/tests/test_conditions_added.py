"""Fields that other packages add to the condition language; the name of the customer's organisation stands for them."""

import pytest

from tugon.lib.clock import now
from tugon.tickets.conditions import compile, describe, matches, register_field, snapshot
from tugon.tickets.conditions.catalogue import catalogue
from tugon.tickets.conditions.fields import FIELDS, Field, Type
from tugon.tickets.conditions.registering import PROVIDED
from tugon.tickets.models import Ticket


@pytest.fixture
def employer():
    register_field(
        Field("employer", Type.CHOICE, "Employer", can_be_empty=True),
        column="customer__organisation__name",
        value=lambda ticket: ticket.customer.organisation and ticket.customer.organisation.name,
        choices=lambda language: [("lumen", "Lumen")],
    )
    yield
    del PROVIDED["employer"], FIELDS["employer"]


@pytest.mark.parametrize(
    "leaf",
    [
        {"is": "in", "value": ["northlight"]},
        {"is": "not_in", "value": ["northlight"]},
        {"is": "is_empty"},
        {"is": "is_not_empty"},
    ],
)
@pytest.mark.parametrize("group", ["all", "none"])
def test_an_added_field_is_asked_alike_in_both_ways_also_where_its_row_is_missing(
    employer, write_in, person, studio, leaf, group
):
    studio.name = "northlight"
    studio.save()
    with_one, without = person("Ina"), person("Ben Cruz")
    with_one.organisation = studio
    with_one.save()
    tickets = [write_in(customer=with_one), write_in(customer=without)]
    tree = {group: [{"field": "employer", **leaf}]}
    found = set(Ticket.objects.filter(compile(tree, agent=None, now=now())).values_list("pk", flat=True))
    assert found == {one.pk for one in tickets if matches(tree, snapshot(one), now())}
    assert len(found) == 1


def test_an_added_field_is_offered_and_described(employer, db):
    [offer] = [one for one in catalogue("en") if one.name == "employer"]
    assert offer.choices == (("lumen", "Lumen"),)
    tree = {"all": [{"field": "employer", "is": "in", "value": ["lumen"]}]}
    assert describe(tree, "en") == "Employer is lumen"


def test_a_name_that_tickets_use_themselves_is_refused():
    with pytest.raises(ValueError, match="status"):
        register_field(Field("status", Type.CHOICE, "Status"), column="status", value=lambda ticket: "")
