"""An agent works by keys: lists, tickets, the command bar."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import sign_in

from tugon.accounts.models import Agent
from tugon.tickets import operations
from tugon.tickets.models import Ticket, View
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_keys_walk_the_list_open_a_ticket_and_step_through(
    address: str, pile: list[Ticket], view: View, ben: Agent, page: Page
) -> None:
    sign_in(page, address, ben)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    first = page.url
    current = page.locator('#list-beside [data-row][aria-current="true"]')
    expect(current).to_have_count(1)
    page.evaluate("document.querySelector('#list-beside-scroll').dataset.kept = 'yes'")
    page.keyboard.press("Shift+J")
    expect(page).not_to_have_url(first)
    number = re.search(r"/tickets/(\d+)/", page.url)
    assert number
    expect(page.locator("#ticket-pane h1")).to_contain_text(f"#{number[1]}")
    expect(page).to_have_title(re.compile(f"#{number[1]}"))
    expect(current).to_have_attribute("id", f"row-{number[1]}")
    # The list was left alone.
    assert page.evaluate("document.querySelector('#list-beside-scroll').dataset.kept") == "yes"
    page.keyboard.press("Shift+K")
    expect(page).to_have_url(first)


def test_keys_on_a_ticket_change_it(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    ticket = pile[3]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="On hold")).to_be_visible()
    page.get_by_role("button", name="On hold").click()
    expect(page.locator("#ticket-head summary").first).to_contain_text("On hold")
    page.keyboard.press("a")
    expect(page.locator("#p-assignee")).to_be_focused()
    page.locator("#p-assignee").select_option(label="Ben Bautista")
    expect(page.locator("#story")).to_contain_text("took the ticket")
    page.locator("#ticket-pane h1").click()
    page.keyboard.press("t")
    expect(page.locator("#p-tag")).to_be_focused()
    page.keyboard.type("refund")
    page.keyboard.press("Enter")
    expect(page.locator("#context-pane")).to_contain_text("refund")
    page.locator("#ticket-pane h1").click()
    page.keyboard.press("z")
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow").click()
    expect(page.locator("#ticket-head")).to_contain_text("Put away; it comes back")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    for words in ("Reply", "Note", "State", "Next ticket", "Assignee", "Next row"):
        expect(keys).to_contain_text(words)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.tags, ticket.status) == (ben, ["refund"], "hold")


def test_the_command_bar_finds_a_ticket_and_the_bell_counts(
    live_address: str, pile: list[Ticket], ben: Agent, lea: Agent, page: Page
) -> None:
    sign_in(page, live_address, lea)
    page.wait_for_timeout(700)
    operations.add_note(pile[2], NewMessage(body="Look"), by=ben.actor, mentions=[lea])
    expect(page.get_by_role("link", name="Notifications: 1 unread")).to_be_visible(timeout=3_000)
    page.keyboard.press("Control+k")
    page.keyboard.type(str(pile[2].pk))
    page.get_by_role("option", name=f"#{pile[2].pk}").first.click()
    page.wait_for_url(re.compile(f"/tickets/{pile[2].pk}/"))
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
