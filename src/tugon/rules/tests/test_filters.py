from __future__ import annotations

import pytest

from tugon.intake import operations as intake
from tugon.intake.models import Received
from tugon.intake.operations.ledger import counts
from tugon.rules.models import Firing
from tugon.tickets.models import Ticket

from .conftest import leaf

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrives(mailbox):
    """A letter arrives and is read."""

    def come(
        subject: str, body: str = "Hello there, please help.", sender: str = "dina@mail.example"
    ) -> Received:
        number = Received.objects.count()
        raw = (
            f"From: Dina <{sender}>\r\nTo: help@company.example\r\nSubject: {subject}\r\n"
            f"Message-ID: <{number}@mail.example>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0800\r\n\r\n{body}\r\n"
        )
        row = intake.store(mailbox.channel, raw.encode(), via="sandbox", place=str(number))
        return intake.process(row)

    return come


def test_what_a_filter_ignores_is_a_line_of_the_ledger_with_the_rule_and_no_ticket(rule, arrives, mailbox):
    one = rule(
        "No casinos",
        {"all": [leaf("subject", "contains", "casino")]},
        [{"do": "ignore", "reason": "Casino letters"}],
        kind="filter",
    )
    row = arrives("Casino bonus")
    assert (row.state, row.reason) == ("ignored", "Casino letters (No casinos v1)")
    assert not Ticket.objects.exists()
    assert Firing.objects.get(rule=one).received == row
    arrives("A question")
    line = counts()[mailbox.channel_id]
    assert (line.received, line.ignored, line.ticketed) == (2, 1, 1)


def test_what_a_filter_keeps_aside_can_be_released(rule, arrives, ada):
    rule(
        "Look first",
        {"all": [leaf("sender", "contains", "@winbig.example")]},
        [{"do": "quarantine", "reason": "Writes about bonuses"}],
        kind="filter",
    )
    row = arrives("Hello", sender="promo@winbig.example")
    assert row.state == "quarantined"
    assert intake.release(row, by=ada.actor).state == "ticketed"
    assert Ticket.objects.count() == 1


def test_a_filter_opens_the_ticket_as_it_says(rule, arrives, billing):
    one = rule(
        "Invoices",
        {"all": [leaf("message_text", "any_of", ["invoice"])]},
        [
            {"do": "team", "team": billing.pk},
            {"do": "tags", "add": ["invoice"]},
            {"do": "set", "field": "kind", "value": "task"},
            {"do": "set", "field": "severity", "value": 3},
        ],
        kind="filter",
    )
    row = arrives("Invoice please")
    ticket = Ticket.objects.get(pk=row.ticket_id)
    assert (ticket.team, ticket.tags, ticket.kind, ticket.severity) == (billing, ["invoice"], "task", 3)
    assert Firing.objects.get(ticket=ticket).rule == one


def test_spam_by_a_filter_is_in_no_list_and_not_lost(rule, arrives):
    rule("Links", {"all": [leaf("message_text", "any_of", ["backlink*"])]}, [{"do": "spam"}], kind="filter")
    row = arrives("Offer", "We sell backlinks")
    assert row.ticket.is_spam


def test_what_is_not_known_before_a_ticket_exists_is_refused(rule):
    with pytest.raises(Exception, match="before a ticket exists"):
        rule("x", {"all": [leaf("reopen_count", "at_least", 2)]}, [{"do": "spam"}], kind="filter")
