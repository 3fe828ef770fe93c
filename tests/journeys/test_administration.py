"""Setting Tugon up in a browser: the wizard, the screens in both themes and on a phone, the keyboard, no script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts import setup_link, starting
from tugon.accounts.models import Agent, Role, Team
from tugon.channels.models import Channel, Mailbox
from tugon.company import settings as company
from tugon.customers.models import Audience
from tugon.intake.models import Received
from tugon.intake.operations import store
from tugon.lib.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "mango-tree-in-bloom"
PAGES = (
    "", "company", "limits", "people", "people/invitation", "people/{ada}", "roles", "roles/{role}", "mailboxes",
    "mailboxes/new", "mailboxes/{mailbox}", "teams", "teams/new", "forms", "forms/new", "senders", "states/new",
    "fields/new", "tags", "views", "audiences", "audiences/{audience}", "plans", "organisations/new", "ledger",
    "ledger/{received}", "deliveries", "automatic-mail", "failures", "audit", "system",
)  # fmt: skip
LETTER = b"From: Dina <dina@mail.example>\r\nSubject: Hello\r\nMessage-ID: <1@mail.example>\r\n\r\nHi"


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
    """A row of everything that has a page."""
    team = Team.objects.create(name="Support")
    channel = Channel.objects.create(kind="email", name="Help", team=team)
    mailbox = Mailbox.objects.create(channel=channel, address="help@company.example", outgoing="sandbox")
    letter = store(channel, LETTER, via="imap", place="INBOX 1")
    Received.objects.filter(pk=letter.pk).update(state="quarantined", reason="Looks odd", settled_at=now())
    audience = Audience.objects.create(key="members", names={"en": "Members"})
    role = Role.objects.get(name="Agent")
    return {
        "ada": ada.pk, "role": role.pk, "mailbox": mailbox.pk, "audience": audience.pk, "received": letter.pk,
    }  # fmt: skip


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/administration/")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/administration/$"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_screen_fits_and_axe_finds_nothing(
    address: str, filled: dict[str, int], open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme)
    sign_in(page, address)
    for path in PAGES:
        page.goto(f"{address}/administration/{path.format(**filled)}")
        fits(page)
        name = re.sub(r"[^a-z]+", "-", path).strip("-") or "overview"
        screenshot(page, f"administration-{name}-{size}-{theme}", whole=True)
        axe(page)


def test_the_wizard_makes_the_first_administrator(
    address: str, transactional_db: None, open_page: Callable[..., Page]
) -> None:
    page = open_page("phone")
    page.goto(f"{address}/setup/{setup_link.issue()}")
    axe(page)
    page.get_by_label("Name of the company").fill("Acme Video")
    page.get_by_role("button", name="Go on").click()
    axe(page)
    page.get_by_label("Your name").fill("Ada Aquino")
    page.get_by_label("Your e-mail address").fill("ada@company.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Add a mailbox")).to_be_visible()
    company.forget()
    assert company.get("name") == "Acme Video"
    assert Agent.objects.get().may("admin.people")


def test_somebody_is_invited_given_a_role_and_deactivated(
    address: str, filled: dict[str, int], page: Page
) -> None:
    sign_in(page, address)
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail address").fill("dan@company.example")
    page.get_by_label("Name").fill("Dan Cruz")
    page.get_by_role("group", name="Roles").get_by_label("Agent").check()
    page.get_by_role("button", name="Send the invitation").click()
    page.get_by_role("link", name="Dan Cruz").click()
    page.get_by_role("group", name="Roles").get_by_label("Lead").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert set(Agent.objects.get(name="Dan Cruz").roles.values_list("name", flat=True)) == {"Agent", "Lead"}
    page.get_by_role("button", name="Deactivate").click()
    page.get_by_role("button", name="Deactivate and sign out?").click()
    expect(page.get_by_text("Deactivated: cannot sign in")).to_be_visible()


def test_a_role_is_changed_in_the_matrix(address: str, filled: dict[str, int], page: Page) -> None:
    sign_in(page, address)
    page.goto(f"{address}/administration/roles")
    page.get_by_role("link", name="Collaborator").click()
    page.get_by_label("Answer customers").check()
    page.get_by_label("Asks for a second factor").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("/roles$"))
    role = Role.objects.get(name="Collaborator")
    assert "ticket.reply" in role.permissions
    assert role.requires_second_factor


def test_a_mailbox_is_tested_in_place(address: str, filled: dict[str, int], page: Page) -> None:
    sign_in(page, address)
    Mailbox.objects.update(imap_host="127.0.0.1", imap_port=1, imap_user="x", outgoing="smtp", smtp_host="127.0.0.1",
                           smtp_port=1)  # fmt: skip
    page.goto(f"{address}/administration/mailboxes/{filled['mailbox']}")
    page.get_by_role("button", name="Test both directions").click()
    expect(page.get_by_role("img", name="trouble").first).to_be_visible()
    axe(page)


def test_the_company_is_changed_without_script(
    address: str, filled: dict[str, int], browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}/administration/company")
    page.get_by_label("Name of the company").fill("Acme Video")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Name of the company")).to_have_value("Acme Video")
    context.close()
