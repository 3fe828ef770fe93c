"""Troubleshooters in a real browser: drawn by keyboard, walked with scripts and without, seen by an agent."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot
from tests.cast import PASSWORD

from tugon.accounts.models import Agent
from tugon.channels.models import Channel, Mailbox
from tugon.company import operations as company
from tugon.customers.models import Audience
from tugon.demo.walks.loading import drawn, with_articles
from tugon.events.actors import SYSTEM
from tugon.intake.models import Form
from tugon.tickets.models import Ticket
from tugon.tickets.starting import create_starting_rows
from tugon.troubleshooters import operations
from tugon.troubleshooters.graph import read
from tugon.troubleshooters.models import Troubleshooter, Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SLUG = "video-will-not-play"
PATIENCE = 40_000  # milliseconds, of the pages that are rendered for the first time
PLACES = [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("phone", "dark"), ("small", "light")]


@pytest.fixture
def address(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.BASE_URL = str(live_server.url)
    monkeypatch.setattr("tugon.intake.steps.submitted.FASTEST", 0)
    return str(live_server.url)


@pytest.fixture
def house(mailbox: Mailbox, members: Audience) -> Form:
    create_starting_rows()
    company.decide("languages", value=["en", "fil"], by=SYSTEM)
    channel = Channel.objects.create(kind="form", name="Members", team=mailbox.channel.team)
    return Form.objects.create(
        channel=channel, slug="members", audience=members, titles={"en": "Help for members"}
    )


@pytest.fixture
def video(house: Form, lea: Agent, monkeypatch: pytest.MonkeyPatch) -> Troubleshooter:
    """The demo's own, with forms where it leads to articles."""
    monkeypatch.setattr("tugon.troubleshooters.operations.publishing.problems", lambda graph: [])
    graph = read(with_articles(drawn(SLUG), {}))
    row = operations.create(titles=dict(graph.titles), slug=SLUG, graph=graph, by=lea.actor)
    operations.publish(row, by=lea.actor)
    return Troubleshooter.objects.get(pk=row.pk)


def sign_in(page: Page, address: str, agent: Agent, to: str) -> None:
    page.goto(f"{address}/account/login/?next={to}")
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(re.compile("/console/"))


def look(page: Page, name: str) -> None:
    fits(page)
    screenshot(page, f"troubleshooters-{name}", whole=True)
    axe(page)


@pytest.mark.parametrize(("size", "theme"), PLACES)
def test_every_page_of_a_walk_fits_and_axe_finds_nothing(
    address: str, video: Troubleshooter, open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page, suffix = open_page(size, theme), f"{size}-{theme}"
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/en/help/troubleshooters/")
    look(page, f"list-{suffix}")
    page.goto(f"{address}{video.path_in('en')}")
    look(page, f"begin-{suffix}")
    page.get_by_role("button", name="Picture, but no sound").click()
    look(page, f"action-{suffix}")
    page.get_by_role("button", name="Yes, it works now").click()
    look(page, f"solved-{suffix}")
    page.get_by_role("link", name="Back", exact=True).click()
    page.get_by_role("button", name="No, it did not help").click()
    page.get_by_text("What you answered").click()
    look(page, f"end-{suffix}")


@pytest.mark.parametrize(("size", "theme"), PLACES)
def test_every_page_of_the_editor_fits_and_axe_finds_nothing(
    address: str, video: Troubleshooter, lea: Agent, open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page, suffix = open_page(size, theme), f"{size}-{theme}"
    page.set_default_timeout(PATIENCE)
    home = f"/console/troubleshooters/{video.pk}/"
    operations.begin(video, language="en", facts={}, by=SYSTEM)
    sign_in(page, address, lea, home)
    look(page, f"editor-{suffix}")
    pages = {"node": "?node=see", "condition": "?node=tier", "last": "?node=number", "preview": "preview",
             "report": "report", "versions": "versions", "settings": "settings", "index": "../"}  # fmt: skip
    for name, path in pages.items():
        page.goto(f"{address}{home}{path}")
        look(page, f"{name}-{suffix}")


def test_somebody_without_scripts_walks_goes_back_and_writes_with_every_step_along(
    address: str, video: Troubleshooter, lea: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page("phone", java_script_enabled=False)
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}{video.path_in('en')}")
    page.get_by_role("button", name="A black picture").click()
    page.get_by_role("button", name="In a browser").click()
    expect(page.get_by_role("heading", name="Try without extensions")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_role("button", name="In a browser")).to_contain_text("your answer")
    page.get_by_role("link", name="Forward").click()
    page.get_by_role("button", name="No, it did not help").click()
    page.get_by_role("button", name="Yes", exact=True).click()
    page.get_by_role("button", name="I cannot do this").or_(
        page.get_by_role("button", name="No, it did not")
    ).click()
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("heading", name="It is that one video")).to_be_visible()
    page.get_by_role("link", name="Write to us").first.click()
    expect(page.get_by_label("Subject")).to_have_value("One video does not play")
    page.get_by_label("Your e-mail address").fill("dina@mail.example")
    page.get_by_label("What happened?").fill("Only the episode of last Friday stays black.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    ticket = Ticket.objects.get()
    assert Walk.objects.get().ticket_id == ticket.pk
    agent = open_page()
    agent.set_default_timeout(PATIENCE)
    sign_in(agent, address, lea, f"/console/tickets/{ticket.pk}/")
    told = agent.get_by_role("region", name="Before they wrote")
    expect(told).to_contain_text("Try without extensions")
    expect(told).to_contain_text("No, it did not help")
    screenshot(agent, "troubleshooters-ticket")


def test_an_editor_draws_by_keyboard_and_what_is_typed_saves_itself(
    address: str, house: Form, lea: Agent, page: Page
) -> None:
    page.set_default_timeout(PATIENCE)
    sign_in(page, address, lea, "/console/troubleshooters/")
    page.get_by_label("New troubleshooter").fill("An upload fails")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add the first question").press("Enter")
    page.get_by_label("Question · EN").fill("When does it fail?")
    expect(page.get_by_role("navigation", name="Steps", exact=True)).to_contain_text("When does it fail?")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.get_by_label("EN Answer 1").fill("At once")
    page.get_by_label("“At once” leads to").or_(page.locator("#to-a1")).select_option("new:end")
    expect(page.get_by_role("heading", name="End n2")).to_be_visible()
    page.get_by_label("Heading · EN").fill("Choose a smaller file")
    page.get_by_role("link", name="Question: When does it fail?").or_(
        page.get_by_role("navigation", name="Steps", exact=True).get_by_role(
            "link", name="When does it fail?"
        )
    ).first.click()
    expect(page.locator("#label-a1-en")).to_have_value("At once")
    row = Troubleshooter.objects.get()
    assert row.graph.nodes["n2"].titles == {"en": "Choose a smaller file"}
    assert row.graph.nodes["n1"].exits[0].to == "n2"
    step = page.locator("a.graph-step").first
    step.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.graph-step:focus")).to_contain_text("Choose a smaller file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="End n2")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("to mend before publishing")).to_be_visible()
    assert Troubleshooter.objects.get().graph.nodes["n2"].titles == {}
