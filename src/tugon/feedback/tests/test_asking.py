import pytest

from tugon.company import operations as company
from tugon.customers.models import Customer
from tugon.tickets import operations
from tugon.tickets.models import Message
from tugon.tickets.operations import NewMessage, open_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(ana, support):
    message = NewMessage(body="It says error E-2041.", language="en")
    return open_ticket(customer=ana, subject="Cannot play", message=message, by=ana.actor, team=support)


def asked(ticket):
    return Message.objects.filter(ticket=ticket, automatic="solved")


def test_the_customer_is_told_what_was_done_and_asked_once(ticket, ben):
    operations.solve(ticket, by=ben.actor, cause="Old cache", done="We cleared the cache.")
    operations.set_status(ticket, to="solved", by=ben.actor)
    letter = asked(ticket).get()
    assert "We cleared the cache." in letter.body
    assert "Old cache" not in letter.body
    assert "to=solution&answer=yes" in letter.body
    assert 'href="' in letter.body_html


def test_a_reply_that_solves_asks_in_its_own_letter(ticket, ben):
    operations.reply(ticket, NewMessage(body="Done."), by=ben.actor, then="solved")
    assert not asked(ticket).exists()


def test_who_said_so_themselves_is_not_asked(ticket, ana):
    operations.confirm_solution(ticket, by=ana.actor)
    assert not asked(ticket).exists()


def test_a_customer_who_writes_filipino_is_asked_in_filipino(ticket, ben, ana):
    Customer.objects.filter(pk=ana.pk).update(language="fil")
    type(ticket).objects.filter(pk=ticket.pk).update(language="fil")
    operations.solve(ticket, by=ben.actor, done="Nilinis namin ang cache.")
    assert asked(ticket).get().language == "fil"


def test_a_company_that_does_not_ask_sends_nothing(ticket, ben, ada):
    company.decide("asks_when_solved", value=False, by=ada.actor)
    operations.solve(ticket, by=ben.actor, done="x")
    assert not asked(ticket).exists()
