"""An agent changes many tickets, makes views, and watches a list that moves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import sign_in
from tests.browser import axe

from tugon.accounts.models import Agent
from tugon.tickets import operations
from tugon.tickets.models import Ticket, View

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_many_are_chosen_changed_and_taken_back(
    address: str, pile: list[Ticket], view: View, ben: Agent, page: Page
) -> None:
    sign_in(page, address, ben)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 chosen")
    axe(page)
    page.get_by_role("button", name="Change these…").click()
    page.get_by_label("Priority", exact=True).select_option(label="Urgent")
    page.get_by_label("Why this priority").fill("An outage of the payments")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Priority: Normal → Urgent")).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("2 tickets were looked at and changed.")).to_be_visible()
    assert Ticket.objects.filter(priority=4).count() == 2
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert Ticket.objects.filter(priority=4).count() == 0


def test_a_view_is_made_in_the_editor(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    operations.change(pile[6], priority=4, by=ben.actor)
    sign_in(page, address, ben)
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.wait_for_url(re.compile("/views/new"))
    page.get_by_label("Name").fill("Urgent ones")
    page.get_by_role("button", name="Add a condition").first.click()
    page.locator("#c-1-field").select_option(label="Priority")
    page.locator("#c-1-is").select_option(index=0)
    page.get_by_label("Urgent").check()
    expect(page.get_by_role("status").filter(has_text="1 ticket fits now.")).to_be_visible()
    page.get_by_role("button", name="Save the view").click()
    expect(page.get_by_role("heading", name="Urgent ones")).to_be_visible()
    expect(page.locator("#list [data-row]")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Queues")).to_contain_text("Urgent ones")


def test_a_live_list_keeps_what_was_chosen(
    live_address: str, pile: list[Ticket], view: View, ben: Agent, write_in: Callable[..., Ticket], page: Page
) -> None:
    sign_in(page, live_address, ben)
    chosen = page.locator(f"#row-{pile[5].pk} .row-check")
    chosen.check()
    page.locator(f"#row-{pile[7].pk} a").focus()
    page.wait_for_timeout(500)
    new = write_in("Fresh from the oven")
    expect(page.locator(f"#row-{new.pk}")).to_be_visible(timeout=3_000)
    expect(page.locator(".queue-link .queue-count").first).to_have_text("13", timeout=3_000)
    expect(chosen).to_be_checked()
    assert page.locator(".row-check:checked").count() == 1
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    expect(page.locator(f"#row-{pile[7].pk} a")).to_be_focused()
