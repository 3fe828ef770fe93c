"""What is done inside the peer's environment: `python work.py load COUNT`, `python work.py mail DIRECTORY`.

load: makes the tables and fills them by COPY with the same tickets; prints JSON {session, ticket, queue}.
mail: reads every letter of the directory by django-helpdesk's own command; prints JSON {seconds, tickets}.
"""

import json
import sys
import time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# isort: off
import helpdesk_site  # noqa: F401  configures Django

# isort: on
import data
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.core.management import call_command
from django.db import connection
from helpdesk.email import process_email
from helpdesk.models import Queue, Ticket

OPEN, RESOLVED = 1, 3
NULL = "\\N"


def main() -> None:
    command, argument = sys.argv[1:3]
    result = load(int(argument)) if command == "load" else mail(Path(argument))
    print(json.dumps(result))


def load(count: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    queues, agents = _people()
    if Ticket.objects.count() < count:
        _fill(count, queues, agents)
    ticket = _ticket_of_five(count)
    return {"session": _session(agents[0]), "ticket": ticket, "queue": queues[0]}


def _people() -> tuple[list[int], list[int]]:
    user = get_user_model()
    if not Queue.objects.exists():
        call_command("loaddata", "emailtemplate.json", verbosity=0)
        for index in range(data.TEAMS):
            Queue.objects.create(
                title=f"Team {index}", slug=f"team{index}", email_address=f"team{index}@bench.example",
                allow_public_submission=True,
            )  # fmt: skip
        for index in range(data.AGENTS):
            user.objects.create_user(
                f"agent{index}", f"agent{index}@bench.example", None, is_staff=True, is_superuser=index == 0
            )
    return (
        list(Queue.objects.order_by("pk").values_list("pk", flat=True)),
        list(user.objects.filter(username__startswith="agent").order_by("pk").values_list("pk", flat=True)),
    )


def _fill(count: int, queues: list[int], agents: list[int]) -> None:
    words = data.Words()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET session_replication_role = replica")
        cursor.execute("TRUNCATE helpdesk_ticket CASCADE")
        columns = (
            "id, title, queue_id, created, modified, submitter_email, assigned_to_id, status, on_hold, description, "
            "priority, secret_key"
        )
        _copy(cursor, f"helpdesk_ticket ({columns})", (
            f"{one.index + 1}\t{one.subject}\t{queues[one.team]}\t{one.at}\t{one.at + timedelta(hours=6)}\t"
            f"c{one.customer}@mail.example\t{NULL if one.agent is None else agents[one.agent]}\t"
            f"{RESOLVED if one.status == 'solved' else OPEN}\tf\t{words.body(one.index, 0)}\t{one.priority}\t"
            f"{one.index:036d}\n"
            for one in data.tickets(count, words)
        ))  # fmt: skip
        _copy(cursor, "helpdesk_followup (ticket_id, date, title, comment, public, user_id)", (
            f"{one.index + 1}\t{one.at + timedelta(hours=2 * part)}\tComment\t{words.body(one.index, part)}\tt\t"
            f"{agents[one.index % data.AGENTS] if part % 2 else NULL}\n"
            for one in data.tickets(count, words)
            for part in range(1, data.MESSAGES)
        ))  # fmt: skip
        for table in ("helpdesk_ticket", "helpdesk_followup"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("VACUUM ANALYZE helpdesk_ticket, helpdesk_followup")


def _copy(cursor: Any, target: str, lines: Any) -> None:
    with cursor.copy(f"COPY {target} FROM STDIN") as copy:
        block: list[str] = []
        for line in lines:
            block.append(line)
            if len(block) == 2000:
                copy.write("".join(block))
                block.clear()
        copy.write("".join(block))


def _ticket_of_five(count: int) -> int:
    """The description and four follow-ups."""
    ticket = Ticket.objects.get(pk=count - 10)
    if ticket.followup_set.count() < data.MESSAGES:
        last = ticket.followup_set.last()
        last.pk = None
        last.save()
    return ticket.pk


def _session(agent: int) -> str:
    """The key of a session in which the agent is signed in."""
    user = get_user_model().objects.get(pk=agent)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def mail(directory: Path) -> dict[str, Any]:
    queue = Queue.objects.order_by("pk").first()
    Queue.objects.filter(pk=queue.pk).update(
        allow_email_submission=True, email_box_type="local", email_box_local_dir=str(directory),
        email_box_interval=0, email_box_last_check=None, logging_type="none",
    )  # fmt: skip
    before = Ticket.objects.count()
    started = time.perf_counter()
    process_email(quiet=True)
    return {"seconds": time.perf_counter() - started, "tickets": Ticket.objects.count() - before}


if __name__ == "__main__":
    main()
