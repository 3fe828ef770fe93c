"""My requests: reading and answering."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.files import operations as files
from tugon.intake.models import Form
from tugon.lib import clock
from tugon.realtime.identity import Identity
from tugon.realtime.topics import Topic, allowed
from tugon.tickets.models import Attachment, Message, Participant, State, Status, Ticket
from tugon.tickets.operations import (
    NewFile,
    NewMessage,
    add_incoming,
    add_note,
    close,
    reply,
    set_status,
    solve,
)

from .conftest import shown

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


def test_the_list_shows_ones_own_requests_by_what_is_open(
    as_ana: Client, ticket: Ticket, write_in: Any, ben: Agent
) -> None:
    done = write_in("Old trouble")
    solve(done, by=ben.actor)
    opened, finished = (
        as_ana.get("/requests/").content.decode(),
        as_ana.get("/requests/?tab=finished").content.decode(),
    )
    assert ticket.subject in opened
    assert "Old trouble" not in opened
    assert "Old trouble" in finished


def test_a_promise_reads_in_the_zone_of_the_person_as_the_letter_says_it(
    as_ana: Client, ticket: Ticket, ana: Customer
) -> None:
    ticket.due_at = datetime(2030, 3, 4, 9, 0, tzinfo=UTC)
    ticket.save(update_fields=["due_at"])
    address = reverse("portal:request", args=[ticket.pk])
    as_ana.cookies["tugon_zone"] = "UTC"
    assert "9:00" in as_ana.get(address).content.decode()
    ana.time_zone = "Asia/Manila"
    ana.save()
    assert "5:00" in as_ana.get(address).content.decode()


def test_the_list_goes_on_page_by_page_and_shows_each_once(
    as_ana: Client, write_in: Any, django_assert_max_num_queries: Any
) -> None:
    written = {write_in(f"Trouble {number:02}").subject for number in range(23)}
    first = as_ana.get("/requests/")
    older = first.content.decode().split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    with django_assert_max_num_queries(6):
        second = as_ana.get("/requests/" + older)
    seen = (
        [word for word in written if word in first.content.decode()],
        [word for word in written if word in second.content.decode()],
    )
    assert (len(seen[0]), len(seen[1])) == (20, 3)
    assert {*seen[0], *seen[1]} == written


def test_nonsense_in_the_address_shows_the_first_page(as_ana: Client, ticket: Ticket) -> None:
    assert as_ana.get("/requests/?tab=x&before=2026~a").status_code == 200
    assert as_ana.get("/requests/?before=2026-01-01~5").status_code == 200


def test_the_request_of_another_does_not_exist(as_ana: Client, write_in: Any, person: Any) -> None:
    other = write_in("Secret", customer=person("Bea", "bea@mail.example"))
    for path in ("", "sent/", "conversation/", "solution/", "closing/", "rating/"):
        assert as_ana.get(f"/requests/{other.pk}/{path}").status_code == 404
    assert as_ana.post(f"/requests/{other.pk}/messages/", {"words": "Hi"}).status_code == 404
    assert other.messages.filter(kind="incoming").count() == 1


def test_the_conversation_holds_no_notes_and_nothing_that_can_be_taken_back(
    as_ana: Client, ticket: Ticket, ben: Agent
) -> None:
    add_note(ticket, NewMessage(body="Looks like fraud."), by=ben.actor)
    reply(ticket, NewMessage(body="Not sent yet."), by=ben.actor, undo_seconds=10)
    page = shown(as_ana, ticket)
    assert "Looks like fraud." not in page
    assert "Not sent yet." not in page
    Message.objects.filter(kind="outgoing").update(release_at=clock.now())
    assert "Not sent yet." in shown(as_ana, ticket)


def test_words_of_strangers_who_were_not_let_in_are_not_shown(
    as_ana: Client, ticket: Ticket, person: Any
) -> None:
    stranger = person("Stranger", "stranger@mail.example")
    message = NewMessage(body="Click here for a prize.", envelope={"from_stranger": True})
    add_incoming(ticket, message, by=stranger.actor, customer=stranger)
    waiting = Participant.objects.create(
        ticket=ticket, address="stranger@mail.example", customer=stranger, standing="pending"
    )
    assert "Click here" not in shown(as_ana, ticket)
    waiting.standing = "cc"
    waiting.save()
    assert "Click here" in shown(as_ana, ticket)


def test_the_agent_goes_by_their_public_name(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    Agent.objects.filter(pk=ben.pk).update(public_name="Ben from Support")
    ben.refresh_from_db()
    reply(ticket, NewMessage(body="Please try again."), by=ben.actor, undo_seconds=0)
    page = shown(as_ana, ticket)
    assert "Ben from Support" in page
    assert "Bautista" not in page


def test_files_on_notes_and_on_unsent_replies_are_not_handed_out(
    as_ana: Client, ticket: Ticket, ben: Agent
) -> None:
    file = NewFile(files.store(PNG, name="a.png"), "a.png")
    note = add_note(ticket, NewMessage(body="Look", files=[file]), by=ben.actor)
    unsent = reply(ticket, NewMessage(body="Here", files=[file]), by=ben.actor)
    for message in (note, unsent):
        attachment = Attachment.objects.get(message=message)
        assert as_ana.get(f"/files/enclosure/{attachment.pk}/a.png").status_code == 404
    Message.objects.filter(pk=unsent.pk).update(release_at=clock.now())
    pk = Attachment.objects.get(message=unsent).pk
    assert as_ana.get(f"/files/enclosure/{pk}/a.png").status_code == 200
    assert Client().get(f"/files/enclosure/{pk}/a.png").status_code == 404


def test_a_reply_joins_the_ticket_with_its_files_and_makes_it_our_turn(
    as_ana: Client, ticket: Ticket, ben: Agent
) -> None:
    set_status(ticket, to=Status.WAITING, by=ben.actor)
    picture = SimpleUploadedFile("screen.png", PNG, "image/png")
    as_ana.post(
        f"/requests/{ticket.pk}/messages/", {"words": "It still stops.", "once": "a", "files": [picture]}
    )
    ticket.refresh_from_db()
    newest = ticket.messages.filter(kind="incoming").latest("pk")
    assert (newest.body, ticket.status) == ("It still stops.", Status.OPEN)
    assert [item.name for item in newest.attachments.all()] == ["screen.png"]


def test_a_double_click_adds_one_message(as_ana: Client, ticket: Ticket) -> None:
    for _click in range(2):
        as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "Once", "once": "same"})
    assert ticket.messages.filter(kind="incoming").count() == 2


def test_an_empty_reply_is_refused_with_words(as_ana: Client, ticket: Ticket) -> None:
    answer = as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "  "})
    assert answer.status_code == 422
    assert "Write something or add a file" in answer.content.decode()


def test_a_reply_to_a_closed_request_is_not_taken_and_its_words_are_kept(
    as_ana: Client, ticket: Ticket, ben: Agent, form: Form
) -> None:
    close(ticket, by=ben.actor)
    answer = as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "One more thing."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "One more thing." in page
    assert f"/contact/?about={ticket.pk}" in page
    assert ticket.messages.filter(kind="incoming").count() == 1


def test_states_are_told_in_words_the_companys_own_first(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    set_status(ticket, to=Status.WAITING, by=ben.actor)
    assert "Waiting for you" in shown(as_ana, ticket)
    state = State.objects.create(
        status="hold", names={"en": "Bank"}, customer_names={"en": "We wait for the bank"}
    )
    set_status(ticket, to="hold", state=state, by=ben.actor)
    assert "We wait for the bank" in shown(as_ana, ticket)


def test_a_promise_that_was_not_kept_is_said_so(as_ana: Client, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(due_at=clock.now() - timedelta(hours=1))
    assert "This takes longer than we said" in shown(as_ana, ticket)


def test_a_request_joined_with_another_of_ones_own_leads_there(
    as_ana: Client, ticket: Ticket, write_in: Any
) -> None:
    other = write_in("Same thing")
    Ticket.objects.filter(pk=other.pk).update(merged_into=ticket)
    assert as_ana.get(f"/requests/{other.pk}/")["Location"] == f"/requests/{ticket.pk}/"


def test_a_request_joined_with_somebody_elses_shows_nothing_of_it(
    as_ana: Client, ticket: Ticket, write_in: Any, person: Any
) -> None:
    theirs = write_in("Their secret", customer=person("Bea", "bea@mail.example"))
    Ticket.objects.filter(pk=ticket.pk).update(merged_into=theirs)
    page = shown(as_ana, ticket)
    assert "was joined with another one" in page
    assert "Their secret" not in page
    assert as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "Hi"}).status_code in (404, 409)


def test_spam_is_not_shown(as_ana: Client, ticket: Ticket) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(is_spam=True)
    assert as_ana.get(f"/requests/{ticket.pk}/").status_code == 404


def test_the_live_part_is_the_same_html_as_the_page(as_ana: Client, ticket: Ticket) -> None:
    part = as_ana.get(f"/requests/{ticket.pk}/conversation/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="live"')
    assert f'data-topic="ticket:{ticket.pk}"' in part
    assert "<form" not in part.split("</ol>")[0]


def test_signed_in_customers_hear_of_their_own_requests_only(
    ticket: Ticket, ana: Customer, person: Any
) -> None:
    wanted = [
        Topic("ticket", str(ticket.pk)),
        Topic("customer", str(ana.pk)),
        Topic("tickets", "all"),
        Topic("agent", "1"),
    ]
    assert allowed(Identity("key", customer_id=ana.pk), wanted) == set(wanted[:2])
    assert allowed(Identity("key", customer_id=person("Bea").pk), wanted) == set()


def test_a_long_conversation_costs_no_more_queries(
    as_ana: Client, ticket: Ticket, ben: Agent, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        reply(ticket, NewMessage(body=f"Answer {number}"), by=ben.actor, undo_seconds=0)
    as_ana.get(f"/requests/{ticket.pk}/")
    with django_assert_max_num_queries(10):
        as_ana.get(f"/requests/{ticket.pk}/")


def test_html_of_letters_is_shown_as_it_was_made_safe(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    reply(ticket, NewMessage(body="Hello", body_html="<p>Hello <b>Ana</b></p>"), by=ben.actor, undo_seconds=0)
    assert "<p>Hello <b>Ana</b></p>" in shown(as_ana, ticket)
    ticket.messages.filter(kind="incoming").update(body="<script>alert(1)</script>")
    assert "&lt;script&gt;" in shown(as_ana, ticket)


def test_a_flood_of_messages_is_held_off_with_its_words_kept(
    as_ana: Client, ticket: Ticket, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tugon.portal.operations.requesting.PER_HOUR", 1)
    answer = as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "Again and again"})
    assert answer.status_code == 503
    assert "Again and again" in answer.content.decode()
    assert ticket.messages.filter(kind="incoming").count() == 1


def test_who_was_blocked_adds_nothing(as_ana: Client, ticket: Ticket, ana: Customer) -> None:
    Customer.objects.filter(pk=ana.pk).update(blocked_at=clock.now())
    answer = as_ana.post(f"/requests/{ticket.pk}/messages/", {"words": "Let me in"})
    assert answer.status_code == 403
    assert "Let me in" in answer.content.decode()
    assert ticket.messages.filter(kind="incoming").count() == 1


def test_the_customers_list_hears_of_a_new_request(ana: Customer, write_in: Any, monkeypatch: Any) -> None:
    told: list[str] = []
    monkeypatch.setattr("tugon.tickets.live.publish", lambda *names: told.extend(map(str, names)))
    ticket = write_in("New trouble")
    assert {f"ticket:{ticket.pk}", f"customer:{ana.pk}", "tickets:all"} <= set(told)
