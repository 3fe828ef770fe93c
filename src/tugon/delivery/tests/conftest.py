"""Ana's ticket by mail, and how Ben answers it."""

from collections.abc import Callable
from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.channels.models import Mailbox
from tugon.customers.models import Customer
from tugon.delivery.tests.looking import ANA
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import open_ticket, reply
from tugon.tickets.operations.opening import NewMessage


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
