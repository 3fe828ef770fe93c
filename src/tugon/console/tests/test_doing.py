"""What an agent can do on a ticket's page, and what the page says before it is done."""

import pytest
from django.test import Client
from django.urls import reverse

from tugon.customers.models import CustomField
from tugon.delivery.models import Delivery
from tugon.lib.clock import now
from tugon.realtime.presence import arrive
from tugon.realtime.topics import Topic
from tugon.tickets import operations
from tugon.tickets.models import Draft, Message, Participant, Ticket
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db
LIVE = {"HX-Request": "true"}


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def read(client, ticket):
    return client.get(address("ticket", ticket.pk)).content.decode()


def test_a_reply_goes_to_whom_its_writer_named(ticket, ben):
    data = {
        "html": "<p>Hello</p>",
        "to": "ana@mail.example",
        "cc": "boss@mail.example",
        "bcc": "us@mail.example",
    }
    enter(ben).post(address("replies", ticket.pk), data)
    sent = Message.objects.get(ticket=ticket, kind="outgoing", automatic="")
    roles = {row.recipient: row.role for row in Delivery.objects.filter(message=sent)}
    assert roles == {"ana@mail.example": "to", "boss@mail.example": "cc", "us@mail.example": "bcc"}


def test_a_draft_comes_back_with_its_recipients(ticket, ben):
    client = enter(ben)
    client.post(
        address("draft", ticket.pk, "reply"),
        {"html": "<p>Half a tho</p>", "to": "ana@mail.example", "cc": "x@mail.example"},
    )
    page = read(client, ticket)
    assert "Half a tho" in page
    assert "x@mail.example" in page


def test_a_colleague_is_told_of_my_draft_but_not_its_words(ticket, ben, lea):
    operations.save_draft(ticket, agent=ben, kind="reply", html="<p>Secret thoughts</p>")
    page = read(enter(lea), ticket)
    assert "Ben Bautista has a draft here." in page
    assert "Secret thoughts" not in page


def test_a_newer_message_offers_to_send_anyway(ticket, ana, ben):
    seen = Message.objects.filter(ticket=ticket, kind="incoming").latest("pk").pk
    operations.add_incoming(ticket, NewMessage(body="Wait!"), by=ana.actor, customer=ana)
    client = enter(ben)
    data = {"html": "<p>Try again.</p>", "seen_message_id": str(seen), "then": "waiting"}
    stopped = client.post(address("replies", ticket.pk), data, headers=LIVE).content.decode()
    assert "Send anyway" in stopped
    assert "Keep writing" in stopped
    newest = Message.objects.filter(ticket=ticket, kind="incoming").latest("pk").pk
    assert f'name="seen_message_id" value="{newest}"' in stopped
    client.post(address("replies", ticket.pk), {**data, "seen_message_id": str(newest)}, headers=LIVE)
    assert Message.objects.filter(ticket=ticket, kind="outgoing", automatic="").count() == 1


def test_a_field_that_solving_needs_is_asked_for_where_one_is(ticket, ben):
    CustomField.objects.create(
        on="ticket", key="cause", names={"en": "Root cause"}, kind="text", required_to_solve=True
    )
    client = enter(ben)
    data = {"html": "<p>Done.</p>", "then": "solved"}
    page = client.post(address("replies", ticket.pk), data, headers=LIVE).content.decode()
    assert "Not solved yet" in page
    assert 'id="missing-cause"' in page
    assert "data-takes-focus" in page
    assert Draft.objects.get(ticket=ticket, agent=ben).html == "<p>Done.</p>"
    client.post(address("fields", ticket.pk), {"fields.cause": "Cache"}, headers=LIVE)
    client.post(address("replies", ticket.pk), data, headers=LIVE)
    ticket.refresh_from_db()
    assert ticket.status == "solved"


def test_open_parts_stop_solving_until_one_insists(ticket, write_in, lea):
    child = write_in("Part")
    operations.link(ticket, child, kind="parent", by=lea.actor)
    client = enter(lea)
    data = {"html": "<p>Done.</p>", "then": "solved"}
    page = client.post(address("replies", ticket.pk), data, headers=LIVE).content.decode()
    assert "Send and solve anyway" in page
    client.post(address("replies", ticket.pk), {**data, "despite_children": "1"}, headers=LIVE)
    ticket.refresh_from_db()
    assert ticket.status == "solved"


def test_following_and_not_following(ticket, ben, lea):
    client = enter(ben)
    client.post(address("followers", ticket.pk))
    client.post(address("followers", ticket.pk), {"agent": lea.pk})
    assert set(ticket.followers.all()) == {ben, lea}
    assert "Stop following" in read(client, ticket)
    client.post(address("followers", ticket.pk), {"stop": "1"})
    assert set(ticket.followers.all()) == {lea}


def test_what_could_not_be_delivered_is_sent_again(ticket, mailbox, ben):
    client = enter(ben)
    client.post(address("replies", ticket.pk), {"html": "<p>Hello</p>"})
    row = Delivery.objects.get(ticket=ticket, purpose="reply")
    Delivery.objects.filter(pk=row.pk).update(state="failed", reason="Mailbox full")
    page = read(client, ticket)
    assert "Mailbox full" in page
    assert "Send again" in page
    client.post(address("send-again", ticket.pk, row.pk))
    row.refresh_from_db()
    assert row.state == "queued"


def test_a_stranger_is_shown_as_one_and_let_in(ticket, ben, person):
    stranger = person("Zed", "zed@mail.example")
    message = NewMessage(body="Me too", envelope={"from": "zed@mail.example", "from_stranger": True})
    operations.add_incoming(ticket, message, by=stranger.actor, customer=stranger)
    row = Participant.objects.create(ticket=ticket, address="zed@mail.example", standing="pending")
    client = enter(ben)
    page = read(client, ticket)
    assert "Somebody who is not on this ticket wrote this." in page
    assert "not confirmed" in page
    client.post(address("participants", ticket.pk), {"participant": row.pk})
    row.refresh_from_db()
    assert row.standing == "cc"


def test_a_changed_subject_and_a_forged_sender_are_pointed_out(ticket, ana, ben):
    envelope = {"offer_split": True, "subject": "Invoice", "authentication": {"dmarc": "fail"}}
    operations.add_incoming(ticket, NewMessage(body="Other", envelope=envelope), by=ana.actor, customer=ana)
    page = read(enter(ben), ticket)
    assert "The subject changed to “Invoice”" in page
    assert "did not come from them" in page


def test_words_are_removed_from_one_message_or_from_every_message(ticket, ben, lea):
    first = ticket.messages.get()
    for body in ("Card 4111 1111", "> Card 4111 1111\nNever send that."):
        operations.add_note(ticket, NewMessage(body=body), by=ben.actor)
    careless = ticket.messages.order_by("-pk")[1]
    place, data = address("redaction", ticket.pk), {"message": careless.pk, "words": "4111 1111"}
    page = enter(lea).get(address("message-source", ticket.pk, careless.pk)).content.decode()
    assert "In every message of the ticket" in page
    enter(lea).post(place, {**data, "message": first.pk})
    assert ticket.messages.filter(body__contains="4111").count() == 2
    enter(lea).post(place, data)
    assert ticket.messages.filter(body__contains="4111").count() == 1
    enter(lea).post(place, {**data, "message": first.pk, "everywhere": "on"})
    assert not ticket.messages.filter(body__contains="4111").exists()


def test_merged_tickets_are_named_and_can_be_parted(ticket, write_in, ben):
    other = write_in("Again")
    done = operations.merge(other, into=ticket, by=ben.actor)
    client = enter(ben)
    assert "Undo the merge" in read(client, ticket)
    assert "Continue on" in read(client, other)
    client.post(address("unmerge", ticket.pk, done.pk))
    other.refresh_from_db()
    assert other.merged_into is None


def test_spam_is_said_and_taken_back(ticket, lea):
    client = enter(lea)
    client.post(address("spam", ticket.pk))
    assert "kept aside as spam" in read(client, ticket)
    client.post(address("not-spam", ticket.pk))
    ticket.refresh_from_db()
    assert not ticket.is_spam


def test_deleting_is_for_who_may(ticket, ben, lea):
    assert "Delete for good" not in read(enter(ben), ticket)
    assert enter(ben).post(address("ticket-delete", ticket.pk)).status_code == 403
    enter(lea).post(address("ticket-delete", ticket.pk))
    assert not Ticket.objects.filter(pk=ticket.pk).exists()


def test_a_collaborator_reads_and_writes_notes_only(ticket, carl, billing):
    Ticket.objects.filter(pk=ticket.pk).update(team=billing)
    client = enter(carl)
    page = read(client, ticket)
    assert 'name="then"' not in page
    assert "p-assignee" not in page
    assert "Your note for colleagues" in page
    assert client.post(address("replies", ticket.pk), {"html": "<p>x</p>"}).status_code == 403
    assert client.post(address("properties", ticket.pk), {"priority": "4"}).status_code == 403
    client.post(address("notes", ticket.pk), {"html": "<p>Seen it before.</p>"})
    assert Message.objects.filter(ticket=ticket, kind="note").exists()


@pytest.mark.parametrize("name", ["ticket-story", "ticket-head", "ticket-beside", "ticket-here"])
def test_every_live_piece_brings_its_own_place(ticket, ben, lea, name):
    arrive(Topic("ticket", ticket.pk), agent_id=lea.pk, state="writing")
    piece = enter(ben).get(address(name, ticket.pk), headers=LIVE).content.decode()
    assert "data-topic=" in piece
    assert "data-url=" in piece
    assert "<html" not in piece
    assert name != "ticket-here" or "Lea Lim is writing here now." in piece


def test_custom_fields_keep_their_types(ticket, ben):
    CustomField.objects.create(on="ticket", key="count", names={"en": "Count"}, kind="number")
    choices = [{"key": "web", "names": {"en": "Web"}}, {"key": "app", "names": {"en": "App"}}]
    CustomField.objects.create(
        on="ticket", key="where", names={"en": "Where"}, kind="choices", choices=choices
    )
    client = enter(ben)
    client.post(address("fields", ticket.pk), {"fields.count": "3"})
    client.post(address("fields", ticket.pk), {"fields.where": ["web", "app"]})
    ticket.refresh_from_db()
    assert ticket.fields == {"count": 3, "where": ["web", "app"]}
    page = read(client, ticket)
    assert '<option value="web" selected>Web</option>' in page


def test_the_resolution_and_what_the_customer_said_of_it_are_shown(ticket, ana, ben):
    operations.solve(ticket, by=ben.actor, cause="Old cache", done="Cleared it")
    operations.confirm_solution(ticket, by=ana.actor)
    page = read(enter(ben), ticket)
    assert "Old cache" in page
    assert "Customer says" in page


def test_the_ticket_page_stays_under_its_queries(ticket, ana, ben, django_assert_max_num_queries):
    for number in range(10):
        operations.add_incoming(ticket, NewMessage(body=str(number)), by=ana.actor, customer=ana, at=now())
    client = enter(ben)
    read(client, ticket)
    with django_assert_max_num_queries(30):
        read(client, ticket)
