"""An agent answers with a template, and a lead writes, reviews and measures them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in
from tests.browser import axe

from tugon.accounts.models import Agent
from tugon.templates import operations
from tugon.templates.models import Folder, Template, Translation, Use
from tugon.templates.starting import create_starting_rows
from tugon.tickets.models import Draft, Message, Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def starters(transactional_db: None) -> None:
    create_starting_rows()


def test_a_slash_opens_the_templates_and_enter_puts_one_in(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("/details")
    choice = page.get_by_role("option", name="We need more details")
    expect(choice).to_be_visible()
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("When exactly did it happen?")
    expect(editor(page)).not_to_contain_text("/details")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#story")).to_contain_text("When exactly did it happen?", timeout=20_000)
    use = Use.objects.get()
    assert use.edit_share == 0.0
    assert use.message == Message.objects.get(ticket=ticket, kind="outgoing", automatic="")
    page.locator("undo-send").get_by_role("button", name="Undo").click()
    expect(editor(page)).to_contain_text("When exactly did it happen?")
    assert Use.objects.get().sent_at is None


def test_the_button_opens_the_same_list_for_the_mouse(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.locator("open-templates a").click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    axe(page)
    page.keyboard.type("escal")
    options.filter(has_text="Passed on to a specialist").click()
    expect(editor(page)).to_contain_text(f"request #{ticket.pk}")
    expect(page.locator(".toast-card").last).to_be_visible()


def test_without_script_a_page_adds_the_template_to_the_draft(
    address: str, pile: list[Ticket], ben: Agent, open_page: Callable[..., Page]
) -> None:
    ticket = pile[2]
    page = open_page("phone", java_script_enabled=False)
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.locator("open-templates a").click()
    page.get_by_label("Title, shortcut or folder").fill("more details")
    page.get_by_role("button", name="Search").last.click()
    page.get_by_role("button", name="Add to my answer").first.click()
    expect(page).to_have_url(f"{address}/console/tickets/{ticket.pk}/")
    assert "When exactly did it happen?" in Draft.objects.get(ticket=ticket, agent=ben).html


def test_a_lead_writes_a_template_sees_what_is_wrong_and_publishes_it(
    address: str, lea: Agent, page: Page
) -> None:
    template = Template.objects.get(key="receipt")
    sign_in(page, address, lea, "/console/templates/")
    page.goto(f"{address}/console/templates/{template.pk}/en/")
    page.locator("#writing .ProseMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Hi {{ customer.frist_name }}, here it is.")
    expect(page.locator("#preview")).to_contain_text("perhaps customer.first_name is meant")
    page.keyboard.press("Control+A")
    page.keyboard.type("Hi {{ customer.first_name }}, here it is.")
    expect(page.locator("#preview")).to_contain_text("here it is.")
    axe(page)
    operations.change(template, folder=Folder.objects.get(key="closing"), by=lea.actor)
    expect(page.locator("[data-save-mark]").first).to_have_text("Draft saved")
    page.reload()
    page.get_by_role("button", name="Publish the changes").click()
    expect(page.locator("main")).to_contain_text("version 2")
    row = Translation.objects.select_related("published").get(template=template, language="en")
    assert row.published is not None
    assert "{{ customer.first_name }}, here it is." in row.published.body
