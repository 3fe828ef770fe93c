"""Lists of the administration cost the same however long they are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tugon.accounts.models import Agent, Membership, Role, Team
from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Audience, CustomField, Organisation, Plan
from tugon.delivery.models import Delivery, Outgoing
from tugon.events.models import Event, FailedReaction
from tugon.intake.models import Form, SenderRule
from tugon.intake.operations import store
from tugon.lib.clock import now
from tugon.tickets.models import State, Tag, View

from .test_pages import PAGES, RAW, address

pytestmark = pytest.mark.django_db


def fill(hire: Callable[..., Agent], support: Team, numbers: range) -> None:
    """One more row for each number, of everything that the administration lists."""
    for one in numbers:
        agent = hire(f"Agent{one}", "Agent", support)
        team = Team.objects.create(name=f"Team {one}")
        Membership.objects.create(team=team, agent=agent)
        audience = Audience.objects.create(key=f"a{one}", names={"en": f"A{one}"})
        channel = Channel.objects.create(kind="form", name=f"Form {one}", team=team)
        Form.objects.create(channel=channel, slug=f"f{one}", audience=audience)
        box = Mailbox.objects.create(
            channel=Channel.objects.create(kind="email", name=f"Box {one}", team=team),
            address=f"b{one}@x.example",
        )
        kept = store(box.channel, RAW + str(one).encode(), via="imap", place=f"INBOX {one}")
        assert kept is not None
        Role.objects.create(name=f"Role {one}", permissions=["ticket.view"])
        State.objects.create(names={"en": f"State {one}"}, status="hold")
        Tag.objects.create(name=f"tag-{one}")
        View.objects.create(name=f"View {one}", team=team, conditions={}, position=1)
        Plan.objects.create(name=f"Plan {one}", key=f"p{one}")
        Organisation.objects.create(name=f"Studio {one}")
        CustomField.objects.create(key=f"k{one}", names={"en": "K"}, kind="text", on="ticket")
        SenderRule.objects.create(pattern=f"s{one}@x.example", verdict="ignore")
        letter = Outgoing.objects.create(
            mailbox=box, letter_id=f"l{one}", subject="x", return_address="", raw=b""
        )
        Delivery.objects.create(
            letter=letter,
            mailbox=box,
            purpose="notice",
            recipient="a@x.example",
            state="queued",
            queued_at=now(),
        )
        event = Event.objects.create(
            name="AgentJoined",
            subject_kind="agent",
            subject_id=agent.pk,
            actor_kind="agent",
            actor_id=agent.pk,
            at=now(),
        )
        FailedReaction.objects.create(event=event, reaction="x", error="x", failed_at=now())


@pytest.mark.parametrize(("route", "register"), PAGES)
def test_a_page_costs_the_same_queries_however_many_rows_it_lists(
    client: Client, ada: Agent, hire: Callable[..., Agent], support: Team, route: str, register: str
) -> None:
    client.force_login(ada)
    fill(hire, support, range(2))
    client.get(address(route, register))
    with CaptureQueriesContext(connection) as few:
        assert client.get(address(route, register)).status_code == 200
    fill(hire, support, range(2, 7))
    client.get(address(route, register))  # what is decided was changed, so it is read anew once
    with CaptureQueriesContext(connection) as many:
        assert client.get(address(route, register)).status_code == 200
    assert len(many) <= len(few)
