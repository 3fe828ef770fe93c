"""Words that come from elsewhere: pasted links keep their distance, and wide tables stay readable on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in
from tests.browser import fits

from tugon.accounts.models import Agent
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, reply

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TABLE = """<p>Where to find it.</p><table><thead><tr><th>Maker</th><th>Menu</th><th>Entry</th></tr></thead>
<tbody><tr><td>LongNameOfAMaker</td><td>SettingsAndMore</td><td>SubscriptionAndMembership</td></tr></tbody></table>"""
PASTE = """(element, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_pasted_links_keep_the_blank_between_them_and_lose_their_dress(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    place = f"/console/tickets/{pile[0].pk}/"
    sign_in(page, address, ben, place)
    page.goto(address + place)
    editor(page).click()
    expect(page.locator("[data-form=reply] .ProseMirror")).to_be_visible()
    editor(page).evaluate(
        PASTE,
        '<a href="https://one.example/" style="color: red">one</a><span style="color: blue"> </span>'
        '<a href="https://two.example/">two</a>',
    )
    expect(editor(page)).to_have_text("one two")
    expect(editor(page).locator("a")).to_have_count(2)


def test_words_in_a_wide_table_of_a_letter_do_not_break_on_a_phone(
    address: str, ben: Agent, pile: list[Ticket], open_page: Callable[..., Page]
) -> None:
    reply(pile[0], NewMessage(body="See the table.", body_html=TABLE), by=ben.actor)
    page = open_page("phone")
    page.set_default_timeout(40_000)
    place = f"/console/tickets/{pile[0].pk}/"
    sign_in(page, address, ben, place)
    page.goto(address + place)
    cells = page.locator("#story td")
    expect(cells).to_have_count(3)
    for cell in cells.all():
        lines = cell.evaluate(
            """one => { const style = getComputedStyle(one);
            const inside = one.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
            return Math.round(inside / parseFloat(style.lineHeight)); }"""
        )
        assert lines == 1, cell.inner_text()
    fits(page)
