"""OAuth 2: tokens are renewed in time, sent as XOAUTH2 asks, and their end is an alarm in words."""

import base64
import contextlib
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from tests.mail.smtp import SmtpServer

from tugon.accounts.models import Agent
from tugon.channels.email.connections import open_imap, open_smtp
from tugon.channels.email.errors import MailboxTrouble, SignInRefused, TokenRefused
from tugon.channels.email.oauth import access_token
from tugon.channels.models import Mailbox
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.project import health

pytestmark = pytest.mark.django_db


class TokenServer(ThreadingHTTPServer):
    """Hands out what `answer` says and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.answer: tuple[int, dict[str, Any]] = (200, {"access_token": "good-token", "expires_in": 3600})
        super().__init__(("127.0.0.1", 0), _TokenHandler)


class _TokenHandler(BaseHTTPRequestHandler):
    server: TokenServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        status, answer = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_values: object) -> None:
        return


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    server = TokenServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def box(mailbox: Mailbox, tokens: TokenServer) -> Mailbox:
    mailbox.sign_in = "oauth2"
    mailbox.oauth_client_id = "client"
    mailbox.sealed_oauth_client_secret = secrets.seal("secret")
    mailbox.sealed_oauth_refresh_token = secrets.seal("refresh-1")
    mailbox.oauth_token_url = f"http://127.0.0.1:{tokens.server_address[1]}/token"
    mailbox.save()
    return mailbox


@pytest.fixture
def imap_lines() -> Iterator[tuple[int, list[bytes]]]:
    """A small IMAP server of one conversation: takes XOAUTH2 with the good token."""
    listener = socket.create_server(("127.0.0.1", 0))
    lines: list[bytes] = []
    thread = threading.Thread(target=_imap, args=[listener, lines], daemon=True)
    thread.start()
    yield listener.getsockname()[1], lines
    listener.close()


def _imap(listener: socket.socket, lines: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        while True:
            conversation, _peer = listener.accept()
            with conversation, conversation.makefile("rwb", buffering=0) as file:
                file.write(b"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n")
                for line in file:
                    if line.split()[1] == b"AUTHENTICATE":
                        file.write(b"+ \r\n")
                        line = line.rstrip() + b" " + file.readline()
                    lines.append(line)
                    _imap_answer(file, line)


def _imap_answer(file: Any, line: bytes) -> None:
    tag, command, *rest = line.split()
    if command == b"AUTHENTICATE":
        if b"good-token" in base64.b64decode(rest[-1]):
            file.write(tag + b" OK welcome\r\n")
        else:
            file.write(tag + b" NO [AUTHENTICATIONFAILED] bad token\r\n")
    elif command == b"CAPABILITY":
        file.write(b"* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n" + tag + b" OK done\r\n")
    else:
        file.write(tag + b" OK done\r\n")


def test_a_token_is_asked_for_once_and_kept_until_it_ends(box: Mailbox, tokens: TokenServer) -> None:
    assert access_token(box) == "good-token"
    assert access_token(box) == "good-token"
    assert tokens.asked == [
        {
            "grant_type": ["refresh_token"],
            "client_id": ["client"],
            "client_secret": ["secret"],
            "refresh_token": ["refresh-1"],
        }
    ]
    box.refresh_from_db()
    assert "good-token" not in box.sealed_oauth_access_token
    Mailbox.objects.filter(pk=box.pk).update(oauth_expires_at=now() + timedelta(seconds=30))
    access_token(box)
    assert len(tokens.asked) == 2


def test_a_new_refresh_token_replaces_the_old(box: Mailbox, tokens: TokenServer) -> None:
    tokens.answer = (200, {"access_token": "a", "expires_in": 1, "refresh_token": "refresh-2"})
    access_token(box)
    access_token(box)
    assert tokens.asked[-1]["refresh_token"] == ["refresh-2"]


def test_a_withdrawn_permission_is_told_in_words(box: Mailbox, tokens: TokenServer) -> None:
    tokens.answer = (400, {"error": "invalid_grant", "error_description": "The refresh token has expired."})
    with pytest.raises(TokenRefused) as caught:
        access_token(box)
    assert "The refresh token has expired." in caught.value.message
    assert "Connect the mailbox again" in caught.value.message


def test_a_token_server_in_trouble_is_no_end_of_the_permission(box: Mailbox, tokens: TokenServer) -> None:
    tokens.answer = (503, {"error": "busy"})
    with pytest.raises(MailboxTrouble) as caught:
        access_token(box)
    assert not isinstance(caught.value, TokenRefused)


def test_imap_gets_the_bytes_of_xoauth2(box: Mailbox, imap_lines: tuple[int, list[bytes]]) -> None:
    port, lines = imap_lines
    box.imap_host, box.imap_port, box.imap_security, box.imap_user = (
        "127.0.0.1",
        port,
        "none",
        "help@company.example",
    )
    open_imap(box).shutdown()
    sent = next(line for line in lines if b"AUTHENTICATE" in line)
    assert (
        base64.b64decode(sent.split()[-1]) == b"user=help@company.example\x01auth=Bearer good-token\x01\x01"
    )


def test_a_token_the_server_drops_early_is_renewed_once(
    box: Mailbox, tokens: TokenServer, imap_lines: tuple[int, list[bytes]]
) -> None:
    box.imap_host, box.imap_port, box.imap_security = "127.0.0.1", imap_lines[0], "none"
    box.sealed_oauth_access_token, box.oauth_expires_at = secrets.seal("dropped"), now() + timedelta(hours=1)
    box.save()
    open_imap(box).shutdown()
    tokens.answer = (200, {"access_token": "still bad", "expires_in": 3600})
    Mailbox.objects.filter(pk=box.pk).update(oauth_expires_at=now())
    with pytest.raises(SignInRefused):
        open_imap(box)


def test_smtp_gets_the_bytes_of_xoauth2(box: Mailbox, smtp_server: SmtpServer) -> None:
    box.smtp_host, box.smtp_port, box.smtp_security = smtp_server.host, smtp_server.port, "none"
    box.smtp_user = "help@company.example"
    open_smtp(box).quit()
    assert smtp_server.tokens == ["user=help@company.example\x01auth=Bearer good-token\x01\x01"]


AUTHORIZE = "https://provider.example/consent?tenant=1"


@pytest.fixture
def asks_consent(box: Mailbox, ada: Agent, client: Client) -> Client:
    Mailbox.objects.filter(pk=box.pk).update(
        sign_in="password", sealed_oauth_refresh_token="", oauth_authorize_url=AUTHORIZE, oauth_scope="mail"
    )
    client.force_login(ada)
    return client


def sent_to_the_provider(client: Client, box: Mailbox) -> dict[str, list[str]]:
    place = client.get(f"/administration/mailboxes/{box.pk}/consent")["Location"]
    assert place.startswith(f"{AUTHORIZE}&")
    return parse_qs(place.partition("?")[2])


def test_an_administrator_consents_at_the_provider(
    asks_consent: Client, box: Mailbox, tokens: TokenServer
) -> None:
    tokens.answer = (200, {"access_token": "first", "refresh_token": "lasting", "expires_in": 3600})
    asked = sent_to_the_provider(asks_consent, box)
    assert asked["redirect_uri"][0].endswith("/administration/mailboxes/consent")
    back = asks_consent.get("/administration/mailboxes/consent", {"state": asked["state"][0], "code": "c0de"})
    assert back["Location"] == f"/administration/mailboxes/{box.pk}"
    verifier = tokens.asked[0]["code_verifier"][0]
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    assert (digest, tokens.asked[0]["code"]) == (asked["code_challenge"][0], ["c0de"])
    box.refresh_from_db()
    assert box.sign_in == "oauth2"
    assert box.oauth_consented_at
    assert secrets.unseal(box.sealed_oauth_refresh_token) == "lasting"
    assert access_token(box) == "first"
    assert "Test both directions" in asks_consent.get(back["Location"]).content.decode()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"error": "access_denied"}, "access_denied"),
        ({"code": "c0de", "state": "forged"}, "another attempt"),
        ({"code": "c0de"}, "without a refresh token"),
    ],
)
def test_a_consent_that_fails_changes_nothing_and_says_why(
    asks_consent: Client, box: Mailbox, tokens: TokenServer, answer: dict[str, str], says: str
) -> None:
    asked = sent_to_the_provider(asks_consent, box)
    answer = {"state": asked["state"][0], **answer}
    page = asks_consent.get("/administration/mailboxes/consent", answer, follow=True).content.decode()
    assert says in page
    box.refresh_from_db()
    assert (box.sign_in, box.sealed_oauth_refresh_token) == ("password", "")
    again = asks_consent.get("/administration/mailboxes/consent", answer, follow=True).content.decode()
    assert "used already" in again


def test_only_who_sets_up_channels_is_sent_to_the_provider(box: Mailbox, ben: Agent, client: Client) -> None:
    client.force_login(ben)
    assert client.get(f"/administration/mailboxes/{box.pk}/consent").status_code == 403


def test_the_doctor_warns_before_a_client_secret_ends(box: Mailbox, tokens: TokenServer) -> None:
    Mailbox.objects.filter(pk=box.pk).update(oauth_secret_ends_on=now().date() + timedelta(days=20))
    assert any("client secret" in finding.words for finding in health.mail())
    Mailbox.objects.filter(pk=box.pk).update(oauth_secret_ends_on=now().date() + timedelta(days=90))
    assert not any("client secret" in finding.words for finding in health.mail())
