"""Facts and the billing directory in a browser: both themes, both sizes, with script and without."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts import starting
from tugon.accounts.models import Agent, Role
from tugon.billing import lookups
from tugon.billing import operations as billing
from tugon.customers.models import Audience
from tugon.facts import current
from tugon.facts import operations as facts
from tugon.facts.kinds import Kind
from tugon.lib.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CARRIED = re.compile(r"/contact/\?charge=[\w-]{16,32}&lang=en$")
PASSWORD = "mango-tree-in-bloom"
PAGES = (
    "facts", "facts/new", "facts/new?kind=duration", "facts/{fact}", "facts/import", "reading-again",
    "billing", "billing/new", "billing/{processor}", "billing/{processor}/routes", "billing/not-found",
)  # fmt: skip


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def ada(transactional_db: None) -> Agent:
    starting.create_roles()
    agent = Agent.objects.create_user("ada@company.example", "Ada Aquino", PASSWORD, joined_at=now())
    agent.roles.add(Role.objects.get(name="Administrator"))
    return agent


@pytest.fixture
def filled(ada: Agent) -> dict[str, int]:
    """A fact with a history and a text to read again, a processor, and a charge nobody found."""
    by = ada.actor
    context = {"en": ["+refund"], "fil": ["+refund"]}
    fact = facts.create(
        key="refund.window", kind=Kind.DURATION, unit="day", note="From the charge on.", owner=ada,
        source="Terms 4.2", context_words=context, by=by,
    )  # fmt: skip
    facts.give_value(fact, typed="30", valid_from=current.today() - timedelta(days=90), by=by)
    words = {"en": "Refunds within {{ refund.window }}", "fil": "May refund sa loob ng 30 araw"}
    Audience.objects.create(key="members", names={"en": "Members"}, descriptions=words)
    facts.give_value(fact, typed="14", by=by)
    facts.give_value(fact, typed="21", valid_from=current.today() + timedelta(days=9), by=by)
    processor = billing.create(
        name="SinPay", can_receipt=True, languages=["en", "fil"], abouts={"en": "Memberships"},
        have_ready={"en": "The date\nThe amount"}, only_we_can={"en": "Refund within {{ refund.window }}"}, by=by,
    )  # fmt: skip
    billing.add_descriptor(processor, pattern="SINPAY*CREATOR 8005551212 MNL", by=by)
    billing.set_route(
        processor, kind="phone", value="+63285550110", hours="Mon–Fri 08:00–20:00", zone="Asia/Manila", by=by
    )
    billing.set_route(processor, kind="mail", value="help@sinpay.example", by=by)
    lookups.keep("ZZPAY CLUB 11/12", [], token=lookups.new_token(), language="en")
    return {"fact": fact.pk, "processor": processor.pk}


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/administration/facts")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/administration/facts")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_screen_fits_and_axe_finds_nothing(
    address: str, filled: dict[str, int], open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme=theme)
    sign_in(page, address)
    for path in PAGES:
        page.goto(f"{address}/administration/{path.format(**filled)}")
        name = path.split("?")[0].replace("/", "-").replace("{", "").replace("}", "")
        screenshot(page, f"administration-{name}-{size}-{theme}", whole=True)
        axe(page)
        fits(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone", "small"])
def test_who_charged_me_fits_and_axe_finds_nothing(
    address: str, filled: dict[str, int], open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme=theme)
    for name, query in (("start", ""), ("found", "?q=SINPAY*CREAT"), ("nobody", "?q=ZZPAY")):
        page.goto(f"{address}/en/billing/{query}")
        screenshot(page, f"billing-{name}-{size}-{theme}", whole=True)
        axe(page)
        fits(page)


def test_the_answer_comes_while_one_types(address: str, filled: dict[str, int], page: Page) -> None:
    page.goto(f"{address}/en/billing/")
    page.get_by_label("The line on your statement").press_sequentially("sinpay*crea", delay=20)
    expect(page.get_by_role("heading", name="SinPay")).to_be_visible()
    expect(page.get_by_role("link", name="+63 2 8555 0110")).to_have_attribute("href", "tel:+63285550110")
    page.get_by_label("The line on your statement").fill("ZZPAY CLUB")
    expect(page.get_by_role("heading", name="We do not know “ZZPAY CLUB” yet")).to_be_visible()
    expect(page.get_by_role("link", name="Write to us about it")).to_have_attribute("href", CARRIED)


def test_without_script_the_answer_comes_with_the_button(
    address: str, filled: dict[str, int], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/billing/")
    page.get_by_label("The line on your statement").fill("11/12 POS SINPAY*CREATOR MNL")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="SinPay")).to_be_visible()
    context.close()


def test_a_value_is_previewed_while_it_is_typed_and_reaches_every_text(
    address: str, filled: dict[str, int], page: Page
) -> None:
    sign_in(page, address)
    page.goto(f"{address}/administration/facts/{filled['fact']}")
    page.get_by_label("Value", exact=True).fill("2 weeks")
    expect(page.locator("[data-preview]")).to_contain_text("2 linggo")
    page.get_by_label("Value", exact=True).fill("soon")
    expect(page.locator("[data-preview]")).to_contain_text("Write a number")
    page.get_by_label("Value", exact=True).fill("10")
    page.get_by_role("button", name="Save the value").click()
    expect(page.get_by_text("Every text that names it shows it now.")).to_be_visible()
    page.goto(f"{address}/en/billing/?q=sinpay")
    expect(page.get_by_text("Refund within 10 days")).to_be_visible()
