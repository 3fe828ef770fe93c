"""The first five minutes with the demo: write in as a customer, read what comes back, answer it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts.starting import create_roles
from tugon.company import operations as company
from tugon.company import settings as company_settings
from tugon.delivery.sending import send_due
from tugon.demo.house import PASSWORD, House, furnish
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, reply
from tugon.tickets.starting import create_starting_rows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sining(transactional_db: None, live_server: Any, settings: Any) -> House:
    settings.BASE_URL = str(live_server.url)
    create_roles()
    create_starting_rows()
    house = furnish()
    company.decide("demo_loaded_at", value=now().isoformat(), by=SYSTEM)
    company_settings.forget()
    return house


def test_writing_in_reading_the_answer_and_answering_it(sining: House, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/demo/mail/")
    page.get_by_label("E-mail address").fill("tomas@sining.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Mail sandbox")).to_be_visible()
    axe(page)

    page.get_by_role("main").get_by_role("link", name="Write in as a customer").click()
    page.get_by_label("Who writes").fill("Maria Clara Dizon <mclara.dizon@posta.example>")
    page.get_by_label("Subject").fill("The sound is gone")
    page.get_by_label("Letter").fill("Since this morning there is no sound at all. What can I do about it?")
    axe(page)
    screenshot(page, "demo-write")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The letter arrived and is on ticket")).to_be_visible()
    send_due()
    expect(page.get_by_role("link", name="The sound is gone")).to_be_visible()
    screenshot(page, "demo-mail")

    ticket = Ticket.objects.get(subject="The sound is gone")
    message = NewMessage(body="Please turn the switch on the left side.", language="en")
    reply(ticket, message, by=sining.agents["tomas"].actor, undo_seconds=0)
    send_due()
    letters = page.get_by_role("link", name=f"Re: The sound is gone [#{ticket.pk}]")
    expect(letters).to_have_count(2)  # the acknowledgement and, live, the reply
    letters.first.click()
    expect(page.frame_locator("iframe").get_by_text("Please turn the switch")).to_be_visible()
    axe(page, without=("iframe",))
    fits(page)
    screenshot(page, "demo-letter")

    page.get_by_role("link", name="Answer as the customer").click()
    expect(page.get_by_label("Who writes")).to_have_value("Maria Clara Dizon <mclara.dizon@posta.example>")
    page.get_by_label("Letter").fill("That was it. Thank you!")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(f"on ticket #{ticket.pk}")).to_be_visible()
    assert ticket.messages.filter(kind="incoming").last().body == "That was it. Thank you!"
