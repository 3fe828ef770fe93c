"""Promises in a browser: a calendar and a policy are set up, clocks and the board are watched."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts import starting
from tugon.accounts.models import Agent, Role
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.lib.clock import now, standing_at
from tugon.sla import promises, watching
from tugon.sla.models import Calendar, Policy
from tugon.sla.starting import create_starting_rows
from tugon.tickets.operations import NewMessage, add_incoming, open_ticket, reply
from tugon.tickets.starting import create_starting_rows as create_states

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "mango-tree-in-bloom"


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def ada(transactional_db: None) -> Agent:
    starting.create_roles()
    create_states()
    create_starting_rows()
    promises.forget()
    agent = Agent.objects.create_user("ada@company.example", "Ada Aquino", PASSWORD, joined_at=now())
    agent.roles.add(Role.objects.get(name="Administrator"))
    return agent


@pytest.fixture
def tickets(ada: Agent) -> list[int]:
    """One that waited for its customer, one that is late, one that has just come."""
    channel = Channel.objects.create(kind="email", name="Help")
    customer = Customer.objects.create(name="Ana Santos", language="en")
    made = []
    for age, subject in ((timedelta(days=6), "Waited"), (timedelta(days=5), "Late"), (timedelta(0), "New")):
        with standing_at(now() - age):
            ticket = open_ticket(
                customer=customer,
                subject=subject,
                message=NewMessage(body="The page stays blank."),
                by=customer.actor,
                channel=channel,
            )
            made.append(ticket.pk)
            if subject == "Waited":
                reply(ticket, NewMessage(body="Which browser?"), by=ada.actor, then="waiting")
        if subject == "Waited":
            add_incoming(ticket, NewMessage(body="Firefox"), by=customer.actor, customer=customer)
    watching.look(tells=False)
    return made


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/administration/promises")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/administration/promises")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_screen_fits_and_axe_finds_nothing(
    address: str, tickets: list[int], open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme=theme)
    sign_in(page, address)
    calendar, policy = Calendar.objects.get(), Policy.objects.get()
    Calendar.objects.update(country="PH", feed_key="abc", exceptions={"2030-01-02": {"shifts": []}})
    other = Policy.objects.create(
        name="Urgent", conditions={"all": [{"field": "priority", "is": "at_least", "value": 4}]}
    )
    for path in (
        "administration/promises", f"administration/promises/{policy.pk}", f"administration/promises/{other.pk}",
        "administration/calendars", f"administration/calendars/{calendar.pk}", "console/promises",
        f"console/tickets/{tickets[0]}/",
    ):  # fmt: skip
        page.goto(f"{address}/{path}")
        screenshot(page, f"promises-{path.replace('/', '-')}-{size}-{theme}", whole=True)
        axe(page)
        fits(page)


def test_a_calendar_shows_the_year_while_it_is_written(address: str, ada: Agent, page: Page) -> None:
    sign_in(page, address)
    page.goto(f"{address}/administration/calendars/new")
    page.get_by_label("Name").fill("Office")
    page.get_by_label("Monday").fill("9–12, 13:00–17:00")
    page.get_by_label("Public holidays of").select_option("PH")
    expect(page.get_by_text("As written, not saved yet.")).to_be_visible()
    expect(page.locator("#year")).to_contain_text("Christmas Day")
    page.get_by_label("Tuesday").fill("9–12, 11–17")
    page.get_by_label("Name").click()
    expect(page.locator("#year")).to_contain_text("Tuesday: two stretches overlap.")
    page.get_by_label("Tuesday").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Open promises are reckoned anew.")).to_be_visible()
    assert Calendar.objects.get(name="Office").shifts["0"] == [["09:00", "12:00"], ["13:00", "17:00"]]


def test_a_policy_for_urgent_tickets_is_made_and_counts(address: str, tickets: list[int], page: Page) -> None:
    sign_in(page, address)
    page.get_by_role("link", name="Add a policy").click()
    page.get_by_label("Name").fill("Urgent")
    page.get_by_label("First answer within").fill("2")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Urgent", exact=True)).to_be_visible()
    assert Policy.objects.get(name="Urgent").first_response == "2 business days"


def test_the_clock_beside_the_ticket_says_why_it_stood_still(
    address: str, tickets: list[int], page: Page
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/console/tickets/{tickets[0]}/")
    clock = page.locator("details", has_text="Solution").first
    clock.locator("summary").click()
    expect(clock).to_contain_text("while waiting for the customer")
    page.goto(f"{address}/console/promises")
    expect(page.get_by_role("heading", name="Next to break")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Late #")).first).to_be_visible()
