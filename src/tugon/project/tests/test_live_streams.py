"""The real server on loopback, the real database: pages and streams on one port."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from tugon.realtime.publish import publish, publish_revocation

pytestmark = pytest.mark.django_db(transaction=True)


class Screen:
    """A browser's EventSource, read line by line."""

    def __init__(self, port: int, session: str, topics: str, **headers: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        cookie = {"Cookie": f"sessionid={session}"} if session else {}
        self.connection.request("GET", f"/-/stream?topics={topics}", headers=cookie | headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        if self.status == 200:
            assert self.answer.readline() == b"retry: 2000\n"

    def next_event(self, *, within: float = 5.0) -> tuple[str, str] | None:
        """Name and data of the next event, None if the stream ended."""
        self.connection.sock and self.connection.sock.settimeout(within)
        event = ""
        while line := self.answer.readline().decode():
            if line.startswith("event: "):
                event = line[7:].strip()
            elif line.startswith("data:"):
                return event, line[5:].strip()
        return None

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


@contextmanager
def web(port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--no-ws", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "tugon.project.tests.live_application:application"],
        env=os.environ | {"LIVE_DATABASE": connection.settings_dict["NAME"]},
    )
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture
def server() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with web(port) as process:
        yield port, process


@pytest.fixture
def session(client, django_user_model) -> str:
    client.force_login(django_user_model.objects.create(email="ana@example.test", name="Ana"))
    return client.session.session_key


def test_screens_hear_of_a_commit_within_a_second_and_of_a_rollback_never(server, session):
    port, _ = server
    screens = [Screen(port, session, "ticket:42,ticket:43"), Screen(port, session, "ticket:42,ticket:13")]
    assert screens[0].answer.getheader("cache-control") == "no-store"
    assert screens[1].next_event() == ("refused", "ticket:13")
    with transaction.atomic():
        publish("ticket:43")
        transaction.set_rollback(True)
    began = time.monotonic()
    with transaction.atomic():
        publish("ticket:42", "ticket:13")
    assert [screen.next_event() for screen in screens] == [("topics", "ticket:42")] * 2
    assert time.monotonic() - began < 1

    # A hundred commits in a moment are told at once and once more, not a hundred times.
    for _ in range(100):
        publish("ticket:43")
    publish("ticket:42")
    told = [screens[0].next_event() for _ in range(2)]
    assert any("ticket:42" in event[1] for event in told)
    assert len([event for event in told if "ticket:43" in event[1]]) <= 2

    # The listener's database connection is cut: everyone fetches everything.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name LIKE '%-listen' AND datname = current_database()"
        )
    for screen in screens:
        while (event := screen.next_event()) and event[0] != "resync":
            pass
        assert event == ("resync", "")
    publish("ticket:42")
    assert screens[1].next_event() == ("topics", "ticket:42")


def test_who_may_not_hear_is_told_why(server, session):
    port, _ = server
    assert Screen(port, "", "ticket:42").status == 401
    assert Screen(port, "nosuchsession", "ticket:42").status == 401
    assert Screen(port, session, "ticket:13").status == 403
    assert Screen(port, session, "payroll:1").status == 403
    assert Screen(port, session, "not a topic".replace(" ", "%20")).status == 400


def test_a_screen_that_comes_back_or_was_rendered_long_ago_fetches_everything(server, session):
    port, _ = server
    assert Screen(port, session, "ticket:42", **{"Last-Event-ID": "7"}).next_event() == ("resync", "")
    assert Screen(port, session, "ticket:42&since=1000000").next_event() == ("resync", "")
    rendered = time.time()
    publish("ticket:42")
    time.sleep(0.3)
    assert Screen(port, session, f"ticket:42&since={rendered}").next_event() == ("topics", "ticket:42")


def test_a_revoked_session_ends_its_streams(server, session):
    port, _ = server
    screen = Screen(port, session, "ticket:42")
    SessionStore(session).delete()
    publish_revocation(session)
    assert screen.next_event() == ("end", "signed-out")
    assert screen.next_event() is None


def test_no_database_connection_but_the_listener_is_kept_by_open_streams(server, session):
    port, _ = server
    screens = [Screen(port, session, "ticket:42") for _ in range(12)]
    assert {screen.status for screen in screens} == {200}
    assert Screen(port, session, "ticket:42").status == 429
    screens.pop().close()
    time.sleep(0.5)
    assert Screen(port, session, "ticket:42").status == 200


def test_the_server_stops_at_once_with_streams_open(server, session):
    port, process = server
    screen = Screen(port, session, "ticket:42")
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.wait(5)
    assert time.monotonic() - began < 3
    assert screen.next_event() is None


def test_pages_come_whole_through_the_same_port(server):
    port, _ = server
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    web.request("GET", "/echo/ma%C3%B1ana%20na?x=%C3%B1", headers={"X_Real_IP": "9.9.9.9"})
    answer = web.getresponse()
    assert answer.status == 200
    page = answer.read().decode()
    assert "/echo/ma\\u00f1ana na" in page
    assert '"x": "\\u00f1"' in page
    assert '"spoofed": ""' in page

    web.request("GET", "/slowly")
    assert web.getresponse().read() == b"part part part "

    file = os.urandom(1024) * 6000
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n' + file + b"\r\n--b--\r\n"
    )
    web.request("POST", "/echo/f", body=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    page = web.getresponse().read().decode()
    assert hashlib.sha256(file).hexdigest() in page
    assert '"on_disk": true' in page


def test_a_body_that_breaks_off_or_is_too_large_reaches_no_page(server):
    port, _ = server
    with socket.create_connection(("127.0.0.1", port)) as broken:
        broken.sendall(b"POST /echo/f HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")
    with socket.create_connection(("127.0.0.1", port), timeout=5) as large:
        large.sendall(b"POST /echo/f HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        assert b" 413 " in large.recv(1000)
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    web.request("GET", "/alive")
    assert web.getresponse().read() == b"ok"
