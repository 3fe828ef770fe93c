"""A reader's stories in a real browser: finding, reading, voting, and going on to a person."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

from tugon.accounts.models import Agent
from tugon.channels.models import Channel, Mailbox
from tugon.customers.models import Audience
from tugon.helpcenter import counting, operations
from tugon.helpcenter.models import Category, DayCount, Notice, Section, Translation, Vote
from tugon.intake.models import Form
from tugon.lib.clock import now
from tugon.portal.help import lists, revision, warm
from tugon.search.knowledge import indexing
from tugon.tickets.models import Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

GUIDE = """
<p>You need your e-mail address.</p>
<ol><li>Open <strong>Sign in</strong>.</li><li>Choose <kbd>Forgotten</kbd>.</li><li>Follow the letter.</li></ol>
<h2>It does not arrive</h2><aside data-callout="warning"><p>Look in the spam folder.</p></aside>
<h2>On a television</h2>
<table><thead><tr><th>Maker</th><th>Menu</th><th>Entry</th></tr></thead><tbody><tr><td>LongNameOfAMaker</td>
<td>Settings and more settings</td><td>SubscriptionAndMembership</td></tr></tbody></table>
<h2>For programs</h2><pre><code>curl https://company.example/a/very/long/address/that/does/not/fit/on/any/telephone</code></pre>
"""


@pytest.fixture
def address(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    settings.BASE_URL = str(live_server.url)
    monkeypatch.setattr("tugon.intake.steps.submitted.FASTEST", 0)
    warm.shelf.clear()
    revision.forget()
    lists.forget()
    return str(live_server.url)


@pytest.fixture
def guide(lea: Agent, mailbox: Mailbox, members: Audience) -> Translation:
    """A guide in two languages, a second article, a notice, two audiences, one form."""
    Audience.objects.create(key="studios", names={"en": "Studios"}, icon="building-2", position=1)
    Notice.objects.create(
        titles={"en": "Videos are slow"}, level="warning", starts_at=now(), created_at=now(), bodies={}
    )
    category = Category.objects.create(
        slug="account",
        titles={"en": "Your account"},
        descriptions={"en": "Get in, stay in"},
        icon="user-round",
    )
    section = Section.objects.create(category=category, slug="signing-in", titles={"en": "Signing in"})
    shelf: dict[str, Any] = {"section": section, "language": "en", "by": lea.actor}
    row = operations.create_article(
        title="Reset your password", summary="In three steps.", body=GUIDE, kind="guide", **shelf
    )
    other = operations.create_article(title="Sign in with a passkey", body="<p>Touch it.</p>", **shelf)
    for one in (row, other):
        operations.publish(one, by=lea.actor)
    indexing.index_everything()
    channel = Channel.objects.create(kind="form", name="Web", team=mailbox.channel.team)
    Form.objects.create(channel=channel, slug="help", titles={"en": "Help"})
    return row


@pytest.mark.parametrize(("size", "theme"), [("desk", "light"), ("phone", "dark"), ("small", "light")])
def test_every_page_is_readable_by_everybody(
    open_page: Callable[..., Page], address: str, guide: Translation, size: str, theme: str
) -> None:
    page = open_page(size, theme=theme)
    for name, path in (
        ("home", "/en/"),
        ("chapters", "/en/help/"),
        ("chapter", "/en/help/categories/account/"),
        ("section", "/en/help/sections/signing-in/"),
        ("article", "/en/help/articles/reset-your-password/"),
        ("fallback", "/fil/help/articles/reset-your-password/"),
        ("voted", "/en/help/articles/reset-your-password/?voted=no"),
        ("search", "/en/help/search?q=password"),
        ("nothing", "/en/help/search?q=zzqqzz"),
        ("print", "/en/help/articles/reset-your-password/print/"),
    ):
        page.goto(address + path)
        axe(page)
        fits(page)
        screenshot(page, f"help-{name}-{size}-{theme}", whole=True)


def test_somebody_types_walks_down_the_results_and_reads(
    page: Page, address: str, guide: Translation
) -> None:
    page.goto(f"{address}/en/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("reset passw", delay=20)
    expect(page.locator(".search-found").get_by_role("link").first).to_contain_text("Reset your password")
    axe(page)
    field.press("ArrowDown")
    with page.expect_response("**/views/", timeout=30_000) as told:
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Reset your password", level=1)).to_be_visible()
    assert told.value.status == 204
    counting.flush()
    count = DayCount.objects.get()
    assert (count.views, count.from_search) == (1, 1)


def test_escape_closes_the_results_and_keeps_the_words(page: Page, address: str, guide: Translation) -> None:
    page.goto(f"{address}/en/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("password", delay=20)
    expect(page.locator(".search-found").get_by_role("link").first).to_be_visible()
    field.press("Escape")
    expect(page.locator(".search-found")).to_be_hidden()
    expect(field).to_have_value("password")


def test_a_vote_stays_on_the_page_and_its_words_reach_the_owner(
    page: Page, address: str, guide: Translation
) -> None:
    page.goto(f"{address}/en/help/articles/reset-your-password/")
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("What was missing or wrong?").fill("Step 2 is called otherwise.")
    page.locator("#helpful").get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your words have reached")).to_be_visible()
    assert (Vote.objects.get().helpful, Vote.objects.get().comment) == (False, "Step 2 is called otherwise.")


def test_all_of_it_works_without_scripts(
    open_page: Callable[..., Page], address: str, guide: Translation
) -> None:
    page = open_page("phone", java_script_enabled=False)
    page.goto(f"{address}/en/")
    page.get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="Chapters for members")).to_be_visible()
    page.get_by_role("searchbox").fill("password")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Reset your password").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("We are glad that it helped")).to_be_visible()
    assert Vote.objects.get().helpful is True
    page.get_by_role("link", name="Write to us").click()
    expect(page.get_by_text("You read: Reset your password")).to_be_visible()
    page.get_by_label("Your e-mail address").fill("dina@mail.example")
    page.get_by_label("Subject").fill("No letter comes")
    page.get_by_label("What happened?").fill("I waited an hour.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have your request")).to_be_visible()
    assert Ticket.objects.get().context["carried"][0]["title"] == "You read: Reset your password"


def test_the_language_switch_keeps_the_page(page: Page, address: str, guide: Translation, lea: Agent) -> None:
    row = operations.add_translation(guide.article, language="fil", by=lea.actor)
    operations.write_draft(row, title="I-reset ang password", body="<p>Buksan.</p>", by=lea.actor)
    operations.publish(row, by=lea.actor)
    page.goto(f"{address}/en/help/articles/reset-your-password/")
    page.get_by_role("contentinfo").get_by_role("link", name="Filipino").click()
    page.wait_for_url(f"{address}/fil/help/articles/i-reset-ang-password/")
    expect(page.get_by_role("heading", name="I-reset ang password")).to_be_visible()
