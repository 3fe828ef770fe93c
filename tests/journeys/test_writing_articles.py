"""The help center from an agent's side, in a real browser: written, reviewed, published, read, moved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot
from tests.cast import PASSWORD

from tugon.accounts.models import Agent
from tugon.helpcenter import operations
from tugon.helpcenter.models import Category, Section, Translation, Vote
from tugon.lib.clock import now
from tugon.search.models import Gap
from tugon.tickets.models import Ticket
from tugon.tickets.starting import create_starting_rows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = """<p>You can ask for a refund within two weeks of paying.</p><h2>What to do</h2>
<ol><li>Open <strong>Payments</strong>.</li><li>Choose the payment.</li><li>Choose <em>Ask for a refund</em>.</li></ol>
<aside data-callout="warning"><p>Gifts are never refunded.</p></aside>
<table><thead><tr><th>Way</th><th>Days</th></tr></thead><tbody><tr><td>Card</td><td>5</td></tr></tbody></table>"""


@pytest.fixture
def address(live_server: Any) -> str:
    create_starting_rows()
    return str(live_server.url)


@pytest.fixture
def refunds(db: None) -> Section:
    category = Category.objects.create(slug="payments", titles={"en": "Payments", "fil": "Bayad"})
    Section.objects.create(category=category, slug="cards", titles={"en": "Cards"}, position=1)
    return Section.objects.create(
        category=category, slug="refunds", titles={"en": "Refunds"}, needs_review=True, position=0
    )


@pytest.fixture
def refund(refunds: Section, lea: Agent) -> Translation:
    Section.objects.update(needs_review=False)
    row = operations.create_article(
        section=refunds, language="en", title="Ask for a refund", body=WORDS, by=lea.actor
    )
    operations.publish(row, by=lea.actor)
    filipino = operations.add_translation(row.article, language="fil", by=lea.actor)
    operations.write_draft(filipino, title="Humingi ng refund", body="<p>Dalawang linggo.</p>", by=lea.actor)
    operations.publish(filipino, by=lea.actor)
    operations.write_draft(row, body=WORDS.replace("two weeks", "30 days"), by=lea.actor)
    operations.publish(row, by=lea.actor)
    operations.write_draft(row, summary="Where and how.", by=lea.actor)
    return Translation.objects.get(pk=row.pk)


def sign_in(page: Page, address: str, agent: Agent, to: str) -> None:
    page.goto(f"{address}/account/login/?next={to}")
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(re.compile("/console/"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_fits_and_axe_finds_nothing(
    address: str, refund: Translation, lea: Agent, open_page: Callable[..., Page], size: str, theme: str
) -> None:
    Vote.objects.create(
        translation=refund, helpful=False, comment="Step 2 is gone", voter="x", voted_at=now()
    )
    Gap.objects.create(
        normal="gcash", text="gcash refund", language="en", searches=7, visitors=5, wordings=["gcash refund", "gcash"],
        first_at=now(), last_at=now(),
    )  # fmt: skip
    page = open_page(size, theme)
    sign_in(page, address, lea, "/console/articles/")
    pk = refund.article_id
    places = {
        "list": "",
        "new": "new",
        "edit": f"{pk}/en/",
        "translate": f"{pk}/fil/",
        "preview": f"{pk}/en/preview",
        "versions": f"{pk}/en/versions/",
        "about": f"{pk}/about",
        "work": "work/comments/",
        "searches": "work/searches/",
        "health": "health",
        "languages": "languages",
        "chapters": "chapters/",
        "category": "chapters/categories/new",
        "synonyms": "synonyms/",
        "notices": "notices/",
        "notice": "notices/new",
    }
    for name, place in places.items():
        page.goto(f"{address}/console/articles/{place}")
        page.wait_for_load_state("networkidle")
        fits(page)
        axe(page)
        screenshot(page, f"knowledge-{name}-{size}-{theme}", whole=True)


def test_an_article_is_written_reviewed_published_read_and_moved(
    address: str, refunds: Section, ben: Agent, lea: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    sign_in(page, address, ben, "/console/articles/")
    page.get_by_role("link", name="New article").first.click()
    page.get_by_label("Title").fill("Ask for a refund")
    page.get_by_role("button", name="Begin to write").click()
    text = page.get_by_role("textbox", name="Text of the article")
    text.click()
    page.keyboard.type("## What to do\nDo this:\n1. Open Payments.\nChoose the payment.")
    expect(text.get_by_role("heading", name="What to do")).to_be_visible()
    expect(text.locator("ol > li")).to_have_count(2)
    expect(page.locator("[data-save-mark]")).to_have_text("Draft saved")
    page.get_by_label("Whom to ask").select_option(label="Lea Lim")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("Waiting for a second person")).to_be_visible()

    other = open_page()
    sign_in(other, address, lea, "/console/articles/work/?whose=mine")
    other.get_by_role("link", name="Read it").click()
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_text("Approved. It can be published now.")).to_be_visible()
    other.get_by_role("button", name="Publish").click()
    expect(other.get_by_text("Published. Readers see it now.")).to_be_visible()

    reader = open_page("phone")
    reader.goto(f"{address}/en/help/articles/ask-for-a-refund/")
    expect(reader.get_by_role("heading", name="Ask for a refund", level=1)).to_be_visible()
    expect(reader.get_by_text("Choose the payment.").first).to_be_visible()

    other.get_by_label("Address", exact=True).fill("refunds")
    other.get_by_role("button", name="Change", exact=True).click()
    expect(other.get_by_text("is led there")).to_be_visible()
    reader.goto(f"{address}/en/help/articles/ask-for-a-refund/")
    expect(reader).to_have_url(re.compile("/en/help/articles/refunds/"))


def test_a_table_a_box_and_markdown_there_and_back(
    address: str, refund: Translation, lea: Agent, page: Page
) -> None:
    sign_in(page, address, lea, f"/console/articles/{refund.article_id}/en/")
    text = page.get_by_role("textbox", name="Text of the article")
    expect(text.locator("aside[data-callout=warning]")).to_be_visible()
    text.locator("td").first.click()
    page.get_by_role("button", name="Add a row").click()
    expect(text.locator("tr")).to_have_count(3)
    page.get_by_role("button", name="Markdown").click()
    plain = page.get_by_role("textbox", name="Text", exact=True)
    expect(plain).to_have_value(re.compile(r"> \[!warning\]\n> Gifts are never refunded\."))
    plain.fill(plain.input_value() + "\nOne **more** line.\n")
    page.get_by_role("button", name="Back to the editor").click()
    expect(text.locator("strong", has_text="more")).to_be_visible()
    expect(page.locator("[data-save-mark]")).to_have_text("Draft saved")
    row = Translation.objects.get(pk=refund.pk)
    assert "<strong>more</strong>" in row.draft_body
    assert row.draft_body.count("<tr>") == 3


def test_a_picture_is_pasted_and_words_from_a_word_processor_are_cleaned(
    address: str, refund: Translation, lea: Agent, page: Page
) -> None:
    sign_in(page, address, lea, f"/console/articles/{refund.article_id}/en/")
    text = page.get_by_role("textbox", name="Text of the article")
    text.locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    text.evaluate(
        """element => {
        const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA" +
            "WjR9awAAAABJRU5ErkJggg==";
        const bytes = Uint8Array.from(atob(pixel), sign => sign.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], "the-button.png", {type: "image/png"}));
        element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    }"""
    )
    expect(text.locator("figure img")).to_have_attribute("alt", "the button")
    page.keyboard.type("Where the button is")
    page.keyboard.press("Enter")
    text.evaluate(
        """element => {
        const data = new DataTransfer();
        data.setData("text/html", '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">' +
            '<span style="mso-list:Ignore">1.</span>From Word</p>');
        element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
    }"""
    )
    expect(text.locator("ol > li", has_text="From Word")).to_be_visible()
    expect(page.locator("[data-save-mark]")).to_have_text("Draft saved")
    assert "/files/article/" in Translation.objects.get(pk=refund.pk).draft_body


def test_two_who_write_at_once_are_told_and_nothing_is_lost(
    address: str, refund: Translation, lea: Agent, page: Page
) -> None:
    sign_in(page, address, lea, f"/console/articles/{refund.article_id}/en/")
    expect(page.get_by_role("textbox", name="Text of the article")).to_be_visible()
    operations.write_draft(refund, title="Somebody was faster", by=lea.actor)
    page.get_by_label("Title").fill("Mine")
    expect(page.get_by_text("A colleague saved this draft after you opened it")).to_be_visible()
    page.get_by_role("button", name="Save mine over it").click()
    expect(page.locator("[data-save-mark]")).to_have_text("Draft saved")
    assert Translation.objects.get(pk=refund.pk).draft_title == "Mine"


def test_an_article_is_found_with_a_hash_and_put_into_the_answer(
    address: str, refund: Translation, ticket: Ticket, lea: Agent, page: Page
) -> None:
    sign_in(page, address, lea, f"/console/tickets/{ticket.pk}/")
    answer = page.get_by_role("textbox", name="Your answer")
    answer.click()
    page.keyboard.type("See #refund")
    page.get_by_role("option", name="Ask for a refund").click()
    expect(answer.get_by_role("link", name="Ask for a refund")).to_have_attribute(
        "href", re.compile("/en/help/articles/ask-for-a-refund/")
    )
    page.get_by_role("button", name="Send and wait").click()
    expect(page.get_by_text("Your reply is on its way.")).to_be_visible()
    assert refund.article.tickets.get().ticket_id == ticket.pk


def test_the_panel_of_a_ticket_offers_an_article_that_goes_into_the_answer(
    address: str, refunds: Section, refund: Translation, ticket: Ticket, lea: Agent, page: Page
) -> None:
    row = operations.create_article(
        section=refunds,
        language="en",
        title="A video will not play",
        body="<p>Update the app, then the video plays on your phone again.</p>",
        by=lea.actor,
    )
    operations.publish(row, by=lea.actor)
    sign_in(page, address, lea, f"/console/tickets/{ticket.pk}/")
    panel = page.get_by_role("region", name="Help center")
    expect(panel.get_by_role("link", name="A video will not play")).to_be_visible()
    page.wait_for_load_state("networkidle")
    axe(page)
    screenshot(page, "knowledge-ticket")
    panel.get_by_role("button", name="Put in the answer").first.click()
    answer = page.get_by_role("textbox", name="Your answer")
    expect(answer.get_by_role("link", name="A video will not play")).to_be_visible()


def test_without_a_script_the_editor_is_a_form(
    address: str, refund: Translation, lea: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, address, lea, f"/console/articles/{refund.article_id}/en/")
    page.get_by_role("textbox", name="Text", exact=True).fill("Only **Markdown**.")
    page.get_by_role("button", name="Publish the changes").click()
    expect(page.get_by_text("Published. Readers see it now.")).to_be_visible()
    assert Translation.objects.get(pk=refund.pk).published.body == "<p>Only <strong>Markdown</strong>.</p>"
