"""Workers killed at any moment: every letter becomes one ticket."""

import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

from tugon.intake.models import Received
from tugon.intake.operations import process_waiting, store
from tugon.tickets.models import Message, MessageKey, Ticket

from .conftest import letter

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WORKER = """
import django
django.setup()
from tugon.intake.operations import process_waiting
print("ready", flush=True)
process_waiting()
"""
LETTERS, KILLS = 120, 8


def test_every_letter_is_one_ticket_though_workers_are_killed(mailbox):
    for number in range(LETTERS):
        store(mailbox.channel, letter(f"Letter {number}", sender=f"p{number}@mail.example"), via="lmtp")
    chance = random.Random(7)
    killed = 0
    for _round in range(KILLS):
        workers = [_worker(), _worker()]
        for worker in workers:
            worker.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.6))
        for worker in workers:
            killed += worker.poll() is None
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    process_waiting()
    assert killed > 1
    assert Received.objects.filter(state="ticketed").count() == Received.objects.count() == LETTERS
    assert Ticket.objects.count() == Message.objects.filter(kind="incoming").count() == LETTERS
    assert Message.objects.filter(automatic="acknowledgement").count() == LETTERS
    assert MessageKey.objects.filter(message__kind="incoming").count() == LETTERS


def _worker() -> subprocess.Popen:
    target = connection.settings_dict
    address = f"postgresql://{target['USER']}@/{target['NAME']}?host={quote(target['HOST'])}"
    environment = {
        **os.environ,
        "TEST_DATABASE_URL": (os.environ.get("TEST_DATABASE_URL") and _renamed()) or address,
        "DJANGO_SETTINGS_MODULE": "tugon.project.testing",
    }
    command = [sys.executable, "-c", WORKER]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _renamed() -> str:
    """The server of TEST_DATABASE_URL with the name of this run's database."""
    return os.environ["TEST_DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
