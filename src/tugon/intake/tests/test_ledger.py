"""What administrators decide about what was kept aside."""

from datetime import timedelta

import pytest

from tugon.company import operations as company
from tugon.customers.models import Customer
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.events.operations import record
from tugon.intake.errors import AlreadySettled, PayloadGone
from tugon.intake.models import Payload, Received
from tugon.intake.operations import (
    block_sender,
    forget_old_payloads,
    ignore,
    raw,
    release,
    retry,
)
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets.events import MessageRedacted

from .conftest import letter

pytestmark = pytest.mark.django_db
S = Received.State


@pytest.fixture
def spam(arrives):
    return arrives(letter(X_Spam_Flag="YES"))


def test_a_released_letter_is_a_ticket_whatever_was_said_against_it(spam, ada, facts):
    row = release(spam, by=ada.actor)
    assert (row.state, row.ticket.subject) == (S.TICKETED, "Blank page")
    assert facts(row) == ["MessageQuarantined", "MessageReleased"]


def test_a_retried_letter_is_judged_again(spam, ada):
    assert retry(spam, by=ada.actor).state == S.QUARANTINED


def test_an_ignored_letter_says_why_and_can_be_released(spam, ada):
    row = ignore(spam, reason="An advertisement", by=ada.actor)
    assert (row.state, row.reason) == (S.IGNORED, "An advertisement")
    assert release(row, by=ada.actor).state == S.TICKETED


def test_what_is_on_a_ticket_stays_there(arrives, ada):
    row = arrives(letter())
    for decide in (retry, release):
        with pytest.raises(AlreadySettled):
            decide(row, by=ada.actor)
    with pytest.raises(AlreadySettled):
        ignore(row, reason="x", by=ada.actor)


def test_an_agent_without_the_permission_decides_nothing(spam, ben):
    for decide in (retry, release, block_sender):
        with pytest.raises(NotAllowed):
            decide(spam, by=ben.actor)
    spam.refresh_from_db()
    assert spam.state == S.QUARANTINED


def test_a_blocked_sender_is_kept_aside_from_then_on(spam, ada, ana, arrives):
    block_sender(spam, by=ada.actor)
    assert Customer.objects.get(pk=ana.pk).blocked_at
    assert arrives(letter()).state == S.QUARANTINED


def test_redacting_a_message_removes_its_raw_bytes(arrives):
    row = arrives(letter("my card is 4111 1111 1111 1111"))
    record(MessageRedacted(ticket_id=row.ticket_id, message_id=row.message_id), by=SYSTEM)
    with pytest.raises(PayloadGone):
        raw(row)
    assert Received.objects.filter(pk=row.pk).exists()


def test_without_its_bytes_nothing_can_be_read_again(spam, ada):
    Payload.objects.all().delete()
    with pytest.raises(PayloadGone):
        retry(spam, by=ada.actor)


def test_old_raw_mail_goes_and_quarantined_mail_stays(arrives, spam):
    row = arrives(letter())
    Received.objects.update(received_at=now() - timedelta(days=400))
    assert forget_old_payloads() == 1
    assert list(Payload.objects.values_list("received", flat=True)) == [spam.pk]
    assert Received.objects.filter(pk=row.pk).exists()


def test_raw_mail_may_be_kept_for_ever(arrives):
    company.decide("raw_retention_days", value=0, by=SYSTEM)
    arrives(letter())
    Received.objects.update(received_at=now() - timedelta(days=4000))
    assert forget_old_payloads() == 0


def test_a_bounce_is_told_with_the_letter_it_is_about(arrives, ticket, ben):
    from tugon.tickets.operations import NewMessage, reply

    sent = reply(ticket, NewMessage(body="?", keys=["<out@company.example>"]), by=ben.actor)
    row = arrives(BOUNCE)
    fact = Event.objects.named("BounceReceived").get().data
    assert (fact["message_id"], fact["ticket_id"], fact["kind"]) == (sent.pk, ticket.pk, "bounce")
    assert (row.state, row.message_id) == (S.TICKETED, sent.pk)
    assert row.envelope["report"][0]["address"] == "ana@mail.example"
    assert ticket.messages.filter(kind="incoming").count() == 1


def test_a_bounce_of_nothing_of_ours_is_ignored_and_can_be_released(arrives, ada):
    row = arrives(BOUNCE)
    assert row.state == S.IGNORED
    assert release(row, by=ada.actor).state == S.TICKETED


BOUNCE = b"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.mail.example>
To: help@company.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-1@mx.mail.example>
Date: Fri, 20 Nov 2026 09:00:00 +0800
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mail system could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.mail.example

Final-Recipient: rfc822; ana@mail.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: message/rfc822

From: help@company.example
To: ana@mail.example
Subject: Re: Video will not play
Message-ID: <out@company.example>

?

--b--
"""
