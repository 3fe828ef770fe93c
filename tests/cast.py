"""The small fixed cast of the tests. Ana writes to us; Ben answers, Lea leads, Ada administers, Carl only looks.

Every fixture is a row in the test's own transaction. A test that only names `ticket` gets Ana's, in the team Support.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tugon.accounts.models import Agent, Membership, Role, Team
from tugon.accounts.starting import create_roles
from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Audience, ContactPoint, Customer, Organisation, Plan
from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket

PASSWORD = "mango-tree-in-bloom"


@pytest.fixture
def roles(db: None) -> dict[str, Role]:
    """The four starting roles by name."""
    create_roles()
    return {role.name: role for role in Role.objects.all()}


@pytest.fixture
def support(db: None) -> Team:
    return Team.objects.create(name="Support")


@pytest.fixture
def billing(db: None) -> Team:
    return Team.objects.create(name="Billing")


@pytest.fixture
def hire(roles: dict[str, Role]) -> Callable[..., Agent]:
    """Make an agent: `hire("Dan", "Agent", support)`. The password of all is PASSWORD."""

    def make(name: str, role: str = "Agent", *teams: Team, **fields: Any) -> Agent:
        agent = Agent.objects.create_user(
            f"{name.lower()}@company.example",
            name=f"{name} {_SURNAMES.get(name, 'Reyes')}",
            password=PASSWORD,
            joined_at=now(),
            **fields,
        )
        agent.roles.add(roles[role])
        Membership.objects.bulk_create(Membership(team=team, agent=agent) for team in teams)
        return agent

    return make


_SURNAMES = {"Ben": "Bautista", "Lea": "Lim", "Ada": "Aquino", "Carl": "Cruz"}


@pytest.fixture
def ben(hire: Callable[..., Agent], support: Team) -> Agent:
    """An agent of Support."""
    return hire("Ben", "Agent", support)


@pytest.fixture
def lea(hire: Callable[..., Agent], support: Team, billing: Team) -> Agent:
    """Leads Support and is in Billing too."""
    agent = hire("Lea", "Lead", support, billing)
    Membership.objects.filter(agent=agent, team=support).update(leads=True)
    return agent


@pytest.fixture
def ada(hire: Callable[..., Agent]) -> Agent:
    """The administrator, in no team."""
    return hire("Ada", "Administrator")


@pytest.fixture
def carl(hire: Callable[..., Agent], billing: Team) -> Agent:
    """A collaborator of Billing: reads what is his team's and writes notes."""
    return hire("Carl", "Collaborator", billing)


@pytest.fixture
def members(db: None) -> Audience:
    return Audience.objects.create(key="members", names={"en": "Members", "fil": "Mga miyembro"})


@pytest.fixture
def premium(db: None) -> Plan:
    return Plan.objects.create(key="premium", name="Premium")


@pytest.fixture
def studio(db: None) -> Organisation:
    return Organisation.objects.create(name="Studio Luntian", domains=["luntian.example"])


@pytest.fixture
def person(db: None) -> Callable[..., Customer]:
    """Make a customer with a verified address: `person("Dina", "dina@mail.example")`."""

    def make(name: str, address: str = "", *, verified: bool = True, **fields: Any) -> Customer:
        customer = Customer.objects.create(name=name, **fields)
        if address:
            ContactPoint.objects.create(
                customer=customer,
                kind="email",
                value=address,
                is_primary=True,
                verified_at=now() if verified else None,
            )
        return customer

    return make


@pytest.fixture
def ana(person: Callable[..., Customer], members: Audience) -> Customer:
    """The customer, known by a verified address."""
    return person("Ana Santos", "ana@mail.example", audience=members, language="en")


@pytest.fixture
def mailbox(support: Team) -> Mailbox:
    """help@company.example, whose letters go nowhere but the sandbox."""
    channel = Channel.objects.create(kind="email", name="Help", team=support)
    return Mailbox.objects.create(
        channel=channel, address="help@company.example", outgoing=Mailbox.Outgoing.SANDBOX
    )


@pytest.fixture
def write_in(ana: Customer, mailbox: Mailbox) -> Callable[..., Ticket]:
    """Open a ticket by mail: `write_in("Refund", "Please …")`. Without `customer=`, Ana writes."""

    def make(subject: str = "Blank page", body: str = "The page stays blank.", **fields: Any) -> Ticket:
        customer = fields.pop("customer", ana)
        fields.setdefault("channel", mailbox.channel)
        return open_ticket(
            customer=customer,
            subject=subject,
            message=NewMessage(body=body, language="en"),
            by=customer.actor,
            **fields,
        )

    return make


@pytest.fixture
def ticket(write_in: Callable[..., Ticket]) -> Ticket:
    """Ana's ticket in the team Support, new, with one message."""
    return write_in("Video will not play", "Since this morning no video plays on my phone.")


@pytest.fixture
def facts(db: None) -> Callable[..., list[str]]:
    """Names of the facts recorded about a row, oldest first: `facts(ticket)`, `facts(ana)`."""

    def read(row: Any) -> list[str]:
        kind = type(row).__name__.lower()
        return list(Event.objects.about(kind, row.pk).values_list("name", flat=True))

    return read
