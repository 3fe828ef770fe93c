"""What a browser loads to show a page for the first time, by Chromium with an empty cache."""

import gzip
import shutil
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic"]  # fmt: skip


@dataclass
class Weight:
    """sent: bytes of bodies as they came. raw: after decompression. zipped: as a proxy that compresses HTML would send.

    streams: connections for live updates, which stay open and are not counted as requests.
    """

    requests: int = 0
    html: int = 0
    raw: int = 0
    sent: int = 0
    zipped: int = 0
    streams: int = 0


def weights(base: str, session: str, paths: dict[str, str]) -> dict[str, Weight]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        found: dict[str, Weight] = {}
        # Once for nothing: the first screen after a start is told to ask again, since nobody listened before.
        for name, path in [next(iter(paths.items())), *paths.items()]:
            context = browser.new_context()
            if not path.startswith("/contact"):
                context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
            found[name] = _of(context.new_page(), base + path)
            context.close()
        browser.close()
    return found


def _of(page: Page, address: str) -> Weight:
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1500)
    weight = Weight()
    for answer in answers:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            weight.streams += 1
            continue
        sent = answer.request.sizes()["responseBodySize"]
        try:
            body = answer.body()
        except Error:  # empty, or the page no longer has it
            body = b""
        is_packed = "content-encoding" in answer.headers
        weight.requests += 1
        weight.raw += len(body)
        weight.sent += sent
        is_text = not answer.headers.get("content-type", "").startswith(("font", "image/png", "image/webp"))
        weight.zipped += sent if is_packed or not is_text else len(gzip.compress(body, 6))
        if answer.url == address:
            weight.html = len(body)
    return weight
