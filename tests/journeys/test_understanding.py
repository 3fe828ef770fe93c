"""Understanding in a browser: what was read is seen and corrected, the same case is merged, learning is shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts import starting
from tugon.accounts.models import Agent, Role, Team
from tugon.customers.models import ContactPoint, Customer
from tugon.lib.clock import now, standing_at
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket
from tugon.tickets.starting import create_starting_rows as create_states
from tugon.understanding.models import Classifier, TicketReading, Topic
from tugon.understanding.starting import create_starting_topics

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "mango-tree-in-bloom"


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def ada(transactional_db: None) -> Agent:
    starting.create_roles()
    create_states()
    create_starting_topics()
    agent = Agent.objects.create_user("ada@company.example", "Ada Aquino", PASSWORD, joined_at=now())
    agent.roles.add(Role.objects.get(name="Administrator"))
    return agent


def writes(name: str, subject: str, body: str, *, ago: timedelta = timedelta(0)) -> Ticket:
    customer = Customer.objects.filter(name=name).first()
    if customer is None:
        customer = Customer.objects.create(name=name, language="en")
        ContactPoint.objects.create(
            customer=customer,
            kind="email",
            value=f"{name.split()[0].lower()}@mail.example",
            verified_at=now(),
        )
    team, _made = Team.objects.get_or_create(name="Support")
    with standing_at(now() - ago):
        return open_ticket(
            customer=customer, subject=subject, message=NewMessage(body), by=customer.actor, team=team
        )


@pytest.fixture
def tickets(ada: Agent) -> list[Ticket]:
    """Ana asked three times about payments, the last two of one thing; Ben has the same error."""
    return [
        writes("Ana Santos", "Refund", "Where is my refund? The payment was in May.", ago=timedelta(days=20)),
        writes("Ana Santos", "Charged twice", "Charged twice for my subscription, error E-77.", ago=timedelta(days=1)),
        writes(
            "Ana Santos", "Charged twice again",
            "My subscription was charged twice, error E-77. I cleared the cache and tried another browser. "
            "This is unacceptable, I need it fixed today!",
        ),
        writes("Ben Cruz", "Payment fails", "It says error E-77 whenever I pay."),
    ]  # fmt: skip


def sign_in(page: Page, address: str, then: str) -> None:
    page.goto(f"{address}/account/login/?next={then}", timeout=40_000)  # the first compiles its templates
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{then}")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_screen_fits_and_axe_finds_nothing(
    address: str, tickets: list[Ticket], open_page: Callable[..., Page], size: str, theme: str
) -> None:
    report = {"count": 60, "right": 54, "applied": 30, "applied_right": 30}
    topic = Topic.objects.get(key="payment")
    whole = {
        **report,
        "by_class": {str(topic.pk): {**report, "threshold": 0.8}},
        "by_language": {"en": report},
    }
    Classifier.objects.create(
        kind="topic", trained_at=now(), labels=60, report=whole, numbers=b"", checksum="x"
    )
    page = open_page(size, theme=theme)
    sign_in(page, address, "/administration/understanding")
    for path in (
        "administration/understanding", "administration/topics", f"administration/topics/{topic.pk}",
        "administration/areas", f"console/tickets/{tickets[2].pk}/",
        f"console/tickets/{tickets[2].pk}/?screen=context",
    ):  # fmt: skip
        page.goto(f"{address}/{path}")
        if "console" in path and size == "desk":
            expect(page.get_by_text("Others have this too")).to_be_visible()
        screenshot(
            page, f"understanding-{path.replace('/', '-').replace('?', '-')}-{size}-{theme}", whole=True
        )
        axe(page)
        fits(page)


def test_what_was_read_is_seen_and_corrected(address: str, tickets: list[Ticket], page: Page) -> None:
    last = tickets[2]
    sign_in(page, address, f"/console/tickets/{last.pk}/")
    expect(page.get_by_text("Ana already tried:")).to_be_visible()
    chip = page.locator("details", has_text="Topic:").first
    expect(chip).to_contain_text("because")
    chip.locator("summary").click()
    chip.get_by_label("Topic").select_option(label="Safety, rights, privacy")
    chip.get_by_role("button", name="That is right").click()
    expect(page.get_by_text("Noted. Tugon learns from it.")).to_be_visible()
    assert TicketReading.objects.get(pk=last.pk).topic.key == "safety"


def test_what_others_have_becomes_one_problem(address: str, tickets: list[Ticket], page: Page) -> None:
    sign_in(page, address, f"/console/tickets/{tickets[2].pk}/")
    page.get_by_role("button", name="Make it one problem").click()
    expect(page.get_by_text("Parts of #")).to_be_visible()
    problem = Ticket.objects.get(kind="problem")
    assert problem.links_out.filter(target=tickets[3]).exists()


def test_the_same_case_is_merged_with_a_press(address: str, tickets: list[Ticket], page: Page) -> None:
    last = tickets[2]
    sign_in(page, address, f"/console/tickets/{last.pk}/")
    prompt = page.get_by_role("region", name="The same case?")
    expect(prompt).to_contain_text(f"#{tickets[1].pk} Charged twice")
    prompt.get_by_role("button", name="Merge into it").first.click()
    page.wait_for_url(f"**/console/tickets/{tickets[1].pk}/")
    last.refresh_from_db()
    assert last.merged_into_id == tickets[1].pk


def test_learning_anew_is_asked_for(address: str, ada: Agent, page: Page) -> None:
    sign_in(page, address, "/administration/understanding")
    page.get_by_role("button", name="Learn anew now").click()
    expect(page.get_by_text("Learning anew in the background.")).to_be_visible()
