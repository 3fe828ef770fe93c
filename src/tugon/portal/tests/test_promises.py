"""What a customer reads of our promises on the page of their request."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from tugon.portal import promises as portal_promises
from tugon.portal.words import standing
from tugon.sla import promises, watching
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import NewMessage, add_incoming, reply

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def monday():
    promises.forget()
    with time_machine.travel(MONDAY, tick=False) as clock, timezone.override("UTC"):
        yield clock
    promises.forget()


def lines(ticket):
    return portal_promises.lines(Ticket.objects.get(pk=ticket.pk))


def turn(ticket):
    return standing(Ticket.objects.select_related("state").get(pk=ticket.pk)).turn


def test_the_next_promise_is_said_in_the_customers_words(monday, write_in, ben):
    ticket = write_in()
    assert turn(ticket) == "We expect to answer today by 5:00 PM."
    assert "We expect to have it solved by Wednesday, 5:00 PM." in lines(ticket)
    reply(ticket, NewMessage(body="I look into it"), by=ben.actor)
    assert turn(ticket) == "We are on it, and expect to have it solved by Wednesday, 5:00 PM."
    with translation.override("fil"):
        assert "Miyerkules" in turn(ticket)


def test_a_clock_that_stands_still_says_why(monday, write_in, ana, ben):
    ticket = write_in()
    reply(ticket, NewMessage(body="Which browser?"), by=ben.actor, then="waiting")
    assert "while we wait for you" in lines(ticket)[0]
    monday.shift(timedelta(hours=2, minutes=10))
    add_incoming(ticket, NewMessage(body="Firefox"), by=ana.actor, customer=ana)
    assert "Our clock stood still for 2 hours 10 minutes while we waited for you." in lines(ticket)


def test_the_new_time_of_a_late_promise_is_said(monday, write_in):
    ticket = write_in()
    person = {"from": {"name": "Ana", "address": "ana@mail.example"}, "may_answer": True}
    Message.objects.filter(ticket=ticket).update(envelope=person)
    monday.shift(timedelta(hours=7, minutes=45))
    watching.look()
    assert any(line.startswith("We now expect to answer tomorrow") for line in lines(ticket))
