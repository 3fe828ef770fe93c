"""Writing a request by the form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tugon.channels.models import Mailbox
from tugon.customers.models import Audience, ContactPoint, Customer, CustomField
from tugon.files.models import Upload
from tugon.intake.models import Form, Received
from tugon.intake.steps.submitted import has_worked
from tugon.tickets.models import Ticket, TicketLink

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
Fill = Callable[..., Any]


def test_the_form_opens_a_ticket_and_tells_number_and_what_happens_next(client: Client, fill: Fill) -> None:
    sent = fill(client)
    ticket = Ticket.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == f"/requests/{ticket.pk}/sent/"
    page = client.get(sent["Location"]).content.decode()
    assert f"#{ticket.pk}" in page
    assert "Video stops after ten seconds" in page
    assert "dina@mail.example" in page
    assert (ticket.side, ticket.context["username"]) == ("theirs", "dinac")


def test_a_double_click_makes_one_ticket(client: Client, fill: Fill) -> None:
    first, second = fill(client), fill(client)
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1


def test_words_changed_after_going_back_are_another_ticket_and_not_lost(client: Client, fill: Fill) -> None:
    fill(client)
    fill(client, description="It stops after five seconds now.")
    assert Ticket.objects.count() == 2


def test_what_is_missing_is_named_and_nothing_is_lost(client: Client, fill: Fill) -> None:
    answer = fill(
        client, email="dina@", description="", files=[SimpleUploadedFile("screen.png", PNG, "image/png")]
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_email"' in page
    assert 'href="#id_description"' in page
    assert 'value="Video stops after ten seconds"' in page
    assert "screen.png" in page
    assert Ticket.objects.count() == 0


def test_a_file_that_came_before_is_on_the_ticket_when_the_form_is_sent_again(
    client: Client, fill: Fill
) -> None:
    fill(client, description="", files=[SimpleUploadedFile("screen.png", PNG, "image/png")])
    fill(client, files=[Upload.objects.get().token])
    message = Ticket.objects.get().messages.get(kind="incoming")
    assert [item.name for item in message.attachments.all()] == ["screen.png"]
    assert not Upload.objects.exists()


def test_a_program_is_refused_and_the_words_stay(client: Client, fill: Fill) -> None:
    answer = fill(client, files=[SimpleUploadedFile("free.exe", b"MZ" + b"\x00" * 64)])
    assert answer.status_code == 422
    summary = answer.content.decode().split("error-summary")[1].split("</ul>")[0]
    assert "free.exe" in summary
    assert "every video stops" in answer.content.decode()


def test_the_files_of_somebody_else_cannot_be_taken(client: Client, fill: Fill, form: Form) -> None:
    other = Client()
    other.post("/files/uploads", {"file": SimpleUploadedFile("secret.png", PNG, "image/png")})
    fill(client, files=[Upload.objects.get().token])
    assert not Ticket.objects.get().messages.get(kind="incoming").attachments.exists()


def test_a_waiting_file_is_shown_again_after_a_reload(client: Client, form: Form) -> None:
    client.post("/files/uploads", {"file": SimpleUploadedFile("screen.png", PNG, "image/png")})
    assert "screen.png" in client.get("/contact/members/").content.decode()
    assert "screen.png" not in Client().get("/contact/members/").content.decode()


@pytest.mark.parametrize("trap", [{"website": "http://spam.example"}, {"seconds": 1}, {"token": "1.forged"}])
def test_what_a_machine_sends_is_kept_aside_with_the_same_thanks(
    client: Client, fill: Fill, trap: dict[str, Any]
) -> None:
    sent = fill(client, **trap)
    assert sent["Location"] == "/contact/received/"
    assert "Nothing was lost" in client.get(sent["Location"]).content.decode()
    assert Ticket.objects.count() == 0
    assert Received.objects.get().state == "quarantined"


def test_a_flood_is_held_off_with_words_and_nothing_lost(
    client: Client, fill: Fill, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tugon.intake.forms.TIMES_STORED", 0.1)
    fill(client)
    answer = fill(client, once="page-2", description="Another thing broke at noon.")
    assert answer.status_code == 503
    assert "Another thing broke at noon." in answer.content.decode()


def test_a_form_that_asks_for_work_offers_it_and_takes_what_was_found(
    client: Client, fill: Fill, form: Form
) -> None:
    Form.objects.update(needs_proof_of_work=True)
    page = client.get("/contact/members/").content.decode()
    assert "<proof-of-work" in page
    assert "<noscript" not in page
    fill(client)
    assert Received.objects.get().state == "quarantined"


def test_the_proof_is_of_the_token_shown() -> None:
    found = next(str(count) for count in range(300_000) if has_worked("token", str(count)))
    assert not has_worked("another", found)


def test_custom_fields_are_asked_with_their_own_controls_and_kept(
    client: Client, fill: Fill, form: Form
) -> None:
    CustomField.objects.create(
        on="ticket", key="seen_on", kind="date", names={"en": "First seen on"}, is_required=True
    )
    CustomField.objects.create(
        on="ticket",
        key="player",
        kind="choice",
        names={"en": "Player"},
        choices=[{"key": "app", "names": {"en": "App"}}],
    )
    Form.objects.update(asks=["seen_on", "player"])
    page = client.get("/contact/members/").content.decode()
    assert 'type="date"' in page
    refused = fill(client)
    assert "Answer “First seen on”." in refused.content.decode()
    fill(client, field_seen_on="2026-11-20", field_player="app")
    assert Ticket.objects.get().fields == {"seen_on": "2026-11-20", "player": "app"}


def test_the_address_fills_in_subject_and_where_one_comes_from(
    client: Client, fill: Fill, form: Form
) -> None:
    page = client.get("/contact/members/?subject=Refund&page=/videos/7&article=refunds").content.decode()
    assert 'value="Refund"' in page
    assert 'name="page" value="/videos/7"' in page
    fill(client, page="/videos/7", article="refunds")
    assert Ticket.objects.get().context["page"] == "/videos/7"


def test_who_is_signed_in_is_asked_neither_name_nor_address_and_keeps_one_history(
    client: Client, fill: Fill, ana: Customer, sign_in: Any
) -> None:
    sign_in(client, ana)
    page = client.get("/contact/members/").content.decode()
    assert 'name="email"' not in page
    assert "ana@mail.example" in page
    fill(client, email="victim@mail.example")
    assert Ticket.objects.get().customer == ana


def test_who_has_an_open_request_is_asked_whether_it_is_about_that(
    client: Client, ticket: Ticket, form: Form, ana: Customer, sign_in: Any
) -> None:
    assert "Is this about one of these?" not in client.get("/contact/members/").content.decode()
    sign_in(client, ana)
    page = client.get("/contact/members/").content.decode()
    assert "Add to “Video will not play”" in page
    assert f'href="/requests/{ticket.pk}/#reply"' in page


def test_a_new_request_about_a_closed_one_is_linked_with_it(
    client: Client, fill: Fill, ticket: Ticket, ana: Customer, sign_in: Any
) -> None:
    sign_in(client, ana)
    fill(client, about=ticket.pk)
    assert TicketLink.objects.get().target == ticket


def test_nobody_links_to_a_request_that_is_not_theirs(client: Client, fill: Fill, ticket: Ticket) -> None:
    assert ticket.subject not in client.get(f"/contact/members/?about={ticket.pk}").content.decode()
    fill(client, about=ticket.pk)
    assert not TicketLink.objects.exists()


def test_each_audience_leads_to_its_form_and_one_form_needs_no_choice(client: Client, form: Form) -> None:
    assert 'href="/contact/members/?lang=en"' in client.get("/").content.decode()
    assert client.get("/contact/?page=/x")["Location"] == "members/?page=/x"


def test_without_forms_and_mailboxes_no_dead_control_is_shown(client: Client, db: None) -> None:
    home, choose = client.get("/"), client.get("/contact/")
    assert home.status_code == choose.status_code == 200
    assert "mailto:" not in home.content.decode()


def test_a_form_that_is_switched_off_leads_to_the_other_ways(client: Client, form: Form) -> None:
    form.channel.is_enabled = False
    form.channel.save()
    away = client.get("/contact/members/", follow=True)
    assert away.redirect_chain[0][0] == "/contact/"
    assert "does not take requests at the moment" in away.content.decode()


def test_a_form_switched_off_while_somebody_writes_loses_no_word(
    client: Client, fill: Fill, form: Form
) -> None:
    form.channel.is_enabled = False
    form.channel.save()
    answer = fill(client)
    assert answer.status_code == 422
    assert "every video stops" in answer.content.decode()


def test_the_home_tells_the_address_and_when_an_answer_comes(
    client: Client, form: Form, mailbox: Mailbox
) -> None:
    page = client.get("/").content.decode()
    assert "help@company.example" in page
    assert "we expect to answer" in page


def test_pages_speak_the_language_asked_for(client: Client, form: Form, members: Audience) -> None:
    Audience.objects.create(key="studios", names={"en": "Studios"})
    page = client.get("/?lang=fil").content.decode()
    assert '<html lang="fil"' in page
    assert "Mga miyembro" in page


def test_home_and_form_ask_few_questions_of_the_database(
    client: Client, form: Form, django_assert_max_num_queries: Any
) -> None:
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")
    with django_assert_max_num_queries(6):
        client.get("/contact/members/")


def test_an_unknown_address_makes_a_claim_and_nothing_more(client: Client, fill: Fill, ana: Customer) -> None:
    fill(client, email="ana@mail.example")
    ticket = Ticket.objects.get()
    assert ticket.customer != ana
    assert ContactPoint.objects.filter(value="ana@mail.example", verified_at=None).count() == 1


def test_robots_are_kept_from_peoples_pages(client: Client, db: None) -> None:
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /requests/" in words
    assert "Disallow: /r/" in words
