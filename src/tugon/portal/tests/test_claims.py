"""What a typed address is worth (nothing), and what the link of one request opens (that one)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.customers.merging import join
from tugon.customers.models import ContactPoint, Customer
from tugon.events.actors import SYSTEM
from tugon.intake import links
from tugon.tickets.models import Participant, Ticket

from .conftest import ask, link_in

Fill = Callable[..., Any]


def test_who_types_the_victims_address_sees_only_what_they_wrote(
    client: Client, ticket: Ticket, fill: Fill
) -> None:
    fill(client, email="ana@mail.example")
    mine = Ticket.objects.exclude(pk=ticket.pk).get()
    assert client.get(f"/requests/{mine.pk}/").status_code == 200
    assert client.get(f"/requests/{ticket.pk}/")["Location"] == "/sign-in/"
    assert ticket.subject not in client.get("/requests/").content.decode()


def test_who_types_the_victims_address_cannot_sign_in_from_their_own_request(
    client: Client, ticket: Ticket, fill: Fill
) -> None:
    fill(client, email="ana@mail.example")
    mine = Ticket.objects.exclude(pk=ticket.pk).get()
    answer = client.post(f"/requests/{mine.pk}/all/", follow=True)
    assert "customer_id" not in client.session
    assert "Look into your mailbox" in answer.content.decode()
    assert not ContactPoint.objects.get(customer=mine.customer).verified_at


def test_a_claim_ends_when_the_address_is_proved_by_its_owner(
    client: Client, fill: Fill, letter: Any, form: Any
) -> None:
    fill(client, email="nobody-yet@mail.example")
    mine = Ticket.objects.get()
    owner = Client()
    ask(owner, "nobody-yet@mail.example")
    owner.post(link_in(letter()))
    assert owner.get(f"/requests/{mine.pk}/").status_code == 200
    assert client.get(f"/requests/{mine.pk}/")["Location"] == "/sign-in/"


def test_the_claims_of_others_join_the_owner_and_their_grants_end(
    client: Client, ticket: Ticket, fill: Fill, ana: Customer, letter: Any
) -> None:
    fill(client, email="ana@mail.example")
    mine = Ticket.objects.exclude(pk=ticket.pk).get()
    owner = Client()
    ask(owner)
    owner.post(link_in(letter()))
    mine.refresh_from_db()
    assert mine.customer == ana
    assert client.get(f"/requests/{mine.pk}/")["Location"] == "/sign-in/"
    assert client.post(f"/requests/{mine.pk}/messages/", {"words": "Read me"})["Location"] == "/sign-in/"


def test_an_unproved_second_address_does_not_bring_its_holder_to_the_owner(
    client: Client, ticket: Ticket, ana: Customer, person: Any, letter: Any
) -> None:
    mallory = person("Mallory", "mallory@mail.example")
    ContactPoint.objects.create(customer=mallory, kind="email", value="ana@mail.example")
    ask(client)
    client.post(link_in(letter()))
    mallory.refresh_from_db()
    assert mallory.merged_into is None
    assert client.session["customer_id"] == ana.pk
    other = Client()
    ask(other, "mallory@mail.example")
    other.post(link_in(letter()))
    assert other.get(f"/requests/{ticket.pk}/").status_code == 404


def test_a_merge_does_not_carry_a_signed_in_session_along(
    client: Client, ticket: Ticket, ana: Customer, person: Any, sign_in: Any
) -> None:
    mallory = person("Mallory", "mallory@mail.example")
    sign_in(client, mallory)
    join(mallory, into=ana, by=SYSTEM)
    assert client.get(f"/requests/{ticket.pk}/")["Location"] == "/sign-in/"


def test_a_request_link_opens_that_request_and_nothing_else(
    client: Client, ticket: Ticket, write_in: Any
) -> None:
    other = write_in("Another thing")
    answer = client.get(f"/r/{links.token(ticket)}/", follow=True)
    assert ticket.subject in answer.content.decode()
    assert "customer_id" not in client.session
    assert client.get(f"/requests/{other.pk}/")["Location"] == "/sign-in/"


def test_from_a_request_link_a_letter_leads_to_all_requests(
    client: Client, ticket: Ticket, write_in: Any, letter: Any
) -> None:
    other = write_in("Another thing")
    client.get(f"/r/{links.token(ticket)}/")
    assert client.get(f"/requests/{ticket.pk}/all/").status_code == 405
    client.post(f"/requests/{ticket.pk}/all/")
    assert "customer_id" not in client.session  # a forwarded answer carries the link along
    client.post(link_in(letter()))
    assert client.get(f"/requests/{other.pk}/").status_code == 200


def test_the_letter_proves_a_claim(client: Client, claimed: Ticket, ana: Customer, letter: Any) -> None:
    client.get(f"/r/{links.token(claimed)}/")
    client.post(f"/requests/{claimed.pk}/all/")
    client.post(link_in(letter()))
    claimed.refresh_from_db()
    assert client.session["customer_id"] == ana.pk
    assert claimed.customer == ana


def test_where_others_read_the_letters_too_the_link_is_not_enough_to_sign_in(
    client: Client, ticket: Ticket
) -> None:
    Participant.objects.create(ticket=ticket, address="boss@mail.example")
    client.get(f"/r/{links.token(ticket)}/")
    answer = client.post(f"/requests/{ticket.pk}/all/", follow=True)
    assert "customer_id" not in client.session
    assert "a•••@mail.example" in answer.content.decode()
    assert "ana@mail.example" not in answer.content.decode()


@pytest.mark.parametrize("change", ["last letter", "customer", "ticket"])
def test_a_forged_link_opens_nothing(client: Client, ticket: Ticket, change: str) -> None:
    ticket_id, customer_id, until, mac = links.token(ticket).split("-")
    forged = {
        "last letter": f"{ticket_id}-{customer_id}-{until}-{mac[:-1]}{'a' if mac[-1] != 'a' else 'b'}",
        "customer": f"{ticket_id}-{int(customer_id) + 1}-{until}-{mac}",
        "ticket": f"{int(ticket_id) + 1}-{customer_id}-{until}-{mac}",
    }[change]
    assert client.get(f"/r/{forged}/").status_code == 404


def test_the_link_of_a_ticket_that_changed_hands_opens_nothing(
    client: Client, ticket: Ticket, person: Any
) -> None:
    token = links.token(ticket)
    client.get(f"/r/{token}/")
    assert client.get(f"/requests/{ticket.pk}/").status_code == 200
    Ticket.objects.filter(pk=ticket.pk).update(customer=person("Bea", "bea@mail.example"))
    assert client.get(f"/r/{token}/").status_code == 410
    assert client.get(f"/requests/{ticket.pk}/")["Location"] == "/sign-in/"


def test_an_old_link_still_leads_its_signed_in_owner(
    client: Client, claimed: Ticket, ana: Customer, sign_in: Any
) -> None:
    token = links.token(claimed)
    Ticket.objects.filter(pk=claimed.pk).update(customer=ana)
    sign_in(client, ana)
    assert client.get(f"/r/{token}/")["Location"] == f"/requests/{claimed.pk}/"


def test_links_in_letters_lead_to_the_question_with_the_answer_chosen(client: Client, ticket: Ticket) -> None:
    token = links.token(ticket)
    there = client.get(f"/r/{token}/?to=rating&score=4&next=//evil.example")
    assert there["Location"] == f"/requests/{ticket.pk}/rating/?score=4"
    assert client.get(f"/r/{token}/?to=//evil.example")["Location"] == f"/requests/{ticket.pk}/"


def test_private_pages_are_kept_by_no_cache_and_no_search_engine(client: Client, ticket: Ticket) -> None:
    answer = client.get(f"/r/{links.token(ticket)}/")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_form_from_another_site_is_refused(ticket: Ticket) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get(f"/r/{links.token(ticket)}/")
    assert strict.post(f"/requests/{ticket.pk}/messages/", {"words": "Hi"}).status_code == 403
