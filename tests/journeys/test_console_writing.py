"""An agent writes: replies, notes, files, drafts, and takes back what went too early."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in
from tests.browser import axe

from tugon.accounts.models import Agent, Team
from tugon.tickets.models import Draft, Message, Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_reply_is_written_sent_and_taken_back(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    expect(page.locator("[data-form=note]")).to_be_hidden()
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Please try again.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#story")).to_contain_text("Please try again.")
    expect(editor(page)).to_have_text("")
    undo = page.locator("undo-send")
    expect(undo).to_contain_text("Leaves in")
    undo.get_by_role("button", name="Undo").click()
    expect(editor(page)).to_have_text("Please try again.")
    expect(page.locator("#story")).not_to_contain_text("Please try again.")
    assert not Message.objects.filter(ticket=ticket, kind="outgoing", automatic="").exists()


def test_a_toast_takes_a_reply_back_and_its_words_return(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Too early.")
    page.get_by_role("button", name="Send and solve").click()
    toast = page.locator(".toast-card").filter(has_text="Your reply is on its way.")
    toast.get_by_role("button", name="Undo").click()
    expect(editor(page)).to_have_text("Too early.")
    ticket.refresh_from_db()
    assert ticket.status == "new"


def test_words_being_written_survive_a_reload_and_other_changes(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    expect(page.locator("[data-form=note]")).to_be_hidden()
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Half a thought")
    page.locator("#p-kind").select_option(label="Incident")
    expect(page.locator("#story")).to_contain_text("changed the type to Incident")
    expect(editor(page)).to_have_text("Half a thought")
    expect(page.locator("[data-form=note]")).to_be_hidden()
    expect(page.locator("[data-save-mark]").first).to_have_text("Draft saved")
    page.reload()
    expect(editor(page)).to_have_text("Half a thought")
    assert "Half a thought" in Draft.objects.get(ticket=ticket, agent=ben).html


def test_on_a_phone_the_composer_is_small_until_it_is_used(
    address: str, pile: list[Ticket], ben: Agent, open_page: Callable[..., Page]
) -> None:
    ticket = pile[0]
    page = open_page("phone")
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    expect(page.get_by_role("button", name="Send and wait")).to_be_hidden()
    editor(page).click()
    expect(page.get_by_role("button", name="Send and wait")).to_be_visible()
    page.keyboard.type("On my way.")
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#story")).to_contain_text("On my way.")
    page.get_by_role("link", name="Customer and context").click()
    expect(page.get_by_role("heading", name="Ana Santos")).to_be_visible()
    page.get_by_role("link", name="Back to the ticket").first.click()
    expect(page.locator("#story")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()


def test_a_note_mentions_a_colleague_and_a_picture_is_pasted(
    address: str, pile: list[Ticket], ben: Agent, lea: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("n")
    note = editor(page, "Your note for colleagues")
    expect(note).to_be_focused()
    page.keyboard.type("Please look @Lea")
    expect(page.locator(".suggestions")).to_contain_text("Lea Lim")
    page.keyboard.press("Enter")
    note.evaluate(PASTE)
    expect(note.locator("img:not(.ProseMirror-separator)")).to_have_attribute("src", re.compile("/uploads/"))
    page.get_by_role("button", name="Add the note").click()
    story = page.locator("#story")
    expect(story).to_contain_text("Please look @Lea Lim")
    expect(story.locator("article img")).to_have_attribute("src", re.compile("/attachment/"))
    assert (
        story.locator("article img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    )
    expect(note).to_have_text("")
    expect(note).to_be_visible()
    assert lea.notifications.get().kind == "mentioned"


def test_files_are_attached_and_come_back_with_the_draft(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[2]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("See the file.")
    page.get_by_text("Attach files").first.click()
    page.locator("file-drop input[type=file]").set_input_files(
        {"name": "guide.txt", "mimeType": "text/plain", "buffer": b"Step one"}
    )
    expect(page.locator("file-drop input[type=hidden][name=uploads]")).to_have_count(1)
    expect(page.locator("[data-save-mark]").first).to_have_text("Draft saved")
    page.wait_for_timeout(1_500)
    page.reload()
    expect(page.get_by_label("guide.txt")).to_be_checked()
    page.get_by_role("button", name="Send and wait").click()
    expect(page.locator("#story").get_by_role("link", name="guide.txt")).to_be_visible()


def test_a_team_member_without_rights_sees_no_way_to_write(
    address: str, pile: list[Ticket], carl: Agent, billing: Team, page: Page
) -> None:
    Ticket.objects.filter(pk=pile[0].pk).update(team=billing)
    sign_in(page, address, carl, f"/console/tickets/{pile[0].pk}/")
    page.goto(f"{address}/console/tickets/{pile[0].pk}/")
    expect(page.get_by_role("button", name="Send and wait")).to_have_count(0)
    expect(editor(page, "Your note for colleagues")).to_be_visible()
    axe(page)


PASTE = """element => {
    const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4" +
        "nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="), one => one.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "screen.png", {type: "image/png"}));
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
