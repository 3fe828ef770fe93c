"""What a person did before is carried to the ticket."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.events.models import Event
from tugon.portal import context
from tugon.portal.context import Carried
from tugon.portal.identity import Visitor
from tugon.tickets.models import Ticket

Fill = Callable[..., Any]


def walked(value: str, visitor: Visitor, language: str) -> Carried | None:
    if value != "w-1":
        return None
    return Carried(f"Walked in {language}", (("Which device?", "<Phone>"),), url="/x/", subject="No sound")


@pytest.fixture(autouse=True)
def walks() -> Iterator[None]:
    before = dict(context._resolvers)
    context.provide("walk", walked)
    yield
    context._resolvers.clear()
    context._resolvers.update(before)


def test_the_form_shows_what_goes_along_and_begins_with_its_subject(client: Client, form: Any) -> None:
    page = client.get("/contact/members/?walk=w-1&lang=fil").content.decode()
    assert "Walked in fil" in page
    assert "&lt;Phone&gt;" in page
    assert 'name="walk" value="w-1"' in page
    assert 'value="No sound"' in page


def test_it_is_stored_with_the_ticket_in_the_companys_language(client: Client, fill: Fill) -> None:
    client.get("/?lang=fil")
    fill(client, walk="w-1")
    ticket = Ticket.objects.get()
    assert ticket.context["carried"] == [
        {
            "kind": "walk",
            "value": "w-1",
            "title": "Walked in en",
            "lines": [["Which device?", "<Phone>"]],
            "url": "/x/",
        }
    ]
    fact = Event.objects.get(name="ContextCarried")
    assert fact.data == {"ticket_id": ticket.pk, "kind": "walk", "value": "w-1"}


def test_a_parameter_nobody_knows_is_taken_for_nothing(client: Client, fill: Fill) -> None:
    assert "Walked" not in client.get("/contact/members/?walk=other").content.decode()
    fill(client, walk="other")
    assert "carried" not in Ticket.objects.get().context
    assert not Event.objects.filter(name="ContextCarried").exists()


def test_a_form_that_comes_back_still_takes_it_along(client: Client, fill: Fill) -> None:
    answer = fill(client, walk="w-1", description="")
    assert answer.status_code == 422
    assert 'name="walk" value="w-1"' in answer.content.decode()


def test_agents_read_it_above_the_conversation(client: Client, fill: Fill, ben: Agent) -> None:
    fill(client, walk="w-1")
    agent = Client()
    agent.force_login(ben)
    page = agent.get(f"/console/tickets/{Ticket.objects.get().pk}/").content.decode()
    assert "Walked in en" in page
    assert "Which device?" in page
    assert "&lt;Phone&gt;" in page


def test_a_request_kept_aside_takes_it_along_when_it_is_released(
    client: Client, fill: Fill, ada: Agent
) -> None:
    from tugon.intake.models import Received
    from tugon.intake.operations import release

    fill(client, walk="w-1", seconds=1)
    release(Received.objects.get(), by=ada.actor)
    assert Ticket.objects.get().context["carried"][0]["title"] == "Walked in en"
    assert Event.objects.filter(name="ContextCarried").count() == 1
