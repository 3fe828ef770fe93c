import pytest
from django.forms.models import model_to_dict

from tugon.customers import merging
from tugon.customers.errors import CannotMergeCustomers, CannotUndoMerge
from tugon.customers.models import ContactPoint, Customer, CustomerMerge
from tugon.customers.operations import add_contact_point
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def double(person, studio):
    """Ana again, from another address, as far as anybody knows a stranger."""
    return person(
        "Ana S.", "ana.santos@work.example", username="anasan", organisation=studio, fields={"size": "m"}
    )


def everything():
    """Every row a merge may touch, as it is."""
    rows = [
        *Customer.objects.order_by("pk"),
        *ContactPoint.objects.order_by("pk"),
        *Ticket.objects.order_by("pk"),
    ]
    return [
        (type(row).__name__, row.pk, model_to_dict(row)) for row in [*rows, *Message.objects.order_by("pk")]
    ]


def test_a_merge_moves_addresses_tickets_and_messages_and_fills_what_is_empty(
    double, ana, write_in, lea, facts
):
    theirs = write_in(customer=double)
    merging.merge(double, into=ana, by=lea.actor)
    ana.refresh_from_db()
    double.refresh_from_db()
    theirs.refresh_from_db()
    assert sorted(ana.contact_points.values_list("value", flat=True)) == [
        "ana.santos@work.example",
        "ana@mail.example",
    ]
    assert [one.value for one in ana.contact_points.filter(is_primary=True)] == ["ana@mail.example"]
    assert (theirs.customer, theirs.messages.get().customer) == (ana, ana)
    assert (ana.name, ana.username, ana.organisation.name, ana.fields) == (
        "Ana Santos",
        "anasan",
        "Studio Luntian",
        {"size": "m"},
    )
    assert double.merged_into == ana
    assert facts(ana) == ["CustomersMerged"]
    assert facts(theirs)[-1] == "CustomerOfTicketChanged"


def test_undo_puts_every_row_back_exactly(double, ana, write_in, lea, facts):
    write_in(customer=double)
    write_in()
    add_contact_point(double, kind="email", value="ana@mail.example", by=lea.actor)
    before = everything()
    row = merging.merge(double, into=ana, by=lea.actor)
    assert everything() != before
    assert merging.undo(row, by=lea.actor) == double
    assert everything() == before
    assert facts(ana)[-1] == "CustomerMergeUndone"


def test_what_came_after_the_merge_stays(double, ana, write_in, lea):
    old = write_in(customer=double)
    row = merging.merge(double, into=ana, by=lea.actor)
    ana.refresh_from_db()
    ana.username = "ana_now"
    ana.save()
    new = write_in()
    merging.undo(row, by=lea.actor)
    old.refresh_from_db(), new.refresh_from_db(), ana.refresh_from_db()
    assert (old.customer, new.customer) == (double, ana)
    assert (ana.username, ana.organisation) == ("ana_now", None)


def test_what_was_moved_on_since_is_left_where_it_is(double, ana, write_in, person, lea):
    other = person("Olga")
    ticket = write_in(customer=double)
    row = merging.merge(double, into=ana, by=lea.actor)
    Ticket.objects.filter(pk=ticket.pk).update(customer=other)
    merging.undo(row, by=lea.actor)
    ticket.refresh_from_db()
    assert ticket.customer == other


def test_a_proof_moves_to_the_claim_and_back(ana, person, lea):
    claimant = person("Ana", "other@mail.example", verified=False)
    add_contact_point(claimant, kind="email", value="ana@mail.example", by=lea.actor)
    row = merging.merge(ana, into=claimant, by=lea.actor)
    assert ContactPoint.objects.of_address("ana@mail.example").verified().get().customer == claimant
    merging.undo(row, by=lea.actor)
    assert ContactPoint.objects.of_address("ana@mail.example").verified().get().customer == ana


def test_a_repeat_does_nothing(double, ana, lea):
    first = merging.merge(double, into=ana, by=lea.actor)
    assert merging.merge(double, into=ana, by=lea.actor) == first
    merging.undo(first, by=lea.actor)
    merging.undo(first, by=lea.actor)
    assert CustomerMerge.objects.count() == 1


def test_nobody_is_merged_into_oneself_twice_or_in_a_circle(double, ana, person, lea):
    with pytest.raises(CannotMergeCustomers, match="same person"):
        merging.merge(ana, into=ana, by=lea.actor)
    merging.merge(double, into=ana, by=lea.actor)
    with pytest.raises(CannotMergeCustomers, match="already merged"):
        merging.merge(ana, into=double, by=lea.actor)
    with pytest.raises(CannotMergeCustomers, match="already merged"):
        merging.merge(double, into=person("Olga"), by=lea.actor)


def test_the_erased_are_left_in_peace(double, ana, lea):
    Customer.objects.filter(pk=double.pk).update(erased_at=now())
    before = everything()
    with pytest.raises(CannotMergeCustomers, match="erased"):
        merging.merge(double, into=ana, by=lea.actor)
    assert everything() == before


def test_a_chain_is_undone_from_its_end(double, ana, person, write_in, lea):
    olga = person("Olga")
    ticket = write_in(customer=double)
    first = merging.merge(double, into=ana, by=lea.actor)
    second = merging.merge(ana, into=olga, by=lea.actor)
    with pytest.raises(CannotUndoMerge, match="Undo that first"):
        merging.undo(first, by=lea.actor)
    merging.undo(second, by=lea.actor)
    merging.undo(first, by=lea.actor)
    ticket.refresh_from_db()
    assert ticket.customer == double


def test_merging_needs_the_permission(double, ana, ben):
    before = everything()
    with pytest.raises(NotAllowed):
        merging.merge(double, into=ana, by=ben.actor)
    assert everything() == before


def test_possible_duplicates_are_named_with_their_reason(ana, person, lea):
    same_address = person("Somebody", "ana@mail.example", verified=False)
    same_name = person("ANA SANTOS")
    person("Ana")
    found = merging.possible_duplicates(ana)
    assert [(one.customer, one.reason) for one in found] == [(same_address, "contact"), (same_name, "name")]
    merging.merge(same_name, into=ana, by=lea.actor)
    assert [one.customer for one in merging.possible_duplicates(ana)] == [same_address]


def test_looking_for_duplicates_takes_four_queries(ana, person, django_assert_max_num_queries):
    person("Ana Santos")
    with django_assert_max_num_queries(4):
        merging.possible_duplicates(ana)
