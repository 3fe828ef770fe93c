"""Processes that die at the worst moment: nothing is lost, nothing doubled, and mail servers are told to try again."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from tests.mail.conftest import letter
from tests.mail.dovecot import free_port

from tugon.channels.email.imap import fetch
from tugon.channels.models import Mailbox
from tugon.intake.models import Received
from tugon.intake.operations import process_waiting, receive
from tugon.tickets.models import Ticket

COMMAND = [sys.executable, "-m", "tugon.project.cli", "mail", "receive"]
DIES_AFTER_KEEPING = """
import os, signal, sys
import django
django.setup()
from tugon.channels.email.imap import fetch
from tugon.channels.models import Mailbox
from tugon.intake.operations import receive
left = int(sys.argv[2])
def keep(arrival):
    global left
    receive(arrival)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
fetch(Mailbox.objects.get(pk=sys.argv[1]), keep)
"""


@pytest.mark.django_db(transaction=True)
def test_a_fetcher_killed_after_keeping_loses_and_doubles_nothing(
    box: Mailbox, deliver: Callable[..., None]
) -> None:
    fetch(box, receive)
    deliver(box, *[letter(f"letter {number}") for number in range(6)])
    for after in (1, 3):
        script = [sys.executable, "-c", DIES_AFTER_KEEPING, str(box.pk), str(after)]
        assert subprocess.run(script, env=_test_environment()).returncode == -signal.SIGKILL
    fetch(box, receive)
    process_waiting()
    assert sorted(Received.objects.values_list("subject", flat=True)) == [
        f"letter {number}" for number in range(6)
    ]
    assert Ticket.objects.count() == 6


def test_the_pipe_answers_75_without_a_database_and_shows_no_traceback(tmp_path: Path) -> None:
    environment = os.environ | {
        "TUGON_HOME": str(tmp_path),
        "DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/tugon",
        "DJANGO_SETTINGS_MODULE": "tugon.project.settings",
    }
    done = subprocess.run(COMMAND, input=letter("one"), env=environment, capture_output=True)
    assert done.returncode == 75
    assert b"Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.django_db(transaction=True)
def test_the_pipe_as_a_program_keeps_or_names_what_is_wrong(box: Mailbox) -> None:
    def piped(raw: bytes, *options: str) -> tuple[int, str]:
        done = subprocess.run([*COMMAND, *options], input=raw, env=_test_environment(), capture_output=True)
        return done.returncode, done.stderr.decode()

    assert piped(letter("one"), "--mailbox", box.address) == (0, "")
    assert Received.objects.get().subject == "one"
    code, words = piped(letter("two"), "--mailbox", "nobody@tugon.test")
    assert (code, "no mailbox of Tugon" in words) == (67, True)
    assert piped(b"")[0] == 64
    assert Received.objects.count() == 1


def _test_environment() -> dict[str, str]:
    """For a process of its own on this test's database."""
    database = connection.settings_dict
    address = (
        f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    )
    return os.environ | {"TEST_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tugon.project.testing"}
