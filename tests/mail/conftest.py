"""The mail servers and mailboxes of these tests."""

import hashlib
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from imapclient import IMAPClient
from tests.mail.dovecot import Dovecot, running_dovecot
from tests.mail.smtp import SmtpServer

from tugon.channels.email.arrivals import Arrival
from tugon.channels.models import Channel, Mailbox
from tugon.lib import secrets


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    # Not pytest's own directory: that is private, and the server's unprivileged parts have to get in.
    with (
        tempfile.TemporaryDirectory(prefix="tugon-dovecot-") as place,
        running_dovecot(Path(place)) as server,
    ):
        yield server


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@dataclass
class Kept:
    """A ledger in memory: what a sink was given, once per letter and channel as the real one does."""

    arrivals: list[Arrival] = field(default_factory=list)
    calls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    refuses: Callable[[Arrival], bool] = lambda _arrival: False

    def __call__(self, arrival: Arrival) -> None:
        with self.lock:
            self.calls += 1
            if self.refuses(arrival):
                raise OSError("The disk is full")
            digests = {(one.channel_id, hashlib.sha256(one.raw).digest()) for one in self.arrivals}
            if (arrival.channel_id, hashlib.sha256(arrival.raw).digest()) not in digests:
                self.arrivals.append(arrival)

    @property
    def subjects(self) -> list[str]:
        return [subject_of(one.raw) for one in self.arrivals]


@pytest.fixture
def kept() -> Kept:
    return Kept()


_counter = iter(range(10_000))


@pytest.fixture
def box(dovecot: Dovecot, db: None) -> Mailbox:
    """A mailbox on the IMAP server whose folder is empty and was never read."""
    return new_box(dovecot)


def new_box(dovecot: Dovecot, **columns: object) -> Mailbox:
    number = next(_counter)
    address = f"support{number}-{threading.get_native_id()}@tugon.test"
    channel = Channel.objects.create(kind="email", name=f"Support {number}")
    values: dict[str, object] = {
        "address": address,
        "imap_host": dovecot.host,
        "imap_port": dovecot.imap_port,
        "imap_security": "none",
        "imap_user": address,
        "sealed_imap_password": secrets.seal(dovecot.password),
        "outgoing": "sandbox",
    }
    return Mailbox.objects.create(channel=channel, **(values | columns))


@pytest.fixture
def deliver(dovecot: Dovecot) -> Callable[..., None]:
    """Put letters into somebody's mailbox as a mail server does."""

    def put(to: str | Mailbox, *raws: bytes, folder: str = "INBOX", flags: tuple[bytes, ...] = ()) -> None:
        user = to.imap_user if isinstance(to, Mailbox) else to
        with signed_in(dovecot, user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for raw in raws:
                client.append(folder, raw, flags=flags)

    return put


def signed_in(dovecot: Dovecot, user: str) -> IMAPClient:
    client = IMAPClient(dovecot.host, dovecot.imap_port, ssl=False, timeout=20)
    client.login(user, dovecot.password)
    return client


def letter(subject: str, *, body: str = "Hello", sender: str = "ana@customer.test", **headers: str) -> bytes:
    """A small raw letter. Header names are given with underscores."""
    lines = {
        "From": sender,
        "To": "support@tugon.test",
        "Subject": subject,
        "Date": "Sat, 21 Nov 2026 10:00:00 +0000",
        "Message-ID": f"<{hashlib.sha256(f'{subject}{body}{sender}'.encode()).hexdigest()[:16]}@customer.test>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"{head}\r\n{body}\r\n".encode()


def subject_of(raw: bytes) -> str:
    import email
    import email.policy

    return str(email.message_from_bytes(raw, policy=email.policy.default)["Subject"] or "")
