"""The README's pictures, of a real program with fresh demo data. Run by bin/screenshots."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser import ARGUMENTS, ROOT, SETTLED, _chromium

IMAGES = ROOT / "docs" / "images"
PATIENCE = 180  # seconds until the demo stands


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tugon-pictures-") as home:
        address, logins, program = started(home)
        try:
            with sync_playwright() as playwright:
                take_all(
                    playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS), address, logins
                )
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(timeout=60)


def started(home: str) -> tuple[str, tuple[str, str], subprocess.Popen[bytes]]:
    """Start `tugon up --demo` and wait until it answers; its address, the first login it prints, and the process."""
    log = Path(home) / "said"
    with log.open("wb") as said:
        program = subprocess.Popen(
            [Path(sys.executable).parent / "tugon", "up", "--demo"],
            env={**os.environ, "TUGON_HOME": home, "NO_COLOR": "1", "COLUMNS": "200"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        time.sleep(0.5)
        words = log.read_text()
        address = re.search(r"http://127\.0\.0\.1:\d+", words)
        login = re.search(r"(\S+@\S+\.\S+)\s+(\S+)", words)
        if address and login and answers(address[0]):
            return address[0], (login[1], login[2]), program
    program.kill()
    raise SystemExit(f"Tugon did not start:\n{log.read_text()}")


def answers(address: str) -> bool:
    try:
        return bool(urlopen(f"{address}/alive", timeout=2).status == 200)
    except OSError:
        return False


def take_all(browser: Browser, address: str, login: tuple[str, str]) -> None:
    for name, theme in (("console", "light"), ("console-dark", "dark")):
        page = opened(browser, theme=theme)
        sign_in(page, address, login)
        page.goto(f"{address}/console/")
        page.locator(".row-link").first.click()
        page.wait_for_load_state("networkidle")
        keep(page, name)
    page = opened(browser, theme="light")
    page.goto(address)
    keep(page, "portal")
    page = opened(browser, theme="light", phone=True)
    page.goto(f"{address}/contact/members/")
    keep(page, "portal-phone")


def opened(browser: Browser, *, theme: str, phone: bool = False) -> Page:
    width, height = (390, 844) if phone else (1440, 900)
    view = {"width": width, "height": height}
    return browser.new_context(viewport=view, color_scheme=theme).new_page()  # type: ignore[arg-type]


def sign_in(page: Page, address: str, login: tuple[str, str]) -> None:
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", login[0])
    page.fill("input[name=password]", login[1])
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


def keep(page: Page, name: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.evaluate(SETTLED)
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")  # noqa: T201 - a command's own words


if __name__ == "__main__":
    main()
