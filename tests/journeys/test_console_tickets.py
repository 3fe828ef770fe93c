"""What a ticket page keeps open, and tickets that become one."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import sign_in
from tests.browser import axe

from tugon.accounts.models import Agent
from tugon.tickets import operations
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_quoted_text_and_folded_changes_stay_open_when_the_page_changes(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[0]
    for priority in (3, 4, 1):
        operations.change(ticket, priority=priority, by=ben.actor)
    operations.add_note(ticket, NewMessage(body="Then this"), by=ben.actor)
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.get_by_text("Show quoted text and signature").click()
    expect(page.locator(".whole")).to_contain_text("earlier")
    page.get_by_text("3 changes").click()
    page.locator("#p-kind").select_option(label="Incident")
    expect(page.locator("#story")).to_contain_text("changed the type to Incident")
    expect(page.locator(".whole")).to_contain_text("earlier")
    expect(page.locator("#story details[open]")).to_have_count(2)


def test_two_tickets_are_merged_and_parted(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    sign_in(page, address, ben, f"/console/tickets/{pile[3].pk}/")
    page.goto(f"{address}/console/tickets/{pile[3].pk}/")
    page.keyboard.press("y")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Number or words").fill(f"#{pile[4].pk}")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    dialog.get_by_role("radio").check()
    axe(page)
    dialog.get_by_role("button", name="Merge").click()
    page.wait_for_url(re.compile(f"/tickets/{pile[4].pk}/"))
    expect(page.get_by_text(f"#{pile[3].pk} was merged into this ticket.")).to_be_visible()
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_role("button", name="Undo the merge")).to_have_count(0)
    pile[3].refresh_from_db()
    assert pile[3].merged_into is None
