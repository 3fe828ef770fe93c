"""Customers, organisations, search, notifications and commands."""

import pytest
from django.test import Client
from django.urls import reverse

from tugon.customers.models import ContactPoint, Customer, CustomerMerge, CustomField, Organisation
from tugon.files.operations import store
from tugon.search.indexing import index_customers, index_tickets
from tugon.tickets.models import View
from tugon.tickets.operations import NewFile, NewMessage, add_note, open_ticket

pytestmark = pytest.mark.django_db


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def test_a_claimed_address_is_never_shown_as_proved(person, ben):
    claimed = person("Dina", "dina@mail.example", verified=False)
    page = enter(ben).get(address("customer", claimed.pk)).content.decode()
    assert "only claimed" in page
    assert "badge-check" not in page


def test_a_customer_is_changed_with_custom_fields(ana, ben):
    CustomField.objects.create(on="customer", key="seats", names={"en": "Seats"}, kind="number")
    client = enter(ben)
    client.post(address("customer-change", ana.pk), {"name": "Ana S.", "fields.seats": "12"})
    ana.refresh_from_db()
    assert (ana.name, ana.fields) == ("Ana S.", {"seats": 12})
    assert "Seats" in client.get(address("customer", ana.pk)).content.decode()


def test_ways_to_reach_a_customer_are_added_and_removed(ana, ben):
    client = enter(ben)
    client.post(address("contact-points", ana.pk), {"kind": "email", "value": "ana@work.example"})
    point = ContactPoint.objects.get(value="ana@work.example")
    assert (point.customer, point.verified_at) == (ana, None)
    client.post(address("contact-points", ana.pk), {"remove": point.pk})
    assert not ContactPoint.objects.filter(pk=point.pk).exists()


def test_two_people_are_made_one_and_parted_again(ana, person, lea):
    twin = person("Ana Santos", "ana@other.example")
    client = enter(lea)
    client.post(address("customer-merge", twin.pk), {"into": ana.pk})
    done = CustomerMerge.objects.get()
    assert "Merged into this person" in client.get(address("customer", ana.pk)).content.decode()
    client.post(address("customer-unmerge", ana.pk, done.pk))
    twin.refresh_from_db()
    assert twin.merged_into is None


def test_an_agent_without_the_right_does_not_merge(ana, person, ben):
    twin = person("Ana Santos", "ana@other.example")
    assert enter(ben).post(address("customer-merge", twin.pk), {"into": ana.pk}).status_code == 403


def test_a_blocked_person_is_shown_as_blocked(ana, ben):
    client = enter(ben)
    client.post(address("customer-block", ana.pk))
    assert "Let their messages in again" in client.get(address("customer", ana.pk)).content.decode()


def test_an_organisation_shows_its_people_and_tickets(ticket, studio, ana, ben):
    Customer.objects.filter(pk=ana.pk).update(organisation=studio)
    client = enter(ben)
    page = client.get(address("organisation", studio.pk)).content.decode()
    assert "Ana Santos" in page
    assert ticket.subject in page
    assert "luntian.example" in page
    client.post(
        address("organisation-change", studio.pk), {"name": "Studio Luntian PH", "notes": "Calls on Mondays"}
    )
    client.post(address("organisation-change", studio.pk), {"add_domain": "luntian-ph.example"})
    studio.refresh_from_db()
    assert (studio.name, studio.domains) == ("Studio Luntian PH", ["luntian.example", "luntian-ph.example"])


def test_an_organisation_is_made_on_the_page_of_customers(ben):
    enter(ben).post(address("organisation-new"), {"name": "New Studio"})
    assert Organisation.objects.filter(name="New Studio").exists()


def test_the_list_of_customers_costs_the_same_however_long(person, ben, django_assert_max_num_queries):
    for number in range(30):
        person(f"P{number}", f"p{number}@mail.example")
    client = enter(ben)
    client.get(address("customers"))
    with django_assert_max_num_queries(7):
        client.get(address("customers"))


def test_a_number_leads_to_its_ticket(ticket, ben):
    answer = enter(ben).get(address("search"), {"q": f"#{ticket.pk}"})
    assert answer["Location"] == address("ticket", ticket.pk)


def test_a_date_that_is_none_is_refused_by_the_name_of_its_field(ben):
    page = enter(ben).get(address("search"), {"q": "after:yesterday-ish"}).content.decode()
    assert "Created: give a day such as" in page
    assert "›" not in page.split('id="results"')[1]


def test_a_field_that_is_none_is_named_beside_those_there_are(ben):
    answer = enter(ben).get(address("search"), {"q": "colour:red"})
    assert answer.status_code == 200
    assert "There is no field colour to search by" in answer.content.decode()
    assert "status, state, priority" in answer.content.decode()
    assert "There is no field" not in enter(ben).get(address("search"), {"q": "red"}).content.decode()


def test_commands_find_views_and_only_visible_tickets(ticket, ben, carl):
    View.objects.create(name="Waiting for bank", agent=ben)
    assert "Waiting for bank" in enter(ben).get(address("commands"), {"q": "bank"}).content.decode()
    assert "Waiting for bank" not in enter(carl).get(address("commands"), {"q": "bank"}).content.decode()
    assert str(ticket.pk) not in enter(carl).get(address("commands"), {"q": str(ticket.pk)}).content.decode()


def test_what_one_is_told_is_counted_and_read(ticket, ben, lea):
    add_note(ticket, NewMessage(body="Look"), by=ben.actor, mentions=[lea])
    client = enter(lea)
    assert "1 unread" in client.get(address("notifications-bell")).content.decode()
    assert "<html" not in client.get(address("notifications-bell")).content.decode()
    assert "Ben Bautista" in client.get(address("notifications")).content.decode()
    client.post(address("notifications-read"))
    assert "unread" not in client.get(address("notifications-bell")).content.decode()


def test_a_ticket_is_opened_for_somebody_who_called(ben, support):
    client = enter(ben)
    data = {
        "address": "new@mail.example",
        "name": "Nora",
        "subject": "Called about her bill",
        "direction": "incoming",
        "body": "She was charged twice.",
        "kind": "question",
        "priority": "2",
        "team": support.pk,
    }
    answer = client.post(address("ticket-new"), data)
    assert answer.status_code == 302
    assert "She was charged twice." in client.get(answer["Location"]).content.decode()


def test_a_file_is_found_by_its_name(ana, support, ben):
    message = NewMessage(body="See the bill", files=[NewFile(store(b"%PDF-1.4 x"), "invoice-march.pdf")])
    ticket = open_ticket(customer=ana, subject="Bill", message=message, by=ana.actor, team=support)
    index_tickets([ticket.pk])
    page = enter(ben).get(address("search"), {"q": "invoice"}).content.decode()
    assert f"/{ticket.pk}/" in page
    assert "<mark>invoice</mark>-march.pdf" in page


def test_who_is_meant_by_a_merge_may_be_typed_by_address(ana, person, lea):
    twin = person("Ana S.", "ana.s@work.example")
    index_customers([ana.pk, twin.pk])
    client = Client()
    client.force_login(lea)
    refused = client.post(reverse("console:customer-merge", args=[twin.pk]), {"into": "nobody@mail.example"})
    assert refused.status_code == 422
    client.post(reverse("console:customer-merge", args=[twin.pk]), {"into": "ana@mail.example"})
    twin.refresh_from_db()
    assert twin.merged_into == ana
