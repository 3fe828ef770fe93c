"""The main job by mail, from a customer's mail server to ours and back, on real servers."""

import email
import email.policy
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
from tests.mail.conftest import new_box, signed_in
from tests.mail.dovecot import Dovecot
from tests.mail.smtp import PASSWORD, USER, SmtpServer, Taken

from tugon.accounts.models import Agent, Team
from tugon.channels.email.imap import fetch
from tugon.channels.models import Mailbox
from tugon.delivery.models import Delivery
from tugon.delivery.sending import send_due
from tugon.intake.operations import process_waiting, receive
from tugon.lib import secrets
from tugon.tickets import operations
from tugon.tickets.models import Message, Participant, Ticket
from tugon.tickets.operations.opening import NewMessage

pytestmark = pytest.mark.django_db(transaction=True)
ANA = "ana@customer.test"


@dataclass
class World:
    """A mail server that everybody uses: what is sent by SMTP lies in the recipient's IMAP mailbox a moment later."""

    dovecot: Dovecot
    smtp: SmtpServer
    box: Mailbox

    def write(self, raw: EmailMessage, *, sender: str) -> None:
        """A customer's mail program sends a letter."""
        with smtplib.SMTP(self.smtp.host, self.smtp.port, timeout=10) as client:
            client.send_message(raw, from_addr=sender)

    def work(self) -> None:
        """What our processes do all day, once."""
        fetch(Mailbox.objects.get(pk=self.box.pk), receive)
        process_waiting()
        send_due()

    def inbox(self, user: str) -> list[EmailMessage]:
        with signed_in(self.dovecot, user) as client:
            client.select_folder("INBOX")
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
        return [
            email.message_from_bytes(found[uid][b"BODY[]"], policy=email.policy.default)  # type: ignore[misc]
            for uid in sorted(found)
        ]


@pytest.fixture
def world(dovecot: Dovecot, smtp_server: SmtpServer, support: Team) -> World:
    def carry(taken: Taken) -> None:
        with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=10) as client:
            for (
                recipient
            ) in taken.recipients:  # smtplib reads one answer a letter, LMTP gives one a recipient
                client.sendmail(taken.sender, [recipient], taken.raw)

    smtp_server.on_data = carry
    box = new_box(
        dovecot,
        outgoing="smtp",
        smtp_host=smtp_server.host,
        smtp_port=smtp_server.port,
        smtp_security="none",
        smtp_user=USER,
        sealed_smtp_password=secrets.seal(PASSWORD),
        signatures={"en": "{agent}\n{company}"},
    )
    box.channel.team = support
    box.channel.save()
    for user in (ANA, "eve@stranger.test", "carl@customer.test"):
        with signed_in(dovecot, user) as client:
            client.select_folder("INBOX")
            client.delete_messages(client.search())
            client.expunge()
    world = World(dovecot, smtp_server, box)
    world.work()
    return world


def written(subject: str, body: str, *, sender: str, to: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{abs(hash((subject, body, sender)))}@mail.test>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_letter_becomes_a_ticket_and_every_answer_stays_in_the_thread(world: World, ben: Agent) -> None:
    first = written(
        "Video stops", "It stops after ten seconds.\n\nAna", sender=f"Ana Cruz <{ANA}>", to=world.box.address
    )
    world.write(first, sender=ANA)
    world.work()
    ticket = Ticket.objects.get()
    assert ticket.subject == "Video stops"
    (receipt,) = world.inbox(ANA)
    assert receipt["In-Reply-To"] == first["Message-ID"]
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert receipt["X-Auto-Response-Suppress"] == "All"
    assert f"[#{ticket.pk}]" in receipt["Subject"]

    operations.reply(
        ticket, NewMessage(body="Hello Ana,\n\nplease try again now."), by=ben.actor, undo_seconds=0
    )
    send_due()
    answer = world.inbox(ANA)[-1]
    assert answer["In-Reply-To"] == first["Message-ID"]
    assert answer["References"].split()[0] == first["Message-ID"]
    assert receipt["Message-ID"] in answer["References"]
    assert answer["Subject"] == f"Re: Video stops [#{ticket.pk}]"
    assert answer["Auto-Submitted"] is None
    assert answer["From"].addresses[0].display_name.startswith("Ben")
    text = answer.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.count("It stops after ten seconds.") == 1
    assert "> It stops after ten seconds." in text

    back = written(
        "Re: Video stops", "Works, thank you!", sender=ANA, to=str(answer["Reply-To"].addresses[0].addr_spec)
    )
    world.write(back, sender=ANA)
    world.work()
    assert Ticket.objects.count() == 1
    assert [one.body for one in ticket.messages.filter(kind="incoming")][-1] == "Works, thank you!"
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_an_answer_without_the_signed_address_is_known_by_its_references(world: World, ben: Agent) -> None:
    world.write(written("Refund", "Please.", sender=ANA, to=world.box.address), sender=ANA)
    world.work()
    ticket = Ticket.objects.get()
    operations.reply(ticket, NewMessage(body="Done."), by=ben.actor, undo_seconds=0)
    send_due()
    answer = world.inbox(ANA)[-1]
    back = written(
        "AW: something else", "Thanks", sender=ANA, to=world.box.address, In_Reply_To=answer["Message-ID"]
    )
    world.write(back, sender=ANA)
    world.work()
    assert Ticket.objects.count() == 1
    assert ticket.messages.count() == 4


def test_a_stranger_with_the_same_subject_does_not_join_the_ticket(world: World) -> None:
    world.write(written("Refund", "Please.", sender=ANA, to=world.box.address), sender=ANA)
    world.work()
    ticket = Ticket.objects.get()
    eve = written(f"Re: Refund [#{ticket.pk}]", "Show me", sender="eve@stranger.test", to=world.box.address)
    world.write(eve, sender="eve@stranger.test")
    world.work()
    assert Ticket.objects.count() == 2
    assert ticket.messages.filter(kind="incoming").count() == 1
    assert all("Please." not in str(one) for one in world.inbox("eve@stranger.test"))


def test_who_was_in_copy_gets_the_reply_and_nobody_else(world: World, ben: Agent) -> None:
    copied = written("Invoice", "See below", sender=ANA, to=world.box.address, Cc="Carl <carl@customer.test>")
    world.write(copied, sender=ANA)
    world.work()
    ticket = Ticket.objects.get()
    assert Participant.objects.get(ticket=ticket).address == "carl@customer.test"
    operations.reply(ticket, NewMessage(body="Here it is."), by=ben.actor, undo_seconds=0)
    send_due()
    reply = world.smtp.taken[-1]
    assert set(reply.recipients) == {ANA, "carl@customer.test"}
    assert [one.addr_spec for one in reply.message["Cc"].addresses] == ["carl@customer.test"]
    assert len(world.inbox("carl@customer.test")) == 1 + _copies_by_the_sender(world)


def test_our_own_letters_never_become_tickets(world: World, ben: Agent) -> None:
    world.write(written("Loop", "x", sender=ANA, to=world.box.address), sender=ANA)
    world.work()
    (receipt,) = world.inbox(ANA)
    for _ in range(3):
        with smtplib.SMTP(world.smtp.host, world.smtp.port, timeout=10) as client:
            client.sendmail(ANA, [world.box.address], receipt.as_bytes(policy=email.policy.SMTP))
        world.work()
    assert Ticket.objects.count() == 1
    assert Message.objects.count() == 2
    assert len(world.inbox(ANA)) == 1


def test_a_machines_answer_to_the_acknowledgement_is_not_answered(world: World) -> None:
    world.write(written("Help", "x", sender=ANA, to=world.box.address), sender=ANA)
    world.work()
    receipt = world.inbox(ANA)[0]
    away = written(
        "Out of office: Help",
        "I am away",
        sender=ANA,
        to=str(receipt["Reply-To"]),
        Auto_Submitted="auto-replied",
    )
    world.write(away, sender=ANA)
    world.work()
    assert Ticket.objects.count() == 1
    assert len(world.inbox(ANA)) == 1


def _copies_by_the_sender(world: World) -> int:
    """The mail server carried Ana's first letter to Carl too."""
    return sum("carl@customer.test" in taken.recipients and taken.sender == ANA for taken in world.smtp.taken)
