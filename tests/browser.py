"""A real Chromium for stories and looks: fixtures `browser`, `page`, and the words `axe` and `screenshot`.

The browser is the system's: the path in TUGON_CHROMIUM, else the first of CHROMIUM found on the path. Without one the
test is skipped with a reason, except under CI, where it fails.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
SIZES = {"desk": (1440, 900), "phone": (390, 844), "small": (320, 700)}
# Colours in the middle of a fade are nobody's colours; what turns for ever (a spinner) is not waited for.
SETTLED = """Promise.all(document.getAnimations()
    .filter(one => one.effect.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => null)))
    .then(() => null)"""
PICTURES = ROOT / "var" / "screenshots"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's own loop runs in this thread; Django's guard against that does not apply to what tests do.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`open_page("phone", theme="dark")`: a fresh person with a fresh browser. Errors of its scripts fail the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def opened(size: str = "desk", theme: str = "light", **more: Any) -> Page:
        width, height = SIZES[size]
        view: Any = {"viewport": {"width": width, "height": height}, "color_scheme": theme, **more}
        context = browser.new_context(**view)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"error in a script: {error}"))
        page.on("console", lambda message: _note(troubles, message))
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def axe(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """Fail unless axe finds nothing on the page as it stands. without: selectors left out."""
    source = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        pytest.fail("axe-core is not installed: run bin/assets")
    page.evaluate(SETTLED)
    page.evaluate(source.read_text())
    found = page.evaluate(
        "without => axe.run({exclude: without}, {resultTypes: ['violations']}).then(result => result.violations)",
        list(without),
    )
    assert not found, "\n".join(_told(violation) for violation in found)


def fits(page: Page) -> None:
    """Fail if the page can be scrolled sideways."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= room, f"{page.url} is {width} px wide in a window of {room} px"


def screenshot(page: Page, name: str, *, whole: bool = False) -> Path:
    """Keep a picture under var/screenshots for whoever wants to look."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    return path


def _chromium() -> str:
    wanted = os.environ.get("TUGON_CHROMIUM")
    found = wanted or next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found and Path(found).exists():
        return found
    reason = (
        "No Chromium was found: install it, or put its path into TUGON_CHROMIUM. The pages were NOT tested."
    )
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _note(troubles: list[str], message: Any) -> None:
    text = message.text
    if message.type == "error" and "Failed to load resource" not in text:
        troubles.append(f"the console said: {text}")


def _told(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {node['html'][:160]}\n      {node['failureSummary']}" for node in violation["nodes"][:4]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
