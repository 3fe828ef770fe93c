"""What becomes of letters: claims, reports, bounces, system mail and alarms."""

import email
import email.policy
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from tugon.accounts.models import Agent
from tugon.channels.models import Channel, Mailbox
from tugon.channels.operations import mailbox_failed, mailbox_works
from tugon.customers.models import ContactPoint, Customer
from tugon.delivery import handlers, operations
from tugon.delivery.alarms import tell_administrators
from tugon.delivery.backend import PURPOSE, SystemMailBackend
from tugon.delivery.errors import CannotSendAgain
from tugon.delivery.models import Delivery, Outgoing
from tugon.delivery.retrying import wait_after
from tugon.delivery.sending import claim_next, send_due, settle
from tugon.delivery.tests.looking import states
from tugon.intake.events import BounceReceived
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import send_automatic
from tugon.tickets.operations.opening import NewMessage


def test_a_lapsed_claim_is_sent_again_with_the_same_bytes(answer: Callable[..., Message]) -> None:
    message = answer()
    claim = claim_next()
    assert claim is not None
    first = bytes(claim.letter.raw)
    assert claim_next() is None
    with time_machine.travel(now() + timedelta(minutes=11)):
        again = claim_next()
        assert again is not None
        assert bytes(again.letter.raw) == first
        from tugon.channels.email.sending import Outcome

        settle(again, {"ana@mail.example": Outcome("sent")})
    assert states(message) == {"ana@mail.example": "sent"}
    settle(claim, {"ana@mail.example": Outcome("failed", "5.0.0", "late")})
    assert states(message) == {"ana@mail.example": "sent"}


def test_waits_grow_and_end_after_two_days() -> None:
    waits = [wait_after(number) for number in range(1, 9)]
    assert all(waits)
    assert sum((wait for wait in waits if wait), timedelta()) > timedelta(days=1)
    assert wait_after(9) is None


def test_a_hard_bounce_opens_the_ticket_with_a_note_and_holds_back_automatic_mail(
    by_mail: Ticket,
    ana: Customer,
    ben: Agent,
    answer: Callable[..., Message],
    facts: Callable[..., list[str]],
) -> None:
    message = answer(then="waiting")
    send_due()
    handlers.keep_report(_bounce(by_mail, message, status="5.1.1", words="User unknown", permanent=True))
    by_mail.refresh_from_db()
    assert by_mail.status == "open"
    assert "User unknown" in by_mail.messages.get(kind="note").body
    assert states(message) == {"ana@mail.example": "bounced"}
    assert "DeliveryBounced" in facts(by_mail)
    assert ContactPoint.objects.get(customer=ana).undeliverable_at is not None
    held = send_automatic(by_mail, NewMessage(body="x", automatic="reminder"), by=handlers.SYSTEM)
    assert states(held) == {"ana@mail.example": "held"}
    operations.send_again(held.deliveries.get(), by=ben.actor)
    send_due()
    assert states(held) == {"ana@mail.example": "sent"}
    assert list(states(answer("A person may write")).values()) == ["queued"]


def test_a_report_of_delay_changes_nothing_but_the_words(
    by_mail: Ticket, answer: Callable[..., Message]
) -> None:
    message = answer(then="waiting")
    send_due()
    handlers.keep_report(_bounce(by_mail, message, status="4.4.1", words="No answer yet", permanent=False))
    assert states(message) == {"ana@mail.example": "sent"}
    assert message.deliveries.get().reason == "No answer yet"
    assert not by_mail.messages.filter(kind="note").exists()


def test_a_second_report_of_the_same_bounce_does_nothing(
    by_mail: Ticket, answer: Callable[..., Message]
) -> None:
    message = answer()
    send_due()
    for _ in range(2):
        handlers.keep_report(_bounce(by_mail, message, status="5.1.1", words="User unknown", permanent=True))
    assert by_mail.messages.filter(kind="note").count() == 1


def test_a_letter_that_cannot_be_written_waits_and_tells_why(
    answer: Callable[..., Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise FileNotFoundError("the picture is gone")

    monkeypatch.setattr("tugon.delivery.sending.write_letter", broken)
    message = answer()
    assert send_due() == 0
    delivery = message.deliveries.get()
    assert (delivery.state, delivery.attempts) == ("deferred", 1)
    assert "the picture is gone" in delivery.reason


def test_system_mail_leaves_by_the_default_mailbox_with_a_known_fate(mailbox: Mailbox) -> None:
    message = EmailMultiAlternatives("Sign in", "https://x/secret", to=["Ben <ben@company.example>"])
    message.attach_alternative("<p>x</p>", "text/html")
    assert SystemMailBackend().send_messages([message]) == 1
    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.state, delivery.message_id) == (
        "ben@company.example",
        "queued",
        None,
    )
    send_due()
    delivery.refresh_from_db()
    assert delivery.state == "sent"
    letter = email.message_from_bytes(bytes(delivery.letter.raw), policy=email.policy.default)  # type: ignore[union-attr]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert str(letter["From"]) == "Support <help@company.example>"


def test_system_mail_without_a_mailbox_is_held_with_words(db: None) -> None:
    SystemMailBackend().send_messages([EmailMultiAlternatives("Hi", "x", to=["ben@company.example"])])
    delivery = Delivery.objects.get()
    assert (delivery.state, "No mailbox" in delivery.reason) == ("held", True)


def test_administrators_are_told_of_a_broken_mailbox_by_another_that_works(
    mailbox: Mailbox, ada: Agent
) -> None:
    other = Mailbox.objects.create(
        channel=Channel.objects.create(kind="email", name="Billing"),
        address="billing@company.example",
        outgoing="smtp",
        smtp_host="127.0.0.1",
    )
    assert tell_administrators(mailbox) == 0
    mailbox_failed(
        mailbox,
        way="in",
        code="mail-token-refused",
        words="The permission has ended. Connect the mailbox again.",
    )
    mailbox.refresh_from_db()
    assert tell_administrators(mailbox) == 1
    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.mailbox, delivery.purpose) == (ada.email, other, "alarm")
    letter = email.message_from_bytes(bytes(delivery.letter.raw), policy=email.policy.default)  # type: ignore[union-attr]
    assert "Connect the mailbox again" in letter.get_content()
    assert f"/administration/mailboxes/{mailbox.pk}" in letter.get_content()


def test_the_purpose_of_a_letter_does_not_leave_by_the_last_resort(db: None, settings: Any) -> None:
    settings.EMAIL_URL = "smtp://mail.example"
    message = EmailMultiAlternatives("Hi", "x", to=["ben@company.example"], headers={PURPOSE: "invitation"})
    with mock.patch("tugon.delivery.backend.LAST_RESORT", "django.core.mail.backends.locmem.EmailBackend"):
        assert SystemMailBackend().send_messages([message]) == 1
    assert PURPOSE not in mail.outbox[0].message()


def test_old_letters_lose_their_bytes_once_settled(
    answer: Callable[..., Message], by_mail: Ticket, ben: Agent
) -> None:
    sent = answer()
    send_due()
    with time_machine.travel(now() + timedelta(days=31)):
        assert operations.forget_letters() == 1
        assert operations.forget_letters() == 0
    assert bytes(Outgoing.objects.get(message=sent).raw) == b""


def test_what_is_redacted_is_gone_from_the_letter_too(answer: Callable[..., Message], ben: Agent) -> None:
    message = answer("Your card number is 4111")
    send_due()
    operations.forget_letter(message.pk)
    assert bytes(Outgoing.objects.get(message=message).raw) == b""
    Delivery.objects.update(state="failed")
    with pytest.raises(CannotSendAgain):
        operations.send_again(message.deliveries.get(), by=ben.actor)


def test_fetching_well_does_not_hide_that_sending_fails(
    mailbox: Mailbox, facts: Callable[..., list[str]]
) -> None:
    mailbox_failed(mailbox, way="out", code="mail-sign-in-refused", words="No")
    mailbox_works(mailbox, way="in")
    mailbox.refresh_from_db()
    assert mailbox.last_error == "No"
    mailbox_works(mailbox, way="out")
    mailbox.refresh_from_db()
    assert mailbox.last_error == ""
    assert facts(mailbox) == ["MailboxFailed", "MailboxRecovered"]


def _bounce(ticket: Ticket, message: Message, *, status: str, words: str, permanent: bool) -> BounceReceived:
    report = {"address": "ana@mail.example", "status": status, "diagnostic": words, "permanent": permanent}
    row = Received.objects.create(
        channel=ticket.channel,  # type: ignore[misc]
        via="imap",
        fingerprint=f"{status}{words}{Received.objects.count()}",
        sha256="x",
        size=1,
        received_at=now(),
        envelope={"report": [report]},
    )
    return BounceReceived(
        received_id=row.pk, kind="bounce", permanent=permanent, message_id=message.pk, ticket_id=ticket.pk
    )
