"""Contact & support on a page of somebody else's website, under that website's own strict policy."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe, fits, screenshot

from tugon.company import operations as company
from tugon.customers.models import Customer
from tugon.customers.operations import make_key
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OPENS = re.compile("^Contact (&|at) support$")
PAGE = """<!doctype html><html lang="tl"><head><title>Watch</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Watch</h1><p>A film.</p><a href="#" data-tugon="open">Help</a></main>
<script async src="{base}/embed.js" {more}></script></body></html>"""


class Host(ThreadingHTTPServer):
    """A website with a strict Content-Security-Policy that shows one page."""

    page = ""
    policy = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(self.server.page.encode())

    def log_message(self, *_values: object) -> None:
        return


@pytest.fixture
def base(live_server: Any, settings: Any) -> str:
    settings.BASE_URL = str(live_server.url)
    return str(live_server.url)


@pytest.fixture
def host(base: str) -> Iterator[Host]:
    server = Host(("127.0.0.1", 0), _Answers)
    server.policy = (
        f"default-src 'none'; script-src {base}; frame-src {base}; form-action {base}; img-src 'self'"
    )
    server.page = PAGE.format(base=base, more="")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    company.decide("embed_origins", value=[server.address], by=SYSTEM)
    yield server
    server.shutdown()
    server.server_close()


def panel(page: Page) -> Any:
    return page.frame_locator("iframe")


@pytest.mark.parametrize(
    ("size", "theme"), [("desk", "light"), ("desk", "dark"), ("phone", "light"), ("small", "dark")]
)
def test_the_panel_opens_on_a_strict_page_and_sets_no_cookie(
    open_page: Any, host: Host, size: str, theme: str
):
    page = open_page(size, theme)
    page.goto(host.address)
    button = page.get_by_role("button", name=OPENS)
    expect(button).to_be_visible()
    assert page.context.cookies() == []
    fits(page)
    button.press("Enter")
    expect(panel(page).get_by_role("heading", level=1)).to_be_visible()
    expect(panel(page).locator("html")).to_have_attribute("lang", "fil")
    assert page.context.cookies() == []
    screenshot(page, f"embed-{size}-{theme}")
    axe(page)
    panel(page).get_by_role("searchbox").press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_hosts_own_link_opens_it_too(open_page: Any, host: Host):
    page = open_page()
    page.goto(host.address)
    page.get_by_role("button", name=OPENS).wait_for()
    page.get_by_role("link", name="Help").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name=re.compile("^(Close|Isara)$")).click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_whom_the_host_signed_for_sees_their_requests_in_a_window(
    open_page: Any, host: Host, base: str, ana: Customer, ticket: Ticket
):
    row, secret = make_key(by=SYSTEM)
    claims = {
        "sub": "u-1",
        "exp": int(now().timestamp()) + 300,
        "email": "ana@mail.example",
        "email_verified": True,
    }
    token = jwt.encode(claims, secret, algorithm="HS256", headers={"kid": row.kid})
    host.page = PAGE.format(base=base, more=f'data-language="en" data-identity="{token}"')
    page = open_page()
    page.goto(host.address)
    page.get_by_role("button", name=OPENS).click()
    with page.expect_popup() as popup:
        panel(page).get_by_role("link", name="My requests").first.click()
    window = popup.value
    expect(window.get_by_text(ticket.subject)).to_be_visible()
    assert "identity" not in window.url
    assert token not in window.url


def test_where_the_company_does_not_let_a_site_frame_it_a_link_remains(browser: Browser, host: Host):
    company.decide("embed_origins", value=[], by=SYSTEM)
    page = browser.new_context().new_page()  # its console says that the frame was refused, as it should
    page.goto(host.address)
    page.get_by_role("button", name=OPENS).click()
    expect(page.get_by_role("dialog").locator("p").get_by_role("link")).to_be_visible(timeout=9000)
    page.context.close()
