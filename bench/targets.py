"""The same work on both sides, as requests."""

import re
import secrets
from typing import Any
from urllib.parse import urlencode

import data
from clients import Client, Target, request


def of_tugon(port: int, known: dict[str, Any]) -> dict[str, Target]:
    """list: 50 open tickets. ticket: 5 messages. search: 30 results. create: the public form of a stranger."""
    cookie = f"sessionid={known['session']}"

    def page(path: str, **extra: str) -> Target:
        return Target(port, lambda _n: [request(path, cookie=cookie, extra=extra)])

    return {
        "empty": Target(port, lambda _n: [request("/alive")]),
        "list": page(f"/console/views/{known['list']}/"),
        "list, compressed": page(f"/console/views/{known['list']}/", **{"Accept-Encoding": "gzip"}),
        "ticket": page(f"/console/tickets/{known['ticket']}/"),
        "search": page(f"/console/search?q={data.MARKS[0]}"),
        "search, rare word": page(f"/console/search?q={data.RARE}"),
        "create": _form(port, "/contact/contact/", lambda n: {
            "token": known["token"], "once": secrets.token_hex(6), "email": f"v{secrets.token_hex(6)}@visitors.example",
            "name": "Visitor", "subject": f"Video stops after {n} seconds", "description": _words(n), "side": "mine",
        }),
    }  # fmt: skip


def of_peer(port: int, known: dict[str, Any]) -> dict[str, Target]:
    """A list and a search are a page and its data, as the browser asks for them; 25 rows."""
    cookie = f"sessionid={known['session']}"

    def listed(path: str) -> Target:
        _status, _head, body = Client(port).ask(request(path, cookie=cookie))
        found = re.search(rb"/datatables_ticket_list/[A-Za-z0-9+/=]+", body)
        assert found, body[:500]
        rows = found.group(0).decode() + "?draw=1&start=0&length=25&search[value]=&search[regex]=false"
        return Target(port, lambda _n: [request(path, cookie=cookie), request(rows, cookie=cookie)])

    return {
        "empty": Target(port, lambda _n: [request("/empty")]),
        "list": listed("/tickets/"),
        "ticket": Target(port, lambda _n: [request(f"/tickets/{known['ticket']}/", cookie=cookie)]),
        "search": listed(f"/tickets/?q={data.MARKS[0]}"),
        "search, rare word": listed(f"/tickets/?q={data.RARE}"),
        "create": _form(port, "/tickets/submit/", lambda n: {
            "queue": known["queue"], "title": f"Video stops after {n} seconds", "body": _words(n), "priority": 3,
            "submitter_email": f"v{secrets.token_hex(6)}@visitors.example",
        }),
    }  # fmt: skip


def _form(port: int, path: str, fields: Any) -> Target:
    """Posts of a form that was opened once: every one from another network address."""
    _status, head, body = Client(port).ask(request(path))
    cookie = re.search(rb"csrftoken=[^;]+", head)
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert cookie, head
    assert token, body[:500]

    def posts(number: int) -> list[bytes]:
        values = fields(number) | {"csrfmiddlewaretoken": token.group(1).decode()}
        address = ".".join(str(byte) for byte in secrets.token_bytes(4))
        extra = {"X-Forwarded-For": f"{address}"}
        return [request(path, cookie=cookie.group(0).decode(), body=urlencode(values).encode(), extra=extra)]

    return Target(port, posts, wanted=302)


_pool = data.Words()


def _words(number: int) -> str:
    return _pool.bodies[number % data.POOL]
