from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.console import queues
from tugon.templates.models import Template
from tugon.templates.starting import create_starting_rows


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    queues._counted.clear()


@pytest.fixture
def starters(db: None) -> None:
    create_starting_rows()


@pytest.fixture
def details(starters: None) -> Template:
    return Template.objects.get(key="need-details")


@pytest.fixture
def enter() -> Callable[[Agent], Client]:
    """A browser in which this agent is signed in."""

    def made(agent: Agent) -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return made
