"""The acknowledgement, and the caps on all automatic mail."""

from datetime import timedelta

import pytest
import time_machine

from tugon.channels.email.addresses import reply_address
from tugon.company import operations as company
from tugon.customers.models import ContactPoint
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.intake import caps, links
from tugon.intake.models import AutomaticMail
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import open_ticket

from .conftest import letter

pytestmark = pytest.mark.django_db


def acknowledgements(ticket=None):
    rows = Message.objects.filter(kind="outgoing", automatic="acknowledgement")
    return rows.filter(ticket=ticket) if ticket else rows


def test_a_letter_is_acknowledged_at_once_with_number_content_and_time(arrives):
    with time_machine.travel("2026-11-20T02:00:00Z", tick=False):
        raw = letter(
            subject="Blank page", files=(("a.txt", "text/plain", b"1"), ("b.txt", "text/plain", b"2"))
        )
        ticket = arrives(raw).ticket
    said = acknowledgements(ticket).get()
    assert f"#{ticket.pk}" in said.body
    assert "Subject: Blank page" in said.body
    assert "2 files" in said.body
    assert "by Friday, 5:00 PM" in said.body
    assert links.PATH in said.body
    assert said.envelope["to"] == [{"name": "Ana Santos", "address": "ana@mail.example"}]
    assert said.language == "en"


def test_it_speaks_the_language_of_the_letter(arrives):
    text = "Magandang araw po. Hindi ko na mabuksan ang aking account mula kahapon. Paano ko po ito maaayos? Salamat."
    ticket = arrives(letter(text, subject="Hindi mabuksan ang account")).ticket
    assert ticket.language == "fil"
    assert acknowledgements(ticket).get().language == "fil"


def test_an_answer_is_not_acknowledged_again(arrives):
    ticket = arrives(letter()).ticket
    arrives(letter("And more", to=reply_address("help@company.example", ticket.pk)))
    assert acknowledgements().count() == 1


def test_a_mailbox_may_stay_silent(arrives, mailbox):
    mailbox.channel.acknowledges = False
    mailbox.channel.save()
    arrives(letter())
    assert not acknowledgements().exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"List_Id": "<l.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"Return_Path": "<>"},
    ],
)
def test_machines_and_who_asks_for_silence_get_no_answer(arrives, headers):
    row = arrives(letter(**headers))
    assert row.state == "ticketed"
    assert not acknowledgements().exists()


def test_noreply_gets_no_answer(arrives):
    arrives(letter(sender="noreply@shop.example"))
    assert not acknowledgements().exists()


def test_a_ping_pong_ends_at_the_daily_cap(arrives):
    company.decide("automatic_per_day", value=3, by=SYSTEM)
    for number in range(6):
        arrives(letter(f"We got your mail {number}", subject=f"Ticket {number}"))
    assert Ticket.objects.count() == 6
    assert acknowledgements().count() == 3


def test_the_breaker_stops_everything_and_tells_once(arrives):
    company.decide("automatic_per_hour", value=2, by=SYSTEM)
    for number in range(5):
        arrives(letter(sender=f"p{number}@mail.example"))
    assert acknowledgements().count() == 2
    assert Event.objects.named("AutomaticMailPaused").count() == 1


def test_the_breaker_closes_after_an_hour(arrives):
    company.decide("automatic_per_hour", value=1, by=SYSTEM)
    arrives(letter())
    AutomaticMail.objects.update(at=now() - timedelta(minutes=61))
    arrives(letter())
    assert acknowledgements().count() == 2


def test_an_address_that_bounced_for_good_is_left_alone(arrives, ana):
    ContactPoint.objects.update(undeliverable_at=now())
    arrives(letter())
    assert not acknowledgements().exists()


def test_what_an_agent_opens_is_not_acknowledged(ana, ben, mailbox):
    open_ticket(customer=ana, subject="Called", message=None, by=ben.actor, channel=mailbox.channel)
    assert not acknowledgements().exists()


def test_a_cap_counts_by_purpose(ticket):
    assert caps.claim("dina@mail.example", ticket=ticket, purpose="survey") is None
    assert caps.claim("DINA@mail.example", ticket=ticket, purpose="survey") == caps.Cap.TICKET
    assert caps.claim("dina@mail.example", ticket=ticket, purpose="resolution") is None


def test_a_request_link_opens_one_request_and_cannot_be_bent(ticket):
    token = links.token(ticket)
    assert links.verify(token) == links.RequestLink(ticket.pk, ticket.customer_id)
    number, rest = token.split("-", 1)
    assert links.verify(f"{int(number) + 1}-{rest}") is None
    assert links.verify(token[:-1]) is None
    assert links.verify("") is None
    assert links.verify(token, at=now() + timedelta(days=367)) is None
