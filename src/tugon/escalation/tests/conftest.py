"""Levels, departments and a rota as a small company has them."""

from collections.abc import Callable
from typing import Any

import pytest

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Mailbox
from tugon.customers.models import Customer
from tugon.escalation.models import Department, Level, Rota, RotaPlace
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket

ANA = {"name": "Ana Santos", "address": "ana@mail.example"}


@pytest.fixture
def level(db: None) -> Callable[..., Level]:
    """Make a level: `level(1, "Tier 2", team=billing)`."""

    def make(position: int, name: str = "", **fields: Any) -> Level:
        people = fields.pop("people", ())
        row = Level.objects.create(position=position, names={"en": name or f"Level {position}"}, **fields)
        row.people.set(people)
        return row

    return make


@pytest.fixture
def payments(db: None) -> Department:
    return Department.objects.create(
        names={"en": "Payments", "fil": "Bayaran"}, address="desk@payments.example", hours_to_answer=4
    )


@pytest.fixture
def rota(ben: Agent, lea: Agent) -> Rota:
    """Ben this week, Lea the next; two calls each, ten minutes apart."""
    row = Rota.objects.create(name="Nights")
    RotaPlace.objects.create(rota=row, agent=ben, position=0, address="ben-phone@pager.example")
    RotaPlace.objects.create(rota=row, agent=lea, position=1)
    return row


@pytest.fixture
def by_mail(ana: Customer, mailbox: Mailbox, support: Team) -> Ticket:
    """A ticket that Ana's letter opened, and two messages on it."""
    message = NewMessage(
        body="I was charged twice for March.",
        language="en",
        envelope={"from": ANA, "to": [], "reply_to": [], "subject": "Charged twice"},
        keys=["<first@mail.example>"],
    )
    return open_ticket(
        customer=ana,
        subject="Charged twice",
        message=message,
        by=ana.actor,
        channel=mailbox.channel,
    )
