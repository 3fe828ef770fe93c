"""Proofs on the whole running program, slow: everything is killed at random; the acknowledgement is in time."""

import os
import random
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.mail.conftest import letter
from tests.mail.dovecot import Dovecot, free_port
from tests.mail.smtp import SmtpServer, Taken

from tugon.database.embedded import EmbeddedServer

COMMAND = [sys.executable, "-m", "tugon.project.cli", "mail", "receive"]
LETTERS = 1000
SET_UP = """
import sys
import django
django.setup()
from tugon.channels.models import Channel, Mailbox
from tugon.lib import secrets
for name, host in (("fetched", "127.0.0.1"), ("received", "")):
    channel = Channel.objects.create(kind="email", name=name)
    address = f"{name}@tugon.test"
    Mailbox.objects.create(channel=channel, address=address, imap_host=host, imap_port=int(sys.argv[1]),
        imap_security="none", imap_user=address, sealed_imap_password=secrets.seal(sys.argv[2]), outgoing="sandbox")
"""
PARTS = {
    "web": "tugon.project.serve",
    "worker": "tugon.project.work",
    "mail": "mail\0serve",
    "database": "bin/postgres\0",
}


@pytest.fixture
def home() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="tugon-kill-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def everything(home: Path, dovecot: Dovecot) -> Iterator["subprocess.Popen[bytes]"]:
    """`tugon up` with a fetched and a received mailbox."""
    environment = _home_environment(home)
    log = (home / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "tugon.project.cli", "up", "--port", str(free_port())],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        _until(lambda: b"Tugon is starting" in (home / "up.log").read_bytes(), seconds=120)
        arguments = [str(dovecot.imap_port), dovecot.password]
        subprocess.run(
            [sys.executable, "-c", SET_UP, *arguments],
            env=environment | {"DJANGO_SETTINGS_MODULE": "tugon.project.settings"},
            check=True,
        )
        _until(
            lambda: (
                _query(home, "select count(*) from channels_folderstate where started_at is not null") == 1
            )
        )
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


@pytest.mark.slow
def test_a_thousand_letters_become_a_thousand_tickets_while_everything_is_killed_at_random(
    everything: "subprocess.Popen[bytes]", home: Path, dovecot: Dovecot
) -> None:
    senders = [
        threading.Thread(target=_send_to_dovecot, args=[dovecot, range(700)]),
        threading.Thread(target=_send_to_tugon, args=[home, range(700, 990)]),
        threading.Thread(target=_pipe, args=[home, range(990, LETTERS)]),
    ]
    for sender in senders:
        sender.start()
    chance = random.Random(20261121)
    killed: dict[str, int] = dict.fromkeys(PARTS, 0)
    order = [*PARTS] * 6
    chance.shuffle(order)
    for part in order:
        time.sleep(chance.uniform(0.5, 2.5))
        killed[part] += _kill(everything.pid, part)
    for sender in senders:
        sender.join(300)
        assert not sender.is_alive()
    count = "select count(*) from intake_received where state <> 'stored'"
    _until(lambda: _query(home, count) == LETTERS, seconds=400)
    time.sleep(3)
    assert all(times >= 2 for times in killed.values()), killed
    assert _query(home, "select count(*) from intake_received") == LETTERS
    assert _query(home, "select count(*) from intake_received where state = 'ticketed'") == LETTERS
    assert _query(home, "select count(*) from tickets_ticket") == LETTERS
    assert _query(home, "select count(distinct subject) from tickets_ticket") == LETTERS
    assert _query(home, "select count(*) from tickets_message where kind = 'incoming'") == LETTERS
    doubled = (
        "select count(*) from (select ticket_id from tickets_message where automatic = 'acknowledgement' "
    )
    assert _query(home, doubled + "group by ticket_id having count(*) > 1) as twice") == 0


@pytest.mark.slow
def test_a_letter_by_smtp_is_acknowledged_within_five_seconds(
    everything: "subprocess.Popen[bytes]", home: Path, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    def carry(taken: Taken) -> None:
        with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=30) as client:
            client.sendmail(taken.sender, taken.recipients, taken.raw)

    smtp_server.on_data = carry
    with psycopg.connect(**EmbeddedServer(home).address(), autocommit=True) as session:  # type: ignore[arg-type]
        session.execute(
            "update channels_mailbox set outgoing = 'smtp', smtp_host = %s, smtp_port = %s, smtp_security = 'none', "
            "smtp_user = '' where address = 'fetched@tugon.test'",
            [smtp_server.host, smtp_server.port],
        )
    took = []
    for number in range(4):
        begun = time.monotonic()
        with smtplib.SMTP(smtp_server.host, smtp_server.port, timeout=30) as client:
            client.sendmail(f"person{number}@customer.test", ["fetched@tugon.test"], _numbered(number))
        _until(lambda wanted=number + 1: _acknowledged(smtp_server) == wanted)  # type: ignore[misc]
        took.append(time.monotonic() - begun)
    assert max(took[1:]) < 5, took  # the first one starts the worker's imports


def _acknowledged(smtp_server: SmtpServer) -> int:
    return sum(
        "Auto-Submitted: auto-replied" in taken.raw.decode("ascii", "replace") for taken in smtp_server.taken
    )


def _numbered(number: int) -> bytes:
    return letter(f"mail {number}", body=f"Number {number} of many.", sender=f"person{number}@customer.test")


def _send_to_dovecot(dovecot: Dovecot, numbers: range) -> None:
    with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=60) as client:
        for number in numbers:
            client.sendmail(f"person{number}@customer.test", ["fetched@tugon.test"], _numbered(number))
            time.sleep(0.02)


def _send_to_tugon(home: Path, numbers: range) -> None:
    """As a mail server does: what is not answered with 250 stays in the queue and is tried again."""
    for number in numbers:
        while True:
            try:
                with smtplib.LMTP(str(home / "lmtp.sock"), timeout=30) as client:
                    client.sendmail(
                        f"person{number}@customer.test", ["received@tugon.test"], _numbered(number)
                    )
                break
            except (OSError, smtplib.SMTPException):
                time.sleep(0.3)


def _pipe(home: Path, numbers: range) -> None:
    for number in numbers:
        while True:
            done = subprocess.run(
                [*COMMAND, "--mailbox", "received@tugon.test"],
                input=_numbered(number),
                env=_home_environment(home),
                capture_output=True,
            )
            if done.returncode == 0:
                break
            assert done.returncode == 75, done.stderr.decode()
            time.sleep(0.5)


def _kill(parent: int, part: str) -> bool:
    """SIGKILL one process of this kind below `parent`; False when it is not there just now."""
    for pid, ours, line in _processes():
        if ours == parent and PARTS[part] in line:
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def _processes() -> Iterator[tuple[int, int, str]]:
    """(process, parent, command line) of every process that can be read."""
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                yield int(place.name), parent, (place / "cmdline").read_text(errors="replace")
            except OSError:
                continue


def _query(home: Path, sql: str) -> int:
    try:
        with psycopg.connect(**EmbeddedServer(home).address(), autocommit=True, connect_timeout=5) as session:  # type: ignore[arg-type]
            row = session.execute(sql).fetchone()  # type: ignore[call-overload]
            return int(row[0])
    except psycopg.Error:
        return -1


def _until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.3)


def _home_environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TUGON_", "DATABASE_", "DJANGO_"))
    }
    return kept | {"TUGON_HOME": str(home)}
