"""Priorities and routing in a browser: deciding with a reason, being here or not, what is set up and published."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import sign_in
from tests.browser import axe, fits, screenshot

from tugon.accounts.models import Agent, Team
from tugon.lib.clock import now
from tugon.priority.models import Matrix, Override
from tugon.priority.operations import override
from tugon.routing.models import Availability, Skill, TeamRouting
from tugon.routing.operations import change_team, route, set_online
from tugon.tickets import operations
from tugon.tickets.models import Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_work(ben: Agent, lea: Agent) -> tuple[Agent, Agent]:
    Agent.objects.update(last_seen_at=now())
    for agent in (ben, lea):
        set_online(agent, by=agent.actor)
    return ben, lea


def test_another_priority_asks_why_and_the_table_takes_it_back(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[0]
    page.set_default_navigation_timeout(40_000)
    sign_in(page, address, ben)
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.locator("#p-priority").select_option(label="Urgent")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Priority", exact=True)).to_have_value("4")
    expect(page.locator("#p-priority")).to_have_value("2")
    axe(page)
    screenshot(page, "priority-dialog-desk-light")
    dialog.get_by_label("Why").fill("A newspaper asked")
    dialog.get_by_label("Until").select_option(label="Until tomorrow morning")
    dialog.get_by_role("button", name="Decide").click()
    expect(page.locator("#context-pane")).to_contain_text("decided otherwise: A newspaper asked.")
    expect(page.locator("#p-priority")).to_have_value("4")
    expect(page.locator("#story")).to_contain_text("decided the priority Urgent until")
    page.locator("#context-pane summary", has_text="one person").click()
    page.get_by_role("button", name="Let the table decide: Normal").click()
    expect(page.locator("#p-priority")).to_have_value("2")
    assert Override.objects.get().ended_at is not None


def test_without_script_a_page_of_its_own_asks_why(
    address: str, pile: list[Ticket], ben: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page("phone", java_script_enabled=False)
    sign_in(page, address, ben, "/console/")
    page.goto(f"{address}/console/tickets/{pile[0].pk}/priority?to=3")
    expect(page.get_by_label("Priority", exact=True)).to_have_value("3")
    page.get_by_label("Why").fill("They wait since Monday")
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url(re.compile(f"/console/tickets/{pile[0].pk}/$"))
    assert Override.objects.get().reason == "They wait since Monday"


def test_somebody_is_away_and_the_board_says_so(
    address: str, pile: list[Ticket], at_work: tuple[Agent, Agent], page: Page
) -> None:
    ben, lea = at_work
    sign_in(page, address, lea)
    page.goto(f"{address}/console/")
    page.locator("#my-availability summary").click()
    page.get_by_role("button", name="Away for three hours").click()
    expect(page.locator("#my-availability summary")).to_contain_text("Away")
    page.goto(f"{address}/console/here")
    row = page.get_by_role("row").filter(has_text=ben.name)
    expect(row).to_contain_text("Available")
    row.get_by_role("button", name="Set away").click()
    expect(page.get_by_role("row").filter(has_text=ben.name)).to_contain_text("Away")
    assert Availability.objects.get(agent=ben).state == "away"
    page.get_by_role("row").filter(has_text=ben.name).get_by_role("link", name="Details").click()
    page.get_by_label("Working hours").fill("whenever")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert")).to_contain_text("was not understood")
    expect(page.get_by_label("Working hours")).to_have_value("whenever")
    page.get_by_label("Working hours").fill("Mon-Fri 9:00-17:00")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_label("Working hours")).to_have_value("Mon–Fri 09:00–17:00")


def test_a_team_gives_out_by_itself_and_the_ticket_says_why(
    address: str, pile: list[Ticket], at_work: tuple[Agent, Agent], support: Team, ada: Agent, page: Page
) -> None:
    sign_in(page, address, ada)
    page.goto(f"{address}/administration/routing")
    page.get_by_role("link", name="Support", exact=True).click()
    page.get_by_label("Give new tickets out by itself").check()
    page.get_by_label("How", exact=True).select_option(label="In turns")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row").filter(has_text="Support")).to_contain_text("In turns")
    assert TeamRouting.objects.get(team=support).is_automatic
    route(pile[0])
    page.goto(f"{address}/console/tickets/{pile[0].pk}/")
    expect(page.locator("#context-pane")).to_contain_text("it was their turn")
    expect(page.locator("#story")).to_contain_text("Why ")


def test_the_table_is_tried_out_and_saved(address: str, ada: Agent, page: Page) -> None:
    sign_in(page, address, ada)
    page.goto(f"{address}/administration/priority")
    expect(page.locator("#example")).to_contain_text("High: 14 people affected × major × no threat")
    for cell in ("Many people × Major", "Everyone × Major"):
        page.get_by_label(cell).select_option(label="Urgent")
    page.get_by_label("Many people × Critical").select_option(label="Urgent")
    page.get_by_role("button", name="Reckon").click()
    expect(page.locator("#example")).to_contain_text("Urgent: 14 people affected × major × no threat")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Open tickets are assessed anew")).to_be_visible()
    assert Matrix.objects.get().cells[2][2] == 4


def test_a_customer_reads_how_priorities_are_set(
    address: str, db: None, open_page: Callable[..., Page]
) -> None:
    for size, theme in (("desk", "light"), ("phone", "dark"), ("small", "light")):
        for language in ("en", "fil"):
            page = open_page(size, theme)
            page.goto(f"{address}/{language}/priority/")
            fits(page)
            axe(page)
            screenshot(page, f"priority-portal-{language}-{size}-{theme}", whole=True)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_screen_fits_and_axe_finds_nothing(
    address: str,
    pile: list[Ticket],
    at_work: tuple[Agent, Agent],
    support: Team,
    ada: Agent,
    open_page: Callable[..., Page],
    size: str,
    theme: str,
) -> None:
    ben, _lea = at_work
    change_team(support, is_automatic=True, by=ada.actor)
    skill = Skill.objects.create(
        names={"en": "Payouts"}, conditions={"all": [{"field": "tags", "is": "any_of", "value": ["payout"]}]}
    )
    operations.assign(pile[0], to=ben, by=ada.actor)
    route(pile[1])
    override(pile[1], priority=4, reason="A newspaper asked about this", by=ada.actor)
    page = open_page(size, theme)
    sign_in(page, address, ada)
    screens = {
        "board": "console/here",
        "person": f"console/here/{ben.pk}",
        "ticket": f"console/tickets/{pile[1].pk}/?screen=context",
        "priority-page": f"console/tickets/{pile[1].pk}/priority",
        "matrix": "administration/priority",
        "teams": "administration/routing",
        "team": f"administration/routing/teams/{support.pk}",
        "grid": "administration/routing/people",
        "agent": f"administration/routing/people/{ben.pk}",
        "skills": "administration/routing/skills",
        "skill": f"administration/routing/skills/{skill.pk}",
    }
    for name, path in screens.items():
        page.goto(f"{address}/{path}")
        fits(page)
        screenshot(page, f"routing-{name}-{size}-{theme}", whole=True)
        axe(page)
