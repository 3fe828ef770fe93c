from __future__ import annotations

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tugon.lib.clock import now
from tugon.rules import calling
from tugon.rules.models import Call

from .conftest import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside():
    """Another system that answers what it is told to, and remembers what it heard."""
    heard: list = []

    class Desk(BaseHTTPRequestHandler):
        status = 200

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((dict(self.headers), body))
            self.send_response(type(self).status)
            self.end_headers()
            self.wfile.write(b"noted")

        def log_message(self, *_given):
            pass

    server = HTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard, Desk
    server.shutdown()


@pytest.fixture
def call(rule, write_in):
    """A rule's call that waits."""
    one = rule("Tell", says("mango"), [{"do": "webhook", "address": "https://hooks.example/tugon"}])
    write_in("Mango", "A mango")
    return Call.objects.get(rule=one)


def test_a_rule_writes_a_call_down_without_anybodys_words(call):
    assert (call.state, call.address) == ("waiting", "https://hooks.example/tugon")
    assert call.body["happened"] == "TicketOpened"
    assert call.body["rule"]["version"] == 1
    assert "A mango" not in json.dumps(call.body)
    assert "ana@mail.example" not in json.dumps(call.body)


def test_the_call_is_signed_and_its_answer_kept(call, outside):
    address, heard, _desk = outside
    call.address = address
    calling.make(call, is_allowed=lambda _address: True)
    assert (call.state, call.status, call.answer) == ("done", 200, "noted")
    headers, body = heard[0]
    at, mac = headers["Tugon-Signature"].removeprefix("t=").split(",v1=")
    secret = calling.secret_of(call.rule_id)
    assert mac == hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def test_a_private_address_is_never_called(call, outside):
    address, heard, _desk = outside
    call.address = address
    calling.make(call)
    assert (call.state, heard) == ("failed", [])
    assert "private network" in call.answer


def test_a_system_that_fails_is_asked_again_and_then_given_up(call, outside):
    address, heard, desk = outside
    desk.status = 503
    call.address = address
    for _attempt in range(calling.MOST_ATTEMPTS - 1):
        with pytest.raises(calling.CallFailed):
            calling.make(call, is_allowed=lambda _address: True)
    calling.make(call, is_allowed=lambda _address: True)
    assert (call.state, call.attempts, len(heard)) == ("failed", 5, 5)
    assert call.settled_at <= now()


def test_what_is_refused_for_good_is_not_asked_again(call, outside):
    address, heard, desk = outside
    desk.status = 410
    call.address = address
    calling.make(call, is_allowed=lambda _address: True)
    assert (call.state, len(heard)) == ("failed", 1)
