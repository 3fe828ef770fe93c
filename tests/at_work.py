"""Agents at work in a real browser: a view, a pile of tickets in it, and how one signs in and writes."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.cast import PASSWORD

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.project.tests.test_live_streams import web
from tugon.tickets import operations
from tugon.tickets.models import Ticket, View
from tugon.tickets.operations import NewMessage
from tugon.tickets.starting import create_starting_rows

OPEN = {"all": [{"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}]}


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def live_address() -> Iterator[str]:
    """The real server, with its stream."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ.setdefault("TUGON_BASE_URL", f"http://127.0.0.1:{port}")
    with web(port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def view(db: None) -> View:
    create_starting_rows()
    View.objects.all().delete()
    return View.objects.create(name="All open", conditions=OPEN, icon="inbox", shortcut="o")


@pytest.fixture
def pile(view: View, write_in: Callable[..., Ticket], ana: Customer) -> list[Ticket]:
    rows = [write_in(f"Video {number} will not play") for number in range(12)]
    operations.add_incoming(
        rows[0],
        NewMessage(body="Still nothing", full_text="Still nothing\n> earlier"),
        by=ana.actor,
        customer=ana,
    )
    return rows


def sign_in(page: Page, address: str, agent: Agent, to: str = "/console/") -> None:
    page.goto(f"{address}/account/login/?next={to}")
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(re.compile("/console/"))


def editor(page: Page, name: str = "Your answer") -> Any:
    return page.get_by_role("textbox", name=name)
