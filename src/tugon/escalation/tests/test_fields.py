"""What views and rules may ask about escalation, in both ways of asking."""

import pytest

from tugon.escalation.models import Standing
from tugon.escalation.operations import ask, escalate
from tugon.lib.clock import now
from tugon.tickets import operations
from tugon.tickets.conditions import compile, describe, matches, resolve, snapshot
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage


@pytest.fixture
def three(write_in, by_mail, level, payments, ben, ana):
    """One escalated, one that waits for a department, one of neither."""
    raised, waiting, plain = write_in("Raised"), by_mail, write_in("Plain")
    escalate(raised, level(1, "Tier 2"), reason="Hard", by=ben.actor)
    ask(waiting, payments, message=NewMessage(body="Twice?"), waits=True, by=ben.actor)
    operations.add_incoming(plain, NewMessage(body="Hello?"), by=ana.actor, customer=ana)
    return raised, waiting, plain


@pytest.mark.parametrize(
    ("leaf", "wanted"),
    [
        ({"field": "escalation", "is": "is_not_empty"}, {"Raised"}),
        ({"field": "escalation", "is": "is_empty"}, {"Charged twice", "Plain"}),
        ({"field": "escalation", "is": "in", "value": ["Tier 2"]}, {"Raised"}),
        ({"field": "escalation", "is": "not_in", "value": ["Tier 2"]}, {"Charged twice", "Plain"}),
        ({"field": "waits_outside", "is": "is", "value": True}, {"Charged twice"}),
        ({"field": "waits_outside", "is": "is", "value": False}, {"Raised", "Plain"}),
        ({"field": "contacts", "is": "at_least", "value": 1}, {"Plain"}),
    ],
)
def test_both_ways_of_asking_agree(three, leaf, wanted):
    tree = resolve({"all": [leaf]})
    found = Ticket.objects.filter(compile(tree, agent=None, now=now()))
    assert {one.subject for one in found} == wanted
    asked = [one for one in Ticket.objects.all() if matches(tree, snapshot(one), now())]
    assert {one.subject for one in asked} == wanted


def test_the_level_is_named_in_the_readers_language(level):
    row = level(1, "Tier 2")
    row.names["fil"] = "Ikalawang antas"
    row.save()
    tree = {"all": [{"field": "escalation", "is": "in", "value": [row.pk]}]}
    assert "Ikalawang antas" in describe(tree, "fil")


def test_a_ticket_that_was_never_raised_has_no_row(ticket):
    assert not Standing.objects.filter(ticket=ticket).exists()
