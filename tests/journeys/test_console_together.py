"""Two agents on one ticket, each in a browser, over the real stream."""

from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect
from tests.at_work import editor, sign_in

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.tickets import operations
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


SECOND = 1000
WATCH = """([place, words]) => { window.seen = new Promise((tell) => {
    const look = () => document.querySelector(place)?.textContent.includes(words);
    const watcher = new MutationObserver(() => { if (look()) { watcher.disconnect(); tell(Date.now()); } });
    watcher.observe(document.body, {subtree: true, childList: true, characterData: true});
}); }"""
NOTE = "(kind) => addEventListener(kind, () => { window.done = Date.now(); }, {capture: true, once: true})"


def passed(doer: Page, kind: str, watcher: Page, place: str, words: str, act: Callable[[], object]) -> float:
    """Milliseconds from the event of this kind in the doer's browser until the words stand in the watcher's.

    Both browsers run on one machine, so by one clock; what the test itself takes is not counted.
    """
    assert words not in watcher.locator(place).inner_text()
    watcher.evaluate(WATCH, [place, words])
    doer.evaluate(NOTE, kind)
    act()
    expect(watcher.locator(place)).to_contain_text(words, timeout=5_000)
    return float(watcher.evaluate("window.seen") - doer.evaluate("window.done"))


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
    typed = passed(
        two, "input", one, "#here", "Lea Lim is writing here now.", lambda: two.keyboard.type("I am on it")
    )
    assert typed < SECOND, f"Writing was seen after {typed:.0f} ms"
    editor(one).click()
    one.keyboard.type("Half a thought")
    # A change by one is seen by the other, whose words stay.
    lengths = [
        passed(
            two,
            "change",
            one,
            "#story",
            f"changed the type to {words}",
            lambda words=words: two.locator("#p-kind").select_option(label=words),
        )
        for words in ("Incident", "Problem", "Task")
    ]
    assert median(lengths) < SECOND, f"Changes were seen after {lengths} ms"
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
