"""The kit in a real browser: every component, both themes, three sizes, nothing for axe to find."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import axe, fits, screenshot

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = {
    "kit": "/-/kit",
    "ticket": "/-/kit/console",
    "list": "/-/kit/console?screen=list",
    "context": "/-/kit/console?screen=context",
    "page": "/-/kit/console?screen=page",
    "portal": "/-/kit/portal",
    "plain": "/-/kit/plain",
    "missing": "/-/kit/nothing",
}


@pytest.fixture
def address(live_server: Any, settings: Any) -> str:
    settings.SHOW_KIT = True
    settings.ROOT_URLCONF = "tugon.pages.tests.urls"
    return str(live_server.url)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone", "small"])
def test_every_page_of_the_kit_fits_and_axe_finds_nothing(
    address: str, open_page: Callable[..., Page], size: str, theme: str
) -> None:
    page = open_page(size, theme)
    for name, path in PAGES.items():
        page.goto(address + path)
        if name in ("kit", "ticket"):
            page.keyboard.press("Shift")  # the editor comes with a person's first press
            expect(page.locator(".composer").first).to_be_visible(timeout=20_000)
        fits(page)
        screenshot(page, f"kit-{name}-{size}-{theme}", whole=True)
        axe(page)


def test_the_theme_switch_is_remembered_by_the_server(address: str, page: Page) -> None:
    page.goto(address + "/-/kit/portal")
    page.get_by_role("button", name="Theme: As the device").click()
    page.get_by_role("button", name="Theme: Light").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_language_of_the_link_stays(address: str, page: Page) -> None:
    page.goto(address + "/-/kit/portal?lang=tl")
    page.goto(address + "/-/kit/portal")
    assert page.locator("html").get_attribute("lang") == "fil"


def test_a_form_that_comes_back_names_what_to_change_and_takes_the_focus(address: str, page: Page) -> None:
    page.goto(address + "/-/kit")
    page.locator("#kit-form").get_by_role("button", name="Send").click()
    summary = page.locator("#kit-form .error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_subject")).to_be_focused()


def test_a_refusal_is_told_and_the_page_stays(address: str, page: Page) -> None:
    page.goto(address + "/-/kit")
    page.get_by_role("button", name="Be refused").click()
    expect(page.get_by_role("alert").filter(has_text="Something changed in the meantime")).to_be_visible()
    expect(page.get_by_role("button", name="Be refused")).to_be_visible()


def test_ctrl_k_lists_commands_with_their_keys_and_does_them(address: str, page: Page) -> None:
    page.goto(address + "/-/kit/console?screen=list")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    field.fill("filt")
    expect(page.get_by_role("option", name="Filter")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def test_j_and_k_move_through_the_rows_and_question_mark_shows_the_keys(address: str, page: Page) -> None:
    page.goto(address + "/-/kit/console?screen=list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".row").nth(2).locator("a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator(".row").nth(1).locator("a")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Next row")
    axe(page)


def test_the_composer_writes_html_into_its_field_and_mentions_people(address: str, page: Page) -> None:
    page.goto(address + "/-/kit/console")
    page.goto(address + "/-/kit")
    editor = page.get_by_role("textbox", name="Your answer")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" see @an")
    expect(page.get_by_role("listbox", name="Your answer")).to_contain_text("Ana Reyes")
    axe(page)
    page.keyboard.press("Enter")
    page.keyboard.type("for the rest")
    written = page.locator("textarea[name=body]").input_value()
    assert "<strong>Maria</strong>" in written
    assert 'data-id="1"' in written
    assert "for the rest" in written


def test_a_file_is_sent_at_once_shown_and_can_be_removed(address: str, page: Page) -> None:
    page.goto(address + "/-/kit")
    drop = page.locator("file-drop")
    drop.locator("input[type=file]").set_input_files(
        {"name": "screen.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    )
    expect(drop.locator("input[type=hidden][name=files]")).to_have_value("1")
    drop.get_by_role("button", name="Remove screen.png").click()
    expect(drop.locator(".drop-item")).to_have_count(0)


def test_a_draft_survives_a_reload_without_the_server(address: str, page: Page) -> None:
    page.goto(address + "/-/kit")
    page.route("**/-/kit/echo", lambda route: route.abort())
    page.get_by_role("textbox", name="Your answer").click()
    page.keyboard.type("Not lost")
    expect(page.locator("[data-save-mark]")).to_have_text("Draft kept in this browser")


def test_the_first_view_of_the_portal_is_light(address: str, page: Page) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.__setitem__(answer.url, len(answer.body())))
    page.goto(address + "/-/kit/portal", wait_until="networkidle")
    assert all(url.startswith((address, "data:")) for url in sizes)
    assert len(sizes) <= 8, sizes
