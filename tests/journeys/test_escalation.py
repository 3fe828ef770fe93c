"""A ticket is raised by keys, a department is asked, its answer comes back, the board shows it, and it is lowered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import sign_in
from tests.browser import axe, fits

from tugon.accounts.models import Agent
from tugon.escalation.models import Department, Inquiry, Level, Rota, RotaPlace, Standing
from tugon.escalation.operations import ask, escalate, receive_answer
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def levels(db: None) -> list[Level]:
    return [
        Level.objects.create(position=1, names={"en": "Tier 2", "fil": "Ikalawang antas"}, raises_to=3),
        Level.objects.create(
            position=2, names={"en": "Lead", "fil": "Pinuno"}, steps={"en": "Call her today"}
        ),
    ]


@pytest.fixture
def payments(db: None) -> Department:
    return Department.objects.create(
        names={"en": "Payments", "fil": "Bayaran"}, address="desk@payments.example"
    )


def test_a_ticket_is_escalated_by_key_and_lowered_again(
    address: str, pile: list[Ticket], levels: list[Level], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name="Escalate")
    axe(page)
    dialog.get_by_text("Lead", exact=True).click()
    dialog.get_by_label("Why").fill("Third message unanswered")
    dialog.get_by_label("Hand-over note").fill("She was promised a call")
    dialog.get_by_role("button", name="Escalate").click()
    bar = page.get_by_role("region", name="Escalation")
    expect(bar).to_contain_text("Lead")
    expect(bar).to_contain_text("Third message unanswered")
    expect(page.locator("#context-pane")).to_contain_text("Call her today")
    expect(page.locator("#story")).to_contain_text("She was promised a call")
    axe(page)
    page.keyboard.press("g")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Escalations")).to_be_visible()
    expect(page.locator("#escalations")).to_contain_text("Third message unanswered")
    axe(page)
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.get_by_role("button", name="Lower").click()
    page.get_by_role("dialog", name="Lower").get_by_label("Why").fill("She is calm again")
    page.get_by_role("dialog", name="Lower").get_by_role("button", name="Lower").click()
    expect(page.get_by_role("region", name="Escalation")).to_have_count(0)
    assert Standing.objects.get(ticket=ticket).level is None


def test_what_was_typed_stays_when_escalating_is_refused(
    address: str, pile: list[Ticket], levels: list[Level], ben: Agent, lea: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("h")
    dialog = page.get_by_role("dialog", name="Escalate")
    dialog.get_by_label("Why").fill("Many words")
    escalate(ticket, levels[1], reason="Faster", by=lea.actor)
    dialog.get_by_role("button", name="Escalate").click()
    expect(page.get_by_text("is at “Lead” already")).to_be_visible()
    expect(dialog.get_by_label("Why")).to_have_value("Many words")


def test_a_department_is_asked_and_its_answer_is_a_thread_of_its_own(
    address: str, pile: list[Ticket], payments: Department, ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog", name="Ask outside")
    dialog.locator(".tiptap").click()  # once the editor is there
    page.keyboard.type("Was this card charged twice?")
    dialog.get_by_text("Send messages of the ticket along").click()
    dialog.locator("input[name=quotes]").first.check()
    axe(page)
    dialog.get_by_role("button", name="Send", exact=True).click()
    thread = page.get_by_role("region", name="Asked outside: Payments")
    expect(thread).to_contain_text("Was this card charged twice?")
    expect(thread).to_contain_text("waits for an answer")
    expect(
        page.locator("#ticket-head summary, #ticket-head button").filter(has_text="On hold").first
    ).to_be_visible()
    receive_answer(
        Inquiry.objects.get(),
        NewMessage(body="Once only.", envelope={"from": {"name": "Desk", "address": payments.address}}),
        is_confirmed=True,
    )
    page.reload()
    expect(thread).to_contain_text("Once only.")
    expect(thread).to_contain_text("answered")
    assert Ticket.objects.get(pk=ticket.pk).status == "open"
    axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_fits_a_phone(
    address: str,
    pile: list[Ticket],
    levels: list[Level],
    payments: Department,
    ben: Agent,
    open_page: Callable[..., Page],
    theme: str,
) -> None:
    ticket = pile[2]
    escalate(
        ticket, levels[1], reason="Third message unanswered and a very-long-word" + "-x" * 40, by=ben.actor
    )
    ask(ticket, payments, message=NewMessage(body="Was she charged twice?"), waits=True, by=ben.actor)
    page = open_page("phone", theme)
    sign_in(page, address, ben, "/console/escalations/")
    for place in ("escalations/", "escalations/levels", f"tickets/{ticket.pk}/"):
        page.goto(f"{address}/console/{place}")
        fits(page)
        axe(page)


def test_who_is_on_call_has_it_with_one_press(
    address: str, pile: list[Ticket], levels: list[Level], ben: Agent, lea: Agent, page: Page
) -> None:
    rota = Rota.objects.create(name="Nights")
    RotaPlace.objects.create(rota=rota, agent=ben)
    levels[1].rota = rota
    levels[1].save()
    escalate(pile[2], levels[1], reason="All is down", by=lea.actor)
    sign_in(page, address, ben, f"/console/tickets/{pile[2].pk}/")
    page.goto(f"{address}/console/tickets/{pile[2].pk}/")
    bar = page.get_by_role("region", name="Escalation")
    expect(bar).to_contain_text("Calling Ben Bautista")
    bar.get_by_role("button", name="I have it").click()
    expect(bar).not_to_contain_text("Calling")


def test_an_administrator_sets_up_a_level_by_what_is_asked(
    address: str, pile: list[Ticket], ada: Agent, page: Page
) -> None:
    sign_in(page, address, ada, "/console/")
    page.goto(f"{address}/administration/levels/new")
    page.get_by_label("Name (English)").fill("Tier 2")
    page.get_by_role("button", name="Add a condition").first.click()
    expect(page.locator("#c-0-field")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="fit")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="1. Tier 2")).to_be_visible()
    axe(page)
    assert Level.objects.get().criteria["all"][0]["field"] == "due_at"
