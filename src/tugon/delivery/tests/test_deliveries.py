"""Who gets a letter, and what becomes of it, without any server: through the sandbox and from reports."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from tugon.accounts.models import Agent
from tugon.channels.email.addresses import ticket_behind
from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Customer
from tugon.delivery import handlers, operations
from tugon.delivery.errors import CannotSendAgain
from tugon.delivery.models import Delivery, Outgoing
from tugon.delivery.recipients import recipients_of
from tugon.delivery.sending import send_due
from tugon.delivery.tests.looking import ANA, letter_of, states
from tugon.lib.clock import now
from tugon.tickets.models import Message, MessageKey, Participant, Ticket
from tugon.tickets.operations import add_incoming, open_ticket, reply, send_automatic, solve, withdraw
from tugon.tickets.operations.opening import NewMessage


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
