"""The coach beside the composer, as an agent meets it."""

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in
from tests.browser import axe, fits

from tugon.accounts.models import Agent
from tugon.coaching.models import Answer, CheckChoice, CoachResult
from tugon.tickets.models import Message, Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def at_the_composer(page: Page, address: str, agent: Agent, ticket: Ticket, words: str) -> None:
    page.set_default_timeout(30_000)
    expect.set_options(timeout=20_000)
    sign_in(page, address, agent, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type(words)


def test_a_remark_is_taken_and_another_put_aside_while_the_answer_is_written(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    at_the_composer(page, address, ben, ticket, "As I said, you failed to read it.")
    coach = page.locator("reply-coach")
    coach.locator("summary").click()
    expect(coach).to_contain_text("Blame")
    coach.locator("[data-check=as_i_said]").get_by_role("button", name="Use this").click()
    expect(editor(page)).to_have_text("You failed to read it.")
    expect(coach.locator("[data-check=as_i_said]")).to_have_count(0)
    expect(coach.locator("[data-check=no_next_step]")).to_have_count(1)
    coach.locator("[data-check=missing_greeting]").get_by_role("button", name="Use this").click()
    expect(editor(page)).to_contain_text(f"Hi {ticket.customer.name.split()[0]},")
    expect(coach.locator("details[open]")).to_have_count(1)
    coach.locator("[data-check=blame]").get_by_role("button", name="Not here").click()
    expect(coach.locator("[data-check=blame]")).to_have_count(0)
    expect(coach.locator("summary")).to_contain_text("1 remark of the coach")
    axe(page)
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#story")).to_contain_text("You failed to read it.")
    kept = CoachResult.objects.get()
    assert kept.taken == ["as_i_said", "missing_greeting"]
    assert kept.dismissed == ["blame"]
    assert not Answer.objects.exists()


def test_a_required_check_keeps_the_answer_and_its_words(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    CheckChoice.objects.create(check_key="unfilled_variable", mode="required")
    ticket = pile[2]
    at_the_composer(page, address, ben, ticket, "Hello [NAME], please try again by Friday.")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.get_by_text("These checks are required here.")).to_be_visible()
    expect(editor(page)).to_have_text("Hello [NAME], please try again by Friday.")
    expect(page.get_by_role("button", name="Send anyway")).to_have_count(0)
    assert not Message.objects.filter(ticket=ticket, kind="outgoing", automatic="").exists()
    page.reload()
    expect(editor(page)).to_have_text("Hello [NAME], please try again by Friday.")


def test_the_settings_of_the_coach_fit_a_phone_and_pass_axe(
    address: str, ada: Agent, open_page: object
) -> None:
    page = open_page("phone", theme="dark")  # type: ignore[operator]
    sign_in(page, address, ada)
    for path in ("coach", "coach/words", "coach/words/brought"):
        page.goto(f"{address}/administration/{path}")
        axe(page)
        fits(page)
