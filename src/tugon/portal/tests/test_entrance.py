"""Signing in, and what nobody gets by typing somebody's address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client

from tugon.customers.models import Customer
from tugon.lib import clock
from tugon.portal import proofs, tasks
from tugon.portal.models import SignIn
from tugon.portal.operations import forget_old_sign_ins
from tugon.tickets.models import Ticket

from .conftest import ask, code_in, link_in

Fill = Callable[..., Any]


def test_the_letters_link_signs_in_on_the_button_and_not_on_looking(
    client: Client, ticket: Ticket, letter: Any
) -> None:
    ask(client)
    link = link_in(letter())
    scanner = Client()
    for _look in range(3):
        assert scanner.get(link).status_code == 200
    assert "Sign in" in client.get(link).content.decode()
    answer = client.post(link, follow=True)
    assert ticket.subject in answer.content.decode()


def test_the_link_works_once(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    link = link_in(letter())
    client.post(link)
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 409


def test_the_link_is_void_after_30_minutes(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    link = link_in(letter())
    SignIn.objects.update(asked_at=clock.now() - timedelta(minutes=31))
    assert client.post(link).status_code == 409


def test_a_newer_letter_used_makes_the_older_one_void(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    older = link_in(letter())
    ask(client)
    client.post(link_in(letter()))
    assert Client().post(older).status_code == 409


def test_the_code_signs_in_where_it_was_asked_for(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    code = code_in(letter())
    assert Client().post("/sign-in/sent/", {"code": code})["Location"] == "/sign-in/"
    answer = client.post("/sign-in/sent/", {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    assert ticket.subject in answer.content.decode()


def test_a_code_in_other_digits_is_a_code(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    code = code_in(letter())
    assert client.post("/sign-in/sent/", {"code": "²²²"}).status_code == 422
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post("/sign-in/sent/", {"code": arabic}).status_code == 302


def test_five_wrong_codes_end_the_guessing(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    right = code_in(letter())
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(5):
        assert client.post("/sign-in/sent/", {"code": wrong}).status_code == 422
    assert "can no longer be used" in client.post("/sign-in/sent/", {"code": right}).content.decode()
    assert "customer_id" not in client.session


def test_the_answer_is_the_same_whether_or_not_somebody_is_known(
    client: Client, ticket: Ticket, letter: Any
) -> None:
    known = ask(client).content.decode().replace("ana@mail.example", "")
    known_letter = letter()
    unknown = ask(Client(), "nobody@mail.example").content.decode().replace("nobody@mail.example", "")
    without_token = [line for line in known.splitlines() if "csrf" not in line]
    assert without_token == [line for line in unknown.splitlines() if "csrf" not in line]
    assert "no requests from this address" in letter().body
    assert "/sign-in/" in known_letter.body


def test_one_client_gets_an_address_five_letters_a_day_and_the_page_says_the_same(
    client: Client, ticket: Ticket
) -> None:
    for _time in range(6):
        assert "Look into your mailbox" in ask(client).content.decode()
    assert SignIn.objects.count() == 5


def test_who_asks_in_somebodys_name_does_not_keep_them_out(
    client: Client, ticket: Ticket, letter: Any
) -> None:
    for _time in range(8):
        ask(Client(REMOTE_ADDR="192.0.2.66"))
    ask(client)
    assert SignIn.objects.count() == 6
    assert client.post(link_in(letter()), follow=True).status_code == 200


def test_somebody_who_asks_for_many_addresses_is_held_off(client: Client, db: None) -> None:
    for number in range(10):
        ask(client, f"person{number}@mail.example")
    answer = ask(client, "one-more@mail.example")
    assert answer.status_code == 503
    assert "Wait ten minutes" in answer.content.decode()


def test_the_database_holds_nothing_that_signs_in(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    row = SignIn.objects.get()
    stored = " ".join(str(value) for value in SignIn.objects.values().get().values())
    assert proofs.token(row.pk, row.nonce) not in stored
    assert proofs.code(row.pk, row.nonce) not in stored


def test_a_late_job_sends_no_letter(client: Client, ticket: Ticket) -> None:
    ask(client)
    SignIn.objects.update(asked_at=clock.now() - timedelta(hours=1))
    tasks.send_sign_in(SignIn.objects.get().pk)
    assert not mail.outbox


def test_old_rows_are_forgotten(client: Client, ticket: Ticket) -> None:
    ask(client)
    SignIn.objects.update(asked_at=clock.now() - timedelta(days=3))
    assert forget_old_sign_ins() == 1


def test_signing_in_changes_the_session_key(client: Client, ticket: Ticket, letter: Any) -> None:
    ask(client)
    before = client.session.session_key
    client.post(link_in(letter()))
    assert client.session.session_key != before


def test_signing_out_forgets_everything(client: Client, ticket: Ticket, ana: Customer, sign_in: Any) -> None:
    sign_in(client, ana)
    client.post("/sign-out/")
    assert client.get(f"/requests/{ticket.pk}/")["Location"] == "/sign-in/"


def test_after_signing_in_one_sees_what_one_wanted_to_see(
    client: Client, ticket: Ticket, letter: Any
) -> None:
    client.get(f"/requests/{ticket.pk}/")
    ask(client)
    assert client.post(link_in(letter()))["Location"] == f"/requests/{ticket.pk}/"
