"""Sending to a real SMTP server that answers as the tests wish: each recipient's fate, retries, one connection."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from tests.mail.smtp import PASSWORD, USER, SmtpServer

from tugon.accounts.models import Agent
from tugon.channels.email.sending import SmtpSender
from tugon.channels.models import Mailbox
from tugon.customers.models import Customer
from tugon.delivery.models import Delivery
from tugon.delivery.sending import send_due
from tugon.events.models import Event
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.tickets.models import Message, Participant, Ticket
from tugon.tickets.operations import open_ticket, reply
from tugon.tickets.operations.opening import NewMessage

pytestmark = pytest.mark.django_db(transaction=True)
ANA, CARL = "ana@mail.example", "carl@mail.example"


@pytest.fixture
def box(mailbox: Mailbox, smtp_server: SmtpServer) -> Mailbox:
    mailbox.outgoing, mailbox.smtp_host, mailbox.smtp_port = "smtp", smtp_server.host, smtp_server.port
    mailbox.smtp_security, mailbox.smtp_user = "none", USER
    mailbox.sealed_smtp_password = secrets.seal(PASSWORD)
    mailbox.save()
    return mailbox


@pytest.fixture
def answer(box: Mailbox, ana: Customer, ben: Agent) -> Callable[..., Message]:
    def write(body: str = "Please try again.", *, copied: str = "", then: str = "") -> Message:
        envelope = {"from": {"name": "Ana", "address": ANA}, "subject": "Video"}
        ticket = open_ticket(
            customer=ana,
            subject="Video",
            message=NewMessage(body="It stops.", envelope=envelope, keys=["<first@mail.example>"]),
            by=ana.actor,
            channel=box.channel,
            is_silent=True,
        )
        if copied:
            Participant.objects.create(ticket=ticket, address=copied)
        return reply(ticket, NewMessage(body=body), by=ben.actor, undo_seconds=0, then=then)

    return write


def states(message: Message) -> dict[str, str]:
    return dict(message.deliveries.values_list("recipient", "state"))


def test_a_batch_of_letters_uses_one_connection(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    for _ in range(5):
        answer()
    assert send_due() == 5
    assert len(smtp_server.taken) == 5
    assert {taken.connection for taken in smtp_server.taken} == {1}


def test_the_envelope_sender_is_where_reports_find_the_ticket(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    message = answer()
    send_due()
    assert smtp_server.taken[0].sender.startswith(f"help+t.{message.ticket_id}.")


def test_each_recipient_has_a_fate_of_its_own(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    smtp_server.answers = {CARL: "550 5.1.1 No such user"}
    message = answer(copied=CARL)
    send_due()
    assert states(message) == {ANA: "sent", CARL: "failed"}
    failed = message.deliveries.get(recipient=CARL)
    assert (failed.status_code, "No such user" in failed.reason) == ("5.1.1", True)
    assert smtp_server.taken[0].recipients == [ANA]


def test_a_deferred_letter_is_tried_again_with_the_same_bytes(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    smtp_server.data_answers = ["451 4.7.1 Greylisted"]
    message = answer()
    send_due()
    delivery = message.deliveries.get()
    assert (delivery.state, delivery.status_code, delivery.attempts) == ("deferred", "4.7.1", 1)
    kept = bytes(message.outgoing.raw)
    assert send_due() == 0
    with time_machine.travel(now() + timedelta(minutes=2)):
        assert send_due() == 1
    assert states(message) == {ANA: "sent"}
    assert smtp_server.taken[0].raw == kept


def test_only_who_did_not_get_it_gets_it_again(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    smtp_server.answers = {CARL: "452 4.2.2 Mailbox full"}
    message = answer(copied=CARL)
    send_due()
    smtp_server.answers = {}
    with time_machine.travel(now() + timedelta(minutes=2)):
        send_due()
    assert states(message) == {ANA: "sent", CARL: "sent"}
    assert [taken.recipients for taken in smtp_server.taken] == [[ANA], [CARL]]


def test_what_failed_for_good_opens_the_ticket_and_tells_the_agent(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    smtp_server.answers = {ANA: "550 5.1.1 No such user"}
    message = answer(then="waiting")
    send_due()
    ticket = Ticket.objects.get()
    assert states(message) == {ANA: "failed"}
    assert ticket.status == "open"
    note = ticket.messages.get(kind="note")
    assert "No such user" in note.body
    assert ANA in note.body
    assert Event.objects.about("ticket", ticket.pk).filter(name="DeliveryFailed").count() == 1


def test_two_days_of_deferring_are_enough(answer: Callable[..., Message], smtp_server: SmtpServer) -> None:
    smtp_server.answers = {ANA: "450 4.2.1 Try later"}
    message = answer()
    moment = now()
    for _ in range(12):
        with time_machine.travel(moment):
            send_due()
        moment += timedelta(hours=25)
    assert states(message) == {ANA: "failed"}
    assert message.deliveries.get().attempts == 9
    assert Message.objects.filter(kind="note").count() == 1


def test_a_wrong_password_is_an_alarm_of_the_mailbox_and_no_letter_is_lost(
    answer: Callable[..., Message], box: Mailbox, smtp_server: SmtpServer
) -> None:
    Mailbox.objects.filter(pk=box.pk).update(sealed_smtp_password=secrets.seal("wrong"))
    message = answer()
    send_due()
    box.refresh_from_db()
    assert "Type the password again" in box.last_error
    assert states(message) == {ANA: "deferred"}
    Mailbox.objects.filter(pk=box.pk).update(sealed_smtp_password=secrets.seal(PASSWORD))
    with time_machine.travel(now() + timedelta(minutes=2)):
        send_due()
    assert states(message) == {ANA: "sent"}
    box.refresh_from_db()
    assert box.last_error == ""


def test_a_server_that_cannot_be_reached_defers(answer: Callable[..., Message], box: Mailbox) -> None:
    Mailbox.objects.filter(pk=box.pk).update(smtp_port=1)
    message = answer()
    send_due()
    assert states(message) == {ANA: "deferred"}
    assert "does not accept connections" in message.deliveries.get().reason


def test_two_workers_never_send_one_letter_twice(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    for number in range(10):
        answer(f"number {number}")

    def work() -> None:
        send_due()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(smtp_server.taken) == 10
    assert len({taken.message["Message-ID"] for taken in smtp_server.taken}) == 10
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_knows_only_the_plain_sender_gets_it(box: Mailbox, smtp_server: SmtpServer) -> None:
    sender = SmtpSender(box)
    smtp_server.refused_senders = {"help+t.1.x@company.example"}
    outcome = sender.send(b"Subject: x\r\n\r\nx\r\n", sender="help+t.1.x@company.example", recipients=[ANA])
    sender.close()
    assert outcome[ANA].state == "sent"
    assert smtp_server.taken[0].sender == box.address


def test_every_letter_that_left_has_the_headers_of_a_thread(
    answer: Callable[..., Message], smtp_server: SmtpServer
) -> None:
    answer()
    answer("again", copied=CARL)
    send_due()
    for taken in smtp_server.taken:
        letter = taken.message
        for name in (
            "Message-ID",
            "In-Reply-To",
            "References",
            "Date",
            "From",
            "To",
            "Reply-To",
            "Content-Language",
        ):
            assert letter[name], name
        assert letter.get_content_type() == "multipart/alternative"
        assert max(map(len, taken.raw.split(b"\r\n"))) <= 998
        taken.raw.decode("ascii")
