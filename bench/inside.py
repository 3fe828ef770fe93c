"""What is done inside Tugon's environment, against the database that TUGON_HOME names. Prints one JSON document.

inside.py prepare              brings the tables up to date; a session, a ticket of five messages, a form's token
inside.py mail DIRECTORY       stores and understands the letters of the directory (`part/parts` of them) after a
                               line on standard input
inside.py floors               statements per page, and how long they take bare
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.settings")
os.environ.setdefault("TUGON_LOG_LEVEL", "ERROR")

# ruff: noqa: E402  Django is set up before it is used

import django

django.setup()

import data
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection


def main() -> None:
    command, *arguments = sys.argv[1:]
    if command == "floors":
        import floors

        result = floors.measured(json.loads(arguments[0]))
    else:
        result = {"prepare": prepare, "mail": mail}[command](*arguments)
    print(json.dumps(result))


def prepare() -> dict[str, Any]:
    from tugon.accounts.models import Agent
    from tugon.company.models import Setting
    from tugon.intake.models import Form
    from tugon.lib import secrets
    from tugon.tickets.models import Ticket, View

    call_command("migrate", verbosity=0)
    Setting.objects.update_or_create(key="automatic_per_hour", defaults={"value": 1_000_000})
    agent = Agent.objects.get(email="agent0@bench.example")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(agent.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    store.create()
    form = Form.objects.get(slug="contact")
    shown = int(time.time()) - 60
    last = Ticket.objects.filter(customer__name__endswith="Santos").order_by("-pk")[10]
    return {
        "session": store.session_key,
        "list": View.objects.get(names__en="All open").pk,
        "ticket": _of_five(last),
        "token": f"{shown}.{secrets.sign('form', form.pk, shown)}",
    }


def _of_five(ticket: Any) -> int:
    last = ticket.messages.last()
    if ticket.messages.count() == data.MESSAGES:
        last.pk = None
        last.save()
    return int(ticket.pk)


def mail(directory: str, part: str, parts: str) -> dict[str, Any]:
    from tugon.channels.models import Mailbox
    from tugon.intake.models import Received
    from tugon.intake.operations import process_waiting, store

    channel = Mailbox.objects.get(address="support@bench.example").channel
    letters = [path.read_bytes() for path in sorted(Path(directory).glob("*.eml"))][int(part) :: int(parts)]
    process_waiting()  # nothing waits; loads what a worker has loaded
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    rows = [store(channel, raw, via="lmtp").pk for raw in letters]
    stored = time.perf_counter()
    done = process_waiting()
    ended = time.perf_counter()
    states = Received.objects.filter(pk__in=rows).values_list("state", "reason")
    odd = [row for row in states if row[0] not in ("ticketed", "stored")]
    return {"store": stored - began, "process": ended - stored, "done": done, "odd": odd[:3]}


def empty_commit() -> float:
    """Milliseconds of a transaction that writes one small row: what a disk costs at least."""
    times = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE IF NOT EXISTS bench_nothing (n int)")
        for _ in range(30):
            began = time.perf_counter()
            cursor.execute("SELECT pg_logical_emit_message(true, 'bench', 'x')")
            times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2] * 1e3


if __name__ == "__main__":
    main()
