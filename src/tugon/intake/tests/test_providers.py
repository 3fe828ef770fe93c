"""What mail providers post."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import path

from tugon.events.models import Event, FailedReaction
from tugon.intake import views
from tugon.intake.models import Payload, Received
from tugon.lib import secrets
from tugon.tickets.models import MessageKey

from .conftest import letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [
    path("hooks/mail/<int:channel_id>/<str:secret>/", views.letters),
    path("hooks/mail/<int:channel_id>/<str:secret>/events/", views.events),
]


@pytest.fixture
def postmark(mailbox):
    mailbox.provider = "postmark"
    mailbox.sealed_webhook_secret = secrets.seal("open-sesame")
    mailbox.save()
    return mailbox


def post(mailbox, body, *, secret="open-sesame", events=False, kind="application/json"):
    where = f"/hooks/mail/{mailbox.channel_id}/{secret}/" + ("events/" if events else "")
    body = json.dumps(body) if not isinstance(body, bytes) else body
    return Client(enforce_csrf_checks=True).post(where, body, content_type=kind)


def test_a_raw_letter_is_stored_as_it_is(postmark):
    sent = letter(subject="By a provider")
    answer = post(
        postmark,
        {"RawEmail": sent.decode(), "MessageID": "pm-1", "OriginalRecipient": "help@company.example"},
    )
    assert answer.status_code == 200
    row = Received.objects.get()
    assert (row.via, row.place, row.subject, row.state) == ("webhook", "pm-1", "By a provider", "stored")
    assert bytes(Payload.objects.get().content) == sent
    assert row.envelope["to"] == ["help@company.example"]


def test_a_letter_in_pieces_is_put_together(postmark):
    body = {
        "FromFull": {"Email": "ana@mail.example", "Name": "Ana"},
        "ToFull": [{"Email": "help@company.example", "Name": ""}],
        "Subject": "In pieces",
        "TextBody": "The page stays blank.",
        "Headers": [{"Name": "Message-ID", "Value": "<pieces@mail.example>"}],
    }
    assert post(postmark, body).status_code == 200
    assert (Received.objects.get().letter_id, Received.objects.get().subject) == (
        "<pieces@mail.example>",
        "In pieces",
    )


def test_a_whole_message_as_the_body_needs_no_provider(postmark):
    assert post(postmark, letter(), kind="message/rfc822").status_code == 200
    assert Received.objects.count() == 1


def test_mailgun_posts_the_whole_message_in_a_form(postmark):
    postmark.provider = "mailgun"
    postmark.save()
    where = f"/hooks/mail/{postmark.channel_id}/open-sesame/"
    form = {
        "body-mime": letter(subject="Gun").decode(),
        "timestamp": "1763600000",
        "token": "t",
        "recipient": "help@company.example",
    }
    assert Client().post(where, form).status_code == 200
    assert Received.objects.get().subject == "Gun"


def test_a_signing_key_in_the_settings_is_checked(postmark):
    postmark.provider, postmark.sealed_provider_signing_key = "mailgun", secrets.seal("key")
    postmark.save()
    where = f"/hooks/mail/{postmark.channel_id}/open-sesame/"
    form = {"body-mime": letter().decode(), "timestamp": "1763600000", "token": "t", "signature": "wrong"}
    assert Client().post(where, form).status_code == 403
    assert not Received.objects.exists()


@pytest.mark.parametrize("secret", ["wrong", "open-sesam", "x"])
def test_a_wrong_secret_stores_nothing(postmark, secret):
    assert post(postmark, letter(), secret=secret, kind="message/rfc822").status_code == 403
    assert not Received.objects.exists()


def test_a_mailbox_without_a_secret_takes_nothing(mailbox):
    assert post(mailbox, letter(), secret="None", kind="message/rfc822").status_code == 403


def test_what_is_too_large_is_told(postmark, monkeypatch):
    monkeypatch.setattr(views, "LARGEST", 1000)
    assert post(postmark, b"x" * 1001, kind="message/rfc822").status_code == 413
    assert not Received.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"RecordType": "Bounce"}'])
def test_what_cannot_be_understood_is_refused_so_that_the_provider_repeats_it(postmark, body):
    answer = post(postmark, body)
    assert answer.status_code == 422
    assert not Received.objects.exists()


def test_a_database_that_does_not_answer_is_a_503(postmark, monkeypatch):
    def refuse(*_args, **_how):
        raise DatabaseError

    monkeypatch.setattr(views, "store", refuse)
    assert post(postmark, letter(), kind="message/rfc822").status_code == 503


def test_a_bounce_is_told_once(postmark, ticket):
    MessageKey.objects.create(message=ticket.messages.get(), ticket=ticket, value="pm-out")
    body = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "TypeCode": 1,
        "MessageID": "pm-out",
        "Email": "ana@mail.example",
    }
    body |= {
        "Description": "no such user",
        "BouncedAt": "2026-11-20T09:00:00Z",
        "ID": 7,
        "Tag": "",
        "Details": "",
    }
    assert post(postmark, body, events=True).status_code == 200
    assert post(postmark, body, events=True).status_code == 200
    fact = Event.objects.named("BounceReceived").get().data
    assert (fact["kind"], fact["permanent"], fact["ticket_id"]) == ("bounce", True, ticket.pk)
    assert Received.objects.get().envelope["report"][0]["address"] == "ana@mail.example"


def test_a_delivery_is_a_fact_without_the_address(postmark, ticket):
    MessageKey.objects.create(message=ticket.messages.get(), ticket=ticket, value="pm-out")
    body = {
        "RecordType": "Delivery",
        "MessageID": "pm-out",
        "Recipient": "ana@mail.example",
        "Details": "250 ok",
    }
    body |= {"DeliveredAt": "2026-11-20T09:00:00Z", "Tag": ""}
    assert post(postmark, body, events=True).status_code == 200
    data = Event.objects.named("DeliveryConfirmed").get().data
    assert not FailedReaction.objects.exists()
    assert "ana" not in json.dumps(data)
    assert not Received.objects.exists()
