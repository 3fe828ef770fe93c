"""How agents get in: password, authenticator app, passkey, invitation. In both themes, on a phone, nothing for axe."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts import links, operations, starting
from tugon.accounts.models import Agent, Role
from tugon.lib.clock import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "mango-tree-in-bloom"


@pytest.fixture
def ben(transactional_db: None) -> Agent:
    starting.create_roles()
    agent = Agent.objects.create_user("ben@company.example", "Ben Bautista", PASSWORD, joined_at=now())
    agent.roles.add(Role.objects.get(name="Agent"))
    return agent


@pytest.fixture
def address(live_server: Any) -> str:
    # Passkeys belong to a name, never to a number.
    return str(live_server.url).replace("127.0.0.1", "localhost")


def sign_in(page: Page, address: str, email: str = "ben@company.example") -> None:
    page.goto(f"{address}/account/login/?next=/-/profile/security")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_authenticator(page: Page) -> None:
    """A device that has a fingerprint reader and a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_before_and_after_the_door_fits_and_axe_finds_nothing(
    address: str, ben: Agent, open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme)
    invited = Agent.objects.create_user("new@company.example", "New Person", None, invited_at=now())
    reset, invitation = links.token(ben, "reset"), links.token(invited, "invitation")
    for name, path in {
        "login": "/account/login/",
        "inactive": "/account/inactive/",
        "reset-ask": "/account/password/reset/",
        "reset": f"/account/password/reset/{reset}/",
        "invitation": f"/account/invitation/{invitation}/",
        "link-spent": "/account/invitation/nonsense/",
    }.items():
        look(page, address + path, f"{name}-{size}-{theme}")
    sign_in(page, address)
    expect(page.get_by_role("heading", name="Safety")).to_be_visible()
    for name, path in {
        "profile": "/-/profile",
        "notices": "/-/profile/notices",
        "security": "/-/profile/security",
        "second-factor": "/account/second-factor/",
        "app": "/account/factor/app/",
        "passkey-add": "/account/factor/passkeys/add/",
        "logout": "/account/logout/",
        "again": "/account/reauthenticate/",
    }.items():
        look(page, address + path, f"{name}-{size}-{theme}")


def look(page: Page, url: str, name: str) -> None:
    page.goto(url)
    fits(page)
    screenshot(page, f"account-{name}", whole=True)
    axe(page)


def test_a_wrong_password_is_told_and_the_right_one_opens(address: str, ben: Agent, page: Page) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail address").fill("ben@company.example")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The address or the password is not right")
    axe(page)
    sign_in(page, address)
    expect(page.get_by_text("this one")).to_be_visible()


def test_an_authenticator_app_is_set_up_and_asked_for(address: str, ben: Agent, page: Page) -> None:
    sign_in(page, address)
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator("code").first.inner_text()
    page.get_by_label("The code that the app shows now").fill(code_now(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe(page)
    assert page.get_by_role("list", name="Unused codes").get_by_role("listitem").count() == 10
    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    axe(page)
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Safety")).to_be_visible()


def test_a_passkey_is_added_and_opens_the_account_without_a_password(
    address: str, ben: Agent, page: Page
) -> None:
    with_authenticator(page)
    sign_in(page, address)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{address}/-/profile/security")
    expect(page.get_by_text("Work laptop", exact=True)).to_be_visible()
    axe(page)
    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"/console/$"))
    page.goto(f"{address}/-/profile/security")
    expect(page.get_by_text("this one")).to_be_visible()


def test_a_passkey_serves_as_second_factor_too(address: str, ben: Agent, page: Page) -> None:
    with_authenticator(page)
    sign_in(page, address)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, address)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Safety")).to_be_visible()


def test_a_refused_passkey_is_told_in_words(address: str, ben: Agent, page: Page) -> None:
    page.goto(f"{address}/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()


def test_who_is_invited_joins_and_is_in(address: str, ben: Agent, page: Page) -> None:
    ben.roles.add(Role.objects.get(name="Administrator"))
    ben = Agent.objects.get(pk=ben.pk)
    carl = operations.invite(
        email="carl@company.example", name="Carl", roles=[Role.objects.get(name="Agent")], by=ben.actor
    )
    page.goto(f"{address}/account/invitation/{links.token(carl, 'invitation')}/")
    page.get_by_label("Your name").fill("Carl Cruz")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_contain_text("too short")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    sign_in(page, address, "carl@company.example")
    expect(page.get_by_text("this one")).to_be_visible()


def test_a_role_that_asks_for_more_leads_to_a_passkey_and_then_on(
    address: str, ben: Agent, page: Page
) -> None:
    Role.objects.filter(name="Agent").update(requires_second_factor=True)
    with_authenticator(page)
    sign_in(page, address)
    expect(page.get_by_role("heading", name="Protect your account")).to_be_visible()
    page.get_by_role("link", name="A passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{address}/-/profile")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()


def test_the_profile_works_with_the_keyboard_alone(address: str, ben: Agent, page: Page) -> None:
    sign_in(page, address)
    page.goto(f"{address}/-/profile")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type(" Junior")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_label("Name", exact=True)).to_have_value(re.compile("Junior"))
