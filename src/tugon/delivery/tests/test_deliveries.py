"""Who gets a letter, and what becomes of it, without any server: through the sandbox and from reports."""

import email
import email.policy
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives

from tugon.accounts.models import Agent
from tugon.channels.email.addresses import ticket_behind
from tugon.channels.models import Channel, Mailbox
from tugon.channels.operations import mailbox_failed, mailbox_works
from tugon.customers.models import ContactPoint, Customer
from tugon.delivery import handlers, operations
from tugon.delivery.alarms import tell_administrators
from tugon.delivery.backend import SystemMailBackend
from tugon.delivery.errors import CannotSendAgain
from tugon.delivery.models import Delivery, Outgoing
from tugon.delivery.recipients import recipients_of
from tugon.delivery.retrying import wait_after
from tugon.delivery.sending import claim_next, send_due, settle
from tugon.intake.events import BounceReceived
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.tickets.models import Message, MessageKey, Participant, Ticket
from tugon.tickets.operations import add_incoming, open_ticket, reply, send_automatic, solve, withdraw
from tugon.tickets.operations.opening import NewMessage

ANA = {"name": "Ana Santos", "address": "ana@mail.example"}


@pytest.fixture
def by_mail(ana: Customer, mailbox: Mailbox) -> Ticket:
    """A ticket that Ana's letter opened."""
    message = NewMessage(
        body="It stops after ten seconds.",
        language="en",
        envelope={
            "from": ANA,
            "to": [{"name": "", "address": mailbox.address}],
            "reply_to": [],
            "subject": "Video stops",
        },
        keys=["<first@mail.example>"],
    )
    return open_ticket(
        customer=ana,
        subject="Video stops",
        message=message,
        by=ana.actor,
        channel=mailbox.channel,
        is_silent=True,
    )


@pytest.fixture
def answer(by_mail: Ticket, ben: Agent) -> Callable[..., Message]:
    def write(body: str = "Please try again.", **fields: Any) -> Message:
        options = {"undo_seconds": 0} | {
            name: fields.pop(name) for name in ("undo_seconds", "then") if name in fields
        }
        return reply(by_mail, NewMessage(body=body, **fields), by=ben.actor, **options)

    return write


def letter_of(message: Message) -> EmailMessage:
    raw = bytes(Outgoing.objects.get(message=message).raw)
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def states(message: Message) -> dict[str, str]:
    return dict(message.deliveries.values_list("recipient", "state"))


def test_a_reply_goes_to_whom_it_answers_with_everything_a_thread_needs(
    answer: Callable[..., Message],
) -> None:
    message = answer()
    assert states(message) == {"ana@mail.example": "queued"}
    send_due()
    assert states(message) == {"ana@mail.example": "sent"}
    letter = letter_of(message)
    assert letter["To"] == "Ana Santos <ana@mail.example>"
    assert str(letter["From"]) == "Ben Bautista via Support <help@company.example>"
    assert letter["Subject"] == f"Re: Video stops [#{message.ticket_id}]"
    assert letter["In-Reply-To"] == "<first@mail.example>"
    assert ticket_behind(str(letter["Reply-To"])) == message.ticket_id
    assert MessageKey.objects.filter(message=message, value=str(letter["Message-ID"])).exists()
    assert letter["Auto-Submitted"] is None
    assert f"Request #{message.ticket_id}" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_two_letters_never_have_the_same_id_and_the_second_names_the_first(
    answer: Callable[..., Message],
) -> None:
    first, second = answer(), answer("And this.")
    send_due()
    assert letter_of(first)["Message-ID"] != letter_of(second)["Message-ID"]
    assert str(letter_of(first)["Message-ID"]) in str(letter_of(second)["References"])


def test_a_reply_withdrawn_in_time_never_becomes_a_letter(answer: Callable[..., Message], ben: Agent) -> None:
    message = answer(undo_seconds=10)
    assert send_due() == 0
    withdraw(message, by=ben.actor)
    with time_machine.travel(now() + timedelta(minutes=1)):
        assert send_due() == 0
    assert not Outgoing.objects.exists()
    assert not Delivery.objects.exists()


def test_reply_to_is_where_the_answer_goes(
    by_mail: Ticket, ana: Customer, answer: Callable[..., Message]
) -> None:
    envelope = {"from": ANA, "reply_to": [{"name": "", "address": "private@mail.example"}]}
    add_incoming(by_mail, NewMessage(body="Again", envelope=envelope), by=ana.actor, customer=ana)
    assert list(states(answer())) == ["private@mail.example"]


def test_who_waits_to_be_let_in_gets_nothing_and_who_is_in_copy_does(
    by_mail: Ticket, answer: Callable[..., Message]
) -> None:
    Participant.objects.create(ticket=by_mail, address="carl@mail.example", name="Carl", standing="cc")
    Participant.objects.create(ticket=by_mail, address="eve@mail.example", standing="pending")
    Participant.objects.create(ticket=by_mail, address="gone@mail.example", standing="removed")
    assert list(answer().deliveries.for_message().values_list("recipient", "role")) == [
        ("ana@mail.example", "to"),
        ("carl@mail.example", "cc"),
    ]


def test_a_strangers_words_on_the_ticket_are_neither_answered_nor_quoted(
    by_mail: Ticket, person: Callable[..., Customer], answer: Callable[..., Message]
) -> None:
    eve = person("Eve", "eve@mail.example")
    envelope = {"from": {"name": "Eve", "address": "eve@mail.example"}, "from_stranger": True}
    add_incoming(
        by_mail,
        NewMessage(body="Send it to me", envelope=envelope, keys=["<eve@x>"]),
        by=eve.actor,
        customer=eve,
    )
    message = answer()
    send_due()
    assert list(states(message)) == ["ana@mail.example"]
    assert b"Send it to me" not in bytes(message.outgoing.raw)
    assert "<eve@x>" not in str(letter_of(message)["References"])


def test_an_agent_may_choose_the_recipients_and_copies_stay_blind(answer: Callable[..., Message]) -> None:
    message = answer(
        envelope={"to": ["Dina <dina@mail.example>"], "cc": [], "bcc": [{"address": "boss@company.example"}]}
    )
    send_due()
    assert set(states(message)) == {"dina@mail.example", "boss@company.example"}
    assert b"boss@company.example" not in bytes(message.outgoing.raw)


def test_our_own_addresses_never_get_our_letters(answer: Callable[..., Message], mailbox: Mailbox) -> None:
    Mailbox.objects.create(
        channel=Channel.objects.create(kind="email", name="Billing"), address="billing@company.example"
    )
    named = ["ana@mail.example", "HELP+t.1.x@company.example", "Billing@Company.example"]
    assert list(states(answer(envelope={"to": named}))) == ["ana@mail.example"]


def test_a_request_of_the_form_is_answered_through_the_default_mailbox(
    person: Callable[..., Customer], mailbox: Mailbox, ben: Agent
) -> None:
    claim = person("Dina", "dina@mail.example", verified=False)
    form = Channel.objects.create(kind="form", name="Members")
    ticket = open_ticket(
        customer=claim,
        subject="Refund",
        message=NewMessage(body="Please"),
        by=claim.actor,
        channel=form,
        is_silent=True,
    )
    message = reply(ticket, NewMessage(body="Done"), by=ben.actor, undo_seconds=0)
    send_due()
    assert states(message) == {"dina@mail.example": "sent"}
    letter = letter_of(message)
    assert letter["Subject"] == f"Refund [#{ticket.pk}]"
    assert letter["In-Reply-To"] is None


def test_a_reply_without_any_mailbox_is_held_and_can_be_sent_later(
    answer: Callable[..., Message], mailbox: Mailbox, ben: Agent
) -> None:
    Mailbox.objects.update(outgoing="none")
    message = answer()
    (delivery,) = message.deliveries.all()
    assert (delivery.state, "No mailbox" in delivery.reason) == ("held", True)
    Mailbox.objects.update(outgoing="sandbox")
    operations.send_again(delivery, by=ben.actor)
    send_due()
    assert states(message) == {"ana@mail.example": "sent"}
    with pytest.raises(CannotSendAgain):
        operations.send_again(delivery, by=ben.actor)


def test_an_automatic_letter_says_so_and_goes_to_the_asker_alone(by_mail: Ticket) -> None:
    Participant.objects.create(ticket=by_mail, address="carl@mail.example", standing="cc")
    message = send_automatic(
        by_mail, NewMessage(body="We have it.", automatic="acknowledgement"), by=handlers.SYSTEM
    )
    send_due()
    assert states(message) == {"ana@mail.example": "sent"}
    letter = letter_of(message)
    assert letter["Auto-Submitted"] == "auto-replied"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert str(letter["From"]) == "Support <help@company.example>"


def test_the_letter_speaks_the_customers_language(
    by_mail: Ticket, answer: Callable[..., Message], mailbox: Mailbox
) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(
        signatures={"fil": "Salamat po,\n{agent}", "en": "Thank you"}
    )
    message = answer(language="fil")
    send_due()
    letter = letter_of(message)
    assert letter["Content-Language"] == "fil"
    assert b"Salamat po,\r\nBen Bautista" in bytes(message.outgoing.raw)


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
    assert b"Connect the mailbox again" in bytes(delivery.letter.raw)  # type: ignore[union-attr]


def test_old_letters_lose_their_bytes_once_settled(
    answer: Callable[..., Message], by_mail: Ticket, ben: Agent
) -> None:
    sent = answer()
    send_due()
    with time_machine.travel(now() + timedelta(days=31)):
        assert operations.forget_letters() == 1
        assert operations.forget_letters() == 0
    assert bytes(Outgoing.objects.get(message=sent).raw) == b""


def test_nobody_to_write_to_means_no_letter(
    person: Callable[..., Customer], mailbox: Mailbox, ben: Agent
) -> None:
    nameless = person("Nobody")
    form = Channel.objects.create(kind="form", name="Members")
    ticket = open_ticket(
        customer=nameless,
        subject="x",
        message=NewMessage(body="x"),
        by=nameless.actor,
        channel=form,
        is_silent=True,
    )
    message = reply(ticket, NewMessage(body="Read this in the portal"), by=ben.actor, undo_seconds=0)
    assert recipients_of(message) == []
    assert send_due() == 0
    solve(ticket, by=ben.actor)


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
