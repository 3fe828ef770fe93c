"""The portal's own cast: a form for members, and somebody who fills it in like a person."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Audience, ContactPoint, Customer
from tugon.intake import forms as intake
from tugon.intake.models import Form
from tugon.lib import clock
from tugon.portal import tasks
from tugon.portal.models import SignIn
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket

ANSWERS = {
    "name": "Dina Cruz",
    "email": "dina@mail.example",
    "username": "dinac",
    "subject": "Video stops after ten seconds",
    "description": "Since 9 this morning every video stops after ten seconds on my phone.",
    "side": "theirs",
}


@pytest.fixture
def form(members: Audience, mailbox: Mailbox) -> Form:
    """The members' form at /contact/members/."""
    channel = Channel.objects.create(kind="form", name="Members", team=mailbox.channel.team)
    return Form.objects.create(
        channel=channel, slug="members", audience=members, titles={"en": "Help for members"}
    )


@pytest.fixture
def fill(form: Form, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Send the form as a person does, a minute after opening it: `fill(client, subject="…")`."""

    def send(client: Client, *, slug: str = "members", seconds: int = 60, **changes: Any) -> Any:
        shown = clock.now() - timedelta(seconds=seconds)
        with monkeypatch.context() as patch:
            patch.setattr(intake, "now", lambda: shown)
            token = intake.token(Form.objects.get(slug=slug))
        return client.post(f"/contact/{slug}/", {**ANSWERS, "token": token, "once": "page-1", **changes})

    return send


@pytest.fixture
def sign_in() -> Callable[[Client, Customer], None]:
    """As if the customer had come by a letter."""

    def enter(client: Client, customer: Customer) -> None:
        session = client.session
        session["customer_id"] = customer.pk
        session.save()

    return enter


@pytest.fixture
def letter(db: None) -> Callable[[], mail.EmailMultiAlternatives]:
    """Send the letter asked for last, and read it."""

    def read() -> Any:
        tasks.send_sign_in(SignIn.objects.latest("pk").pk)
        return mail.outbox[-1]

    return read


def ask(client: Client, address: str = "ana@mail.example") -> Any:
    """Ask for a sign-in letter; the page that answers."""
    return client.post("/sign-in/", {"email": address}, follow=True)


def link_in(letter: Any) -> str:
    """The path of the sign-in link."""
    found = re.search(r"/sign-in/[\w-]+/", str(letter.body))
    assert found
    return found[0]


def code_in(letter: Any) -> str:
    found = re.search(r"\b(\d{3}) (\d{3})\b", str(letter.body))
    assert found
    return found[1] + found[2]


@pytest.fixture
def claimed(form: Form) -> Ticket:
    """Somebody who only typed Ana's address wrote this."""
    customer = Customer.objects.create(name="Not Ana")
    ContactPoint.objects.create(customer=customer, kind="email", value="ana@mail.example", is_primary=True)
    return open_ticket(
        customer=customer,
        subject="Give me access",
        message=NewMessage(body="I lost my phone."),
        by=customer.actor,
        channel=form.channel,
    )


@pytest.fixture
def as_ana(client: Client, ana: Customer, sign_in: Callable[[Client, Customer], None]) -> Client:
    sign_in(client, ana)
    return client


def shown(client: Client, ticket: Ticket) -> str:
    answer = client.get(f"/requests/{ticket.pk}/")
    assert answer.status_code == 200
    return str(answer.content.decode())
