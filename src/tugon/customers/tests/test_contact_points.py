import pytest

from tugon.company import operations as company
from tugon.customers import operations
from tugon.customers.errors import (
    ContactPointInvalid,
    ContactPointTaken,
    FieldUnknown,
    LastContactPoint,
    PersonGone,
)
from tugon.customers.merging import merge
from tugon.customers.models import ContactPoint, Customer
from tugon.events.actors import SYSTEM
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


def values(customer):
    return list(customer.contact_points.order_by("pk").values_list("kind", "value", "is_primary"))


def test_an_address_is_kept_in_lower_case_and_only_once(ana, ben, facts):
    operations.add_contact_point(ana, kind="email", value=" <Ana@Work.Example> ", by=ben.actor)
    operations.add_contact_point(ana, kind="email", value="ana@work.example", by=ben.actor)
    assert values(ana) == [("email", "ana@mail.example", True), ("email", "ana@work.example", False)]
    assert facts(ana) == ["CustomerChanged"]


def test_a_number_is_kept_in_one_form_whatever_was_typed(ana, ben, ada):
    company.decide("region", value="PH", by=ada.actor)
    first = operations.add_contact_point(ana, kind="phone", value="0917 123 4567", by=ben.actor)
    again = operations.add_contact_point(ana, kind="phone", value="+63 (917) 123-4567", by=ben.actor)
    assert (first.value, first.is_primary, first) == ("+639171234567", True, again)


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "call me"), ("phone", "+63 1"), ("email", "ana"), ("handle", " ")]
)
def test_what_reaches_nobody_is_refused_in_words(ana, ben, kind, value):
    with pytest.raises(ContactPointInvalid, match="cannot be used"):
        operations.add_contact_point(ana, kind=kind, value=value, by=ben.actor)
    assert len(values(ana)) == 1


def test_nobody_vouches_for_what_is_proved_to_be_somebody_elses(ana, person, ben):
    olga = person("Olga")
    with pytest.raises(ContactPointTaken, match="Ana Santos"):
        operations.add_contact_point(
            olga, kind="email", value="ana@mail.example", by=ben.actor, verified=True
        )
    claim = operations.add_contact_point(olga, kind="email", value="ana@mail.example", by=ben.actor)
    assert claim.verified_at is None


def test_customers_add_their_own_but_cannot_vouch_nor_touch_others(ana, person):
    assert (
        operations.add_contact_point(ana, kind="email", value="new@mail.example", by=ana.actor).verified_at
        is None
    )
    with pytest.raises(NotAllowed):
        operations.add_contact_point(ana, kind="email", value="x@mail.example", by=ana.actor, verified=True)
    with pytest.raises(NotAllowed):
        operations.add_contact_point(person("Olga"), kind="email", value="x@mail.example", by=ana.actor)


def test_a_collaborator_changes_no_customer(ana, carl):
    with pytest.raises(NotAllowed):
        operations.add_contact_point(ana, kind="email", value="x@mail.example", by=carl.actor)
    with pytest.raises(NotAllowed):
        operations.change(ana, name="Anna", by=carl.actor)


def test_one_of_a_kind_is_primary(ana, ben):
    second = operations.add_contact_point(ana, kind="email", value="b@mail.example", by=ben.actor)
    operations.make_primary(second, by=ben.actor)
    assert values(ana) == [("email", "ana@mail.example", False), ("email", "b@mail.example", True)]
    operations.remove_contact_point(second, by=ben.actor)
    assert values(ana) == [("email", "ana@mail.example", True)]


def test_the_last_way_to_reach_somebody_stays(ana, ben):
    with pytest.raises(LastContactPoint):
        operations.remove_contact_point(ana.contact_points.get(), by=ben.actor)
    assert values(ana) == [("email", "ana@mail.example", True)]


def test_a_claimant_who_proves_a_known_address_becomes_its_holder(ana, write_in):
    claimant = operations.claim("ana@mail.example", name="Anita")
    ticket = write_in(customer=claimant)
    assert operations.verify(claimant.contact_points.get()) == ana
    ticket.refresh_from_db()
    assert ticket.customer == ana


def test_a_proof_gathers_those_who_claimed_nothing_else(person):
    first, second = operations.claim("dina@mail.example"), operations.claim("dina@mail.example")
    other = person("Olga", "olga@mail.example")
    operations.add_contact_point(other, kind="email", value="dina@mail.example", by=SYSTEM)
    assert operations.verify(first.contact_points.get()) == first
    second.refresh_from_db(), other.refresh_from_db()
    assert (second.merged_into, other.merged_into) == (first, None)


def test_a_typed_address_never_joins_a_known_person(ana):
    claimant = operations.claim("ana@mail.example", name="Mallory")
    assert claimant != ana
    assert operations.identify_sender("ana@mail.example", authentic=False) not in (ana, claimant)
    assert operations.identify_sender("Ana@Mail.Example", name="Other") == ana


def test_the_first_letter_of_an_address_makes_one_customer_even_if_two_arrive_at_once(db):
    first = operations.identify_sender("new@mail.example", name="New")
    assert operations.identify_sender("NEW@mail.example") == first
    assert Customer.objects.count() == ContactPoint.objects.verified().count() == 1


def test_a_merged_person_can_no_longer_be_changed(ana, person, lea):
    olga = person("Olga", "olga@mail.example")
    merge(olga, into=ana, by=lea.actor)
    with pytest.raises(PersonGone):
        operations.change(olga, name="Olga B.", by=lea.actor)
    with pytest.raises(PersonGone):
        operations.add_contact_point(olga, kind="email", value="x@mail.example", by=lea.actor)


def test_an_unknown_property_is_refused(ana, ben):
    with pytest.raises(FieldUnknown):
        operations.change(ana, merged_into=ana, by=ben.actor)


def test_blocking_is_a_fact_and_a_repeat_does_nothing(ana, ben, facts):
    for act in (operations.block, operations.block, operations.unblock, operations.unblock):
        act(ana, by=ben.actor)
    assert facts(ana) == ["CustomerBlocked", "CustomerUnblocked"]
