"""An agent at work in a real browser: lists, the ticket, live colleagues, keys, both themes and sizes."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot
from tests.cast import PASSWORD

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Customer
from tugon.project.tests.test_live_streams import web
from tugon.tickets import operations
from tugon.tickets.models import Draft, Message, Ticket, View
from tugon.tickets.operations import NewMessage
from tugon.tickets.starting import create_starting_rows

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OPEN = {"all": [{"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}]}


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def live_address() -> Iterator[str]:
    """The real server, with its stream."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ.setdefault("TUGON_BASE_URL", f"http://127.0.0.1:{port}")
    with web(port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def view(db: None) -> View:
    create_starting_rows()
    View.objects.all().delete()
    return View.objects.create(name="All open", conditions=OPEN, icon="inbox", shortcut="o")


@pytest.fixture
def pile(view: View, write_in: Callable[..., Ticket], ana: Customer) -> list[Ticket]:
    rows = [write_in(f"Video {number} will not play") for number in range(12)]
    operations.add_incoming(
        rows[0],
        NewMessage(body="Still nothing", full_text="Still nothing\n> earlier"),
        by=ana.actor,
        customer=ana,
    )
    return rows


def sign_in(page: Page, address: str, agent: Agent, to: str = "/console/") -> None:
    page.goto(f"{address}/account/login/?next={to}")
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.wait_for_url(re.compile("/console/"))


def editor(page: Page, name: str = "Your answer") -> Any:
    return page.get_by_role("textbox", name=name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_page_fits_and_axe_finds_nothing(
    address: str,
    pile: list[Ticket],
    view: View,
    lea: Agent,
    open_page: Callable[..., Page],
    size: str,
    theme: str,
) -> None:
    operations.add_note(pile[0], NewMessage(body="Look"), by=lea.actor)
    operations.set_tags(pile[0], add=["vip"], by=lea.actor)
    operations.change(pile[0], priority=4, by=lea.actor)
    page = open_page(size, theme)
    sign_in(page, address, lea)
    places = {
        "list": f"views/{view.pk}/",
        "ticket": f"tickets/{pile[0].pk}/",
        "context": f"tickets/{pile[0].pk}/?screen=context",
        "message": f"tickets/{pile[0].pk}/messages/{Message.objects.filter(ticket=pile[0]).first().pk}",
        "search": "search?q=video",
        "customers": "customers/",
        "customer": f"customers/{pile[0].customer_id}/",
        "new_ticket": "tickets/new",
        "view_editor": f"views/{view.pk}/edit",
        "arrange": "views/arrange",
        "notifications": "notifications",
    }
    for name, place in places.items():
        page.goto(f"{address}/console/{place}")
        page.wait_for_load_state("networkidle")
        fits(page)
        axe(page)
        screenshot(page, f"console-{name}-{size}-{theme}")


def test_a_window_of_320_pixels_needs_no_sideways_scrolling(
    address: str, pile: list[Ticket], view: View, lea: Agent, open_page: Callable[..., Page]
) -> None:
    page = open_page("small")
    sign_in(page, address, lea)
    for place in (f"views/{view.pk}/", f"tickets/{pile[0].pk}/", f"tickets/{pile[0].pk}/?screen=context",
                  "search?q=video", "customers/", f"customers/{pile[0].customer_id}/", "tickets/new",
                  f"views/{view.pk}/edit", "notifications"):  # fmt: skip
        page.goto(f"{address}/console/{place}")
        page.wait_for_load_state("networkidle")
        fits(page)


def test_keys_walk_the_list_open_a_ticket_and_step_through(
    address: str, pile: list[Ticket], view: View, ben: Agent, page: Page
) -> None:
    sign_in(page, address, ben)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    first = page.url
    current = page.locator('#list-beside [data-row][aria-current="true"]')
    expect(current).to_have_count(1)
    page.evaluate("document.querySelector('#list-beside-scroll').dataset.kept = 'yes'")
    page.keyboard.press("Shift+J")
    expect(page).not_to_have_url(first)
    number = re.search(r"/tickets/(\d+)/", page.url)
    assert number
    expect(page.locator("#ticket-pane h1")).to_contain_text(f"#{number[1]}")
    expect(page).to_have_title(re.compile(f"#{number[1]}"))
    expect(current).to_have_attribute("id", f"row-{number[1]}")
    # The list was left alone.
    assert page.evaluate("document.querySelector('#list-beside-scroll').dataset.kept") == "yes"
    page.keyboard.press("Shift+K")
    expect(page).to_have_url(first)


def test_keys_on_a_ticket_change_it(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    ticket = pile[3]
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="On hold")).to_be_visible()
    page.get_by_role("button", name="On hold").click()
    expect(page.locator("#ticket-head summary").first).to_contain_text("On hold")
    page.keyboard.press("a")
    expect(page.locator("#p-assignee")).to_be_focused()
    page.locator("#p-assignee").select_option(label="Ben Bautista")
    expect(page.locator("#story")).to_contain_text("took the ticket")
    page.locator("#ticket-pane h1").click()
    page.keyboard.press("t")
    expect(page.locator("#p-tag")).to_be_focused()
    page.keyboard.type("refund")
    page.keyboard.press("Enter")
    expect(page.locator("#context-pane")).to_contain_text("refund")
    page.locator("#ticket-pane h1").click()
    page.keyboard.press("z")
    page.get_by_role("dialog").get_by_role("button", name="Tomorrow").click()
    expect(page.locator("#ticket-head")).to_contain_text("Put away; it comes back")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    for words in ("Reply", "Note", "State", "Next ticket", "Assignee", "Next row"):
        expect(keys).to_contain_text(words)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.tags, ticket.status) == (ben, ["refund"], "hold")


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
    page.locator("#p-priority").select_option(label="Urgent")
    expect(page.locator("#story")).to_contain_text("changed the priority to Urgent")
    expect(editor(page)).to_have_text("Half a thought")
    expect(page.locator("[data-form=note]")).to_be_hidden()
    expect(page.locator("[data-save-mark]").first).to_have_text("Draft saved")
    page.reload()
    expect(editor(page)).to_have_text("Half a thought")
    assert "Half a thought" in Draft.objects.get(ticket=ticket, agent=ben).html


def test_many_are_chosen_changed_and_taken_back(
    address: str, pile: list[Ticket], view: View, ben: Agent, page: Page
) -> None:
    sign_in(page, address, ben)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("2 chosen")
    axe(page)
    page.get_by_role("button", name="Change these…").click()
    page.get_by_label("Priority").select_option(label="Urgent")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Priority: Normal → Urgent")).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("2 tickets were looked at and changed.")).to_be_visible()
    assert Ticket.objects.filter(priority=4).count() == 2
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert Ticket.objects.filter(priority=4).count() == 0


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


def test_two_agents_see_each_other_and_every_change_within_a_second(
    live_address: str,
    pile: list[Ticket],
    ana: Customer,
    ben: Agent,
    lea: Agent,
    open_page: Callable[..., Page],
) -> None:
    ticket = pile[4]
    place = f"/console/tickets/{ticket.pk}/"
    one, two = open_page(), open_page()
    for page, agent in ((one, ben), (two, lea)):
        sign_in(page, live_address, agent, place)
        page.goto(live_address + place)
        expect(page.locator("[data-form=note]")).to_be_hidden()
    expect(one.locator("#here")).to_contain_text("Lea Lim is looking at this ticket.", timeout=5_000)
    one.wait_for_timeout(1_000)
    editor(two).click()
    two.keyboard.type("I am on it")
    expect(one.locator("#here")).to_contain_text("Lea Lim is writing here now.", timeout=2_000)
    editor(one).click()
    one.keyboard.type("Half a thought")
    # A change by one is seen by the other, whose words stay.
    two.locator("#p-priority").select_option(label="Urgent")
    expect(one.locator("#story")).to_contain_text("changed the priority to Urgent", timeout=2_000)
    expect(editor(one)).to_have_text("Half a thought")
    # The customer writes: both see it, and the answer to the older message is stopped once.
    operations.add_incoming(ticket, NewMessage(body="Wait, it works now!"), by=ana.actor, customer=ana)
    expect(one.locator("#story")).to_contain_text("Wait, it works now!", timeout=2_000)
    expect(two.locator("#story")).to_contain_text("Wait, it works now!", timeout=2_000)
    one.keyboard.press("Control+Enter")
    expect(one.get_by_text("There is a newer message")).to_be_visible()
    expect(editor(one)).to_have_text("Half a thought")
    one.get_by_role("button", name="Send anyway").click()
    expect(one.locator("#story")).to_contain_text("Half a thought")
    expect(editor(one)).to_have_text("")
    expect(two.locator("#story")).to_contain_text("Half a thought", timeout=2_000)
    expect(editor(two)).to_have_text("I am on it")


def test_a_live_list_keeps_what_was_chosen(
    live_address: str, pile: list[Ticket], view: View, ben: Agent, write_in: Callable[..., Ticket], page: Page
) -> None:
    sign_in(page, live_address, ben)
    chosen = page.locator(f"#row-{pile[5].pk} .row-check")
    chosen.check()
    page.locator(f"#row-{pile[7].pk} a").focus()
    page.wait_for_timeout(500)
    new = write_in("Fresh from the oven")
    expect(page.locator(f"#row-{new.pk}")).to_be_visible(timeout=3_000)
    expect(page.locator(".queue-link .queue-count").first).to_have_text("13", timeout=3_000)
    expect(chosen).to_be_checked()
    assert page.locator(".row-check:checked").count() == 1
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    expect(page.locator(f"#row-{pile[7].pk} a")).to_be_focused()


def test_a_team_member_without_rights_sees_no_way_to_write(
    address: str, pile: list[Ticket], carl: Agent, billing: Team, page: Page
) -> None:
    Ticket.objects.filter(pk=pile[0].pk).update(team=billing)
    sign_in(page, address, carl, f"/console/tickets/{pile[0].pk}/")
    page.goto(f"{address}/console/tickets/{pile[0].pk}/")
    expect(page.get_by_role("button", name="Send and wait")).to_have_count(0)
    expect(editor(page, "Your note for colleagues")).to_be_visible()
    axe(page)


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


def test_quoted_text_and_folded_changes_stay_open_when_the_page_changes(
    address: str, pile: list[Ticket], ben: Agent, page: Page
) -> None:
    ticket = pile[0]
    for priority in (3, 4, 1):
        operations.change(ticket, priority=priority, by=ben.actor)
    operations.add_note(ticket, NewMessage(body="Then this"), by=ben.actor)
    sign_in(page, address, ben, f"/console/tickets/{ticket.pk}/")
    page.goto(f"{address}/console/tickets/{ticket.pk}/")
    page.get_by_text("Show quoted text and signature").click()
    expect(page.locator(".whole")).to_contain_text("earlier")
    page.get_by_text("3 changes").click()
    page.locator("#p-priority").select_option(label="Urgent")
    expect(page.locator("#story")).to_contain_text("changed the priority to Urgent")
    expect(page.locator(".whole")).to_contain_text("earlier")
    expect(page.locator("#story details[open]")).to_have_count(2)


def test_two_tickets_are_merged_and_parted(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    sign_in(page, address, ben, f"/console/tickets/{pile[3].pk}/")
    page.goto(f"{address}/console/tickets/{pile[3].pk}/")
    page.keyboard.press("y")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Number or words").fill(f"#{pile[4].pk}")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    dialog.get_by_role("radio").check()
    axe(page)
    dialog.get_by_role("button", name="Merge").click()
    page.wait_for_url(re.compile(f"/tickets/{pile[4].pk}/"))
    expect(page.get_by_text(f"#{pile[3].pk} was merged into this ticket.")).to_be_visible()
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_role("button", name="Undo the merge")).to_have_count(0)
    pile[3].refresh_from_db()
    assert pile[3].merged_into is None


def test_a_view_is_made_in_the_editor(address: str, pile: list[Ticket], ben: Agent, page: Page) -> None:
    operations.change(pile[6], priority=4, by=ben.actor)
    sign_in(page, address, ben)
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.wait_for_url(re.compile("/views/new"))
    page.get_by_label("Name").fill("Urgent ones")
    page.get_by_role("button", name="Add a condition").first.click()
    page.locator("#c-1-field").select_option(label="Priority")
    page.locator("#c-1-is").select_option(index=0)
    page.get_by_label("Urgent").check()
    expect(page.get_by_role("status").filter(has_text="1 ticket fits now.")).to_be_visible()
    page.get_by_role("button", name="Save the view").click()
    expect(page.get_by_role("heading", name="Urgent ones")).to_be_visible()
    expect(page.locator("#list [data-row]")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Queues")).to_contain_text("Urgent ones")


def test_the_command_bar_finds_a_ticket_and_the_bell_counts(
    live_address: str, pile: list[Ticket], ben: Agent, lea: Agent, page: Page
) -> None:
    sign_in(page, live_address, lea)
    page.wait_for_timeout(700)
    operations.add_note(pile[2], NewMessage(body="Look"), by=ben.actor, mentions=[lea])
    expect(page.get_by_role("link", name="Notifications: 1 unread")).to_be_visible(timeout=3_000)
    page.keyboard.press("Control+k")
    page.keyboard.type(str(pile[2].pk))
    page.get_by_role("option", name=f"#{pile[2].pk}").first.click()
    page.wait_for_url(re.compile(f"/tickets/{pile[2].pk}/"))
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()


PASTE = """element => {
    const bytes = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4" +
        "nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="), one => one.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], "screen.png", {type: "image/png"}));
    element.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
