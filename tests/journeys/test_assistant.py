"""The assistant: set up and tested by an administrator, asked by an agent, answered on the open page by push."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in
from tests.browser import axe, fits

from tugon.accounts.models import Agent
from tugon.assistant import operations
from tugon.assistant.kinds import Group
from tugon.assistant.models import Asking, Setup
from tugon.assistant.setting_up import set_up
from tugon.assistant.tests.service import Service, serving
from tugon.tickets.models import Message, Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as server:
        yield server


@pytest.fixture
def switched_on(service: Service, ada: Agent) -> Setup:
    return set_up(
        by=ada.actor,
        key=None,
        address=service.address,
        model="small-1",
        groups=list(Group.values),
        seconds=10,
    )


def test_an_administrator_sets_it_up_and_tests_it(
    address: str, ada: Agent, service: Service, page: Page
) -> None:
    sign_in(page, address, ada)
    page.goto(f"{address}/administration/assistant")
    expect(page.get_by_text("No word leaves the house.")).to_be_visible()
    page.get_by_label("Address of the service").fill(service.address)
    page.get_by_label("Its model").fill("small-1")
    page.get_by_role("group", name="What agents may ask for").get_by_label("Sum up a ticket").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Test it").click()
    expect(page.get_by_text("It answers: ready")).to_be_visible()
    service.manner = "quota"
    page.get_by_role("button", name="Test it").click()
    expect(page.get_by_text("its limit is used up")).to_be_visible()
    axe(page)
    assert Setup.objects.get().groups == ["summary"]


def test_an_agent_sees_what_leaves_goes_on_writing_and_gets_the_answer_by_push(
    live_address: str, pile: list[Ticket], ben: Agent, switched_on: Setup, service: Service, page: Page
) -> None:
    ticket = pile[3]
    place = f"/console/tickets/{ticket.pk}/"
    sign_in(page, live_address, ben, place)
    page.goto(live_address + place)
    editor(page).click()
    page.keyboard.type("We are looking into it with the greatest possible care.")
    page.get_by_role("button", name="Assistant", exact=True).click()
    page.get_by_role("button", name="Make my draft shorter").click()
    leaving = page.get_by_role("region", name="The words that would leave")
    expect(leaving).to_contain_text("greatest possible care")
    axe(page)
    assert service.heard == []
    page.get_by_role("button", name="Send it").click()
    desk = page.get_by_role("region", name="Assistant", exact=True)
    expect(desk).to_contain_text("Go on with your work")
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Meanwhile")
    service.says = "We look into it."
    operations.answer(Asking.objects.get().pk)
    expect(desk).to_contain_text("We look into it.", timeout=5_000)
    expect(desk).to_contain_text("made by a machine")
    expect(editor(page)).to_contain_text("care. Meanwhile")
    axe(page)
    page.get_by_role("button", name="Use it in place of my draft").click()
    expect(editor(page)).to_have_text("We look into it.")
    expect(page.locator("#story")).to_contain_text("took words that a machine made", timeout=5_000)
    assert not Message.objects.filter(ticket=ticket, kind="outgoing", automatic="").exists()


def test_waiting_can_be_ended_and_a_failure_is_told(
    live_address: str, pile: list[Ticket], ben: Agent, switched_on: Setup, service: Service, page: Page
) -> None:
    place = f"/console/tickets/{pile[5].pk}/"
    sign_in(page, live_address, ben, place)
    page.goto(live_address + place)
    desk = page.get_by_role("region", name="Assistant", exact=True)
    for _time in range(2):
        page.get_by_role("button", name="Assistant", exact=True).click()
        page.get_by_role("button", name="Sum up the ticket").click()
        page.get_by_role("button", name="Send it").click()
        expect(desk).to_contain_text("Go on with your work")
        if _time == 0:
            page.get_by_role("button", name="Cancel", exact=True).last.click()
            expect(desk).not_to_contain_text("Go on with your work")
    service.manner = "broken"
    operations.answer(Asking.objects.latest("pk").pk)
    expect(desk).to_contain_text("has a fault of its own", timeout=5_000)
    page.get_by_role("button", name="Put away").click()
    expect(desk).to_be_empty()


@pytest.mark.parametrize("size", ["phone", "small"])
def test_on_a_small_screen_it_fits(
    address: str,
    pile: list[Ticket],
    ben: Agent,
    switched_on: Setup,
    open_page: Callable[..., Page],
    size: str,
) -> None:
    page = open_page(size, theme="dark")
    place = f"/console/tickets/{pile[5].pk}/"
    sign_in(page, address, ben, place)
    page.goto(address + place)
    page.get_by_role("button", name="Assistant", exact=True).click()
    page.get_by_role("button", name="Sum up the ticket").click()
    expect(page.get_by_role("region", name="The words that would leave")).to_be_visible()
    fits(page)
    axe(page)
