"""Fill a database of its own with tickets by COPY: 4 messages each of 40–90 words, 2 % each of four marked words.

    .venv/bin/python bench/generate.py --tickets 100000        (into var/bench/100000)

Deterministic (bench/data.py). Indexes and foreign keys wait until the rows are there. The words of the search are made
once per body of the pool and joined, as the program's own statement would; a sample is compared with it at the end.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import data

ROOT = Path(__file__).resolve().parents[1]
FIRST = 1001
"""The first ticket's number."""
BLOCK = 2000
"""Rows written at once."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    options = parser.parse_args()
    home = use_home(options.tickets)
    from tugon.database.embedded import EmbeddedServer

    started = time.monotonic()
    with EmbeddedServer(home).attached():
        fill(options.tickets)
    print(f"Done in {time.monotonic() - started:.0f} s: {home}")


def use_home(tickets: int) -> Path:
    """Point Tugon at the data directory of this size. Call before Django is set up."""
    home = Path(os.environ.get("TUGON_BENCH_HOME") or ROOT / "var" / "bench") / str(tickets)
    home.mkdir(parents=True, exist_ok=True)
    os.environ["TUGON_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugon.project.settings"
    return home


def fill(count: int) -> None:
    """Everything, unless it is there already."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM search_ticketentry LIMIT %s) AS found", [count])
        if cursor.fetchone()[0] >= count:
            print(f"{count:,} tickets are there already.")
            return
        cursor.execute("TRUNCATE tickets_ticket, tickets_message, search_ticketentry CASCADE")
    people = make_people()
    words = data.Words()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET session_replication_role = replica")
        with without_indexes(cursor, "tickets_ticket", "tickets_message", "search_ticketentry"):
            copy(cursor, "tickets_ticket", TICKET_COLUMNS, ticket_lines(count, words, people), count)
            copy(cursor, "tickets_message", MESSAGE_COLUMNS, message_lines(count, words, people), count * 4)
            write_words(cursor, count, words)
        for table in ("tickets_ticket", "tickets_message"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        compare_words(cursor, count)
        timed("VACUUM ANALYZE", lambda: cursor.execute("VACUUM ANALYZE"))


class People:
    """Ids by number, as bench/data.py counts them."""

    def __init__(self) -> None:
        from tugon.accounts.models import Agent, Team
        from tugon.customers.models import Customer

        self.customers = list(Customer.objects.order_by("pk").values_list("pk", flat=True)[: data.CUSTOMERS])
        ours = Agent.objects.filter(email__endswith="@bench.example")
        self.agents = list(ours.order_by("pk").values_list("pk", flat=True))
        self.teams = list(Team.objects.order_by("pk").values_list("pk", flat=True)[: data.TEAMS])


def make_people() -> People:
    """Customers, agents, teams, a mailbox, a form and the starting rows."""
    from tugon.accounts.models import Agent, Membership, Role, Team
    from tugon.accounts.starting import create_roles
    from tugon.channels.models import Channel, Mailbox
    from tugon.customers.models import ContactPoint, Customer
    from tugon.intake.models import Form
    from tugon.lib.clock import now
    from tugon.project.starting import create_all
    from tugon.search.indexing import index_customers

    if Channel.objects.exists():
        return People()
    create_roles()
    create_all()
    teams = [Team.objects.get_or_create(name=f"Team {index}")[0] for index in range(1, data.TEAMS + 1)]
    for index in range(data.AGENTS):
        agent = Agent.objects.create_user(
            f"agent{index}@bench.example", name=f"Agent {index}", password="bench"
        )
        agent.roles.add(Role.objects.get(name="Agent"))
        Membership.objects.create(team=teams[index % data.TEAMS], agent=agent)
    Customer.objects.bulk_create(
        Customer(name=f"Customer {index} Santos", language="en") for index in range(data.CUSTOMERS)
    )
    ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    ContactPoint.objects.bulk_create(
        ContactPoint(
            customer_id=pk, kind="email", value=f"c{index}@mail.example", is_primary=True, verified_at=now()
        )
        for index, pk in enumerate(ids)
    )
    index_customers(ids)
    mail = Channel.objects.create(kind="email", name="Support", team=teams[0], language="en")
    Mailbox.objects.create(channel=mail, address="support@bench.example", outgoing="sandbox")
    form = Channel.objects.create(kind="form", name="Contact", team=teams[1], language="en")
    Form.objects.create(channel=form, slug="contact", titles={"en": "Contact us"})
    return People()


TICKET_COLUMNS = (
    "id", "subject", "customer_id", "team_id", "assignee_id", "status", "kind", "priority", "side",
    "language", "tags", "fields", "context", "created_at", "updated_at", "last_customer_at", "last_agent_at",
    "first_response_at", "solved_at", "due_at", "due_kind", "message_count", "reopen_count", "snippet",
    "is_spam",
)  # fmt: skip
MESSAGE_COLUMNS = (
    "ticket_id", "kind", "customer_id", "agent_id", "body", "body_html", "full_text", "full_html", "language",
    "automatic", "envelope", "created_at", "release_at",
)  # fmt: skip
NULL = "\\N"


def ticket_lines(count: int, words: data.Words, people: People) -> Iterator[str]:
    """Lines of COPY's text format; the words hold neither tabs nor backslashes."""
    for one in data.tickets(count, words):
        is_open = one.status != "solved"
        first, last = _at(one.at + timedelta(hours=2)), _at(one.at + timedelta(hours=6))
        due = _at(one.at + timedelta(hours=30)) if one.status in ("new", "open") else NULL
        agent = NULL if one.agent is None else people.agents[one.agent]
        yield (
            f"{FIRST + one.index}\t{one.subject}\t{people.customers[one.customer]}\t{people.teams[one.team]}\t{agent}\t"
            f"{one.status}\tquestion\t{one.priority}\t\ten\t{'{refund}' if one.index % 10 == 0 else '{}'}\t{{}}\t{{}}\t"
            f"{_at(one.at)}\t{last}\t{_at(one.at + timedelta(hours=4))}\t{last}\t{first}\t{NULL if is_open else last}\t"
            f"{due}\t{'next_response' if due != NULL else ''}\t4\t0\t{words.body(one.index, 3)[:200].strip()}\tf\n"
        )


def message_lines(count: int, words: data.Words, people: People) -> Iterator[str]:
    for one in data.tickets(count, words):
        customer = people.customers[one.customer]
        agent = people.agents[one.agent if one.agent is not None else one.index % data.AGENTS]
        for part in range(data.MESSAGES):
            said = _at(one.at + timedelta(hours=2 * part))
            who = f"incoming\t{customer}\t{NULL}" if part % 2 == 0 else f"outgoing\t{NULL}\t{agent}"
            yield (
                f"{FIRST + one.index}\t{who}\t{words.body(one.index, part)}\t\t\t\ten\t\t{{}}\t{said}\t"
                f"{said if part % 2 else NULL}\n"
            )


def copy(cursor: Any, table: str, columns: tuple[str, ...], lines: Iterator[str], total: int) -> None:
    """COPY the rows with a progress bar. The lines must not read from the same connection: it is busy copying."""
    from rich.progress import Progress

    started = time.monotonic()
    with Progress() as bar, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as target:
        task = bar.add_task(table, total=total)
        block: list[str] = []
        for line in lines:
            block.append(line)
            if len(block) == BLOCK:
                target.write("".join(block))
                bar.update(task, advance=BLOCK)
                block.clear()
        target.write("".join(block))
        bar.update(task, completed=total)
    print(f"{table}: {time.monotonic() - started:.0f} s", flush=True)


def write_words(cursor: Any, count: int, words: data.Words) -> None:
    """The search's words of all tickets: each body of the pool is understood once, then joined ticket by ticket."""
    from rich.progress import Progress

    from tugon.search.indexing import _PEOPLE
    from tugon.search.models import WINDOW

    cursor.execute("CREATE TEMP TABLE pool AS SELECT n, to_tsvector('tugon', body) AS words "
                   "FROM unnest(%s::text[]) WITH ORDINALITY AS p (body, n)", [words.bodies])  # fmt: skip
    cursor.execute("CREATE TEMP TABLE person AS SELECT c.id, setweight(to_tsvector('tugon', "
                   f"{_PEOPLE}), 'B') AS words FROM customers_customer c")  # fmt: skip
    cursor.execute("CREATE INDEX ON pool (n)")
    cursor.execute("CREATE INDEX ON person (id)")
    cursor.execute("ANALYZE pool, person")
    cursor.execute("CREATE TEMP TABLE said (id bigint, a int, b int, c int, d int, mark text)")
    started = time.monotonic()
    with Progress() as bar:
        task = bar.add_task("search_ticketentry", total=count)
        for start in range(0, count, 10_000):
            rows = range(start, min(start + 10_000, count))
            cursor.execute("TRUNCATE said")
            with cursor.copy("COPY said FROM STDIN") as target:
                target.write("".join(
                    f"{FIRST + index}\t" + "\t".join(str(data.place(index, part) + 1) for part in range(4))
                    + f"\t{data.mark_of(index)}\n"
                    for index in rows
                ))  # fmt: skip
            cursor.execute(_WORDS.format(window=WINDOW))
            bar.update(task, advance=len(rows))
    print(f"search_ticketentry: {time.monotonic() - started:.0f} s", flush=True)


_WORDS = """
    INSERT INTO search_ticketentry (ticket_id, span, words)
    SELECT t.id, t.id / {window},
        setweight(to_tsvector('tugon', t.id::text || ' ' || t.subject), 'A') || p.words
        || setweight(a.words || to_tsvector('tugon', s.mark) || b.words || c.words || d.words, 'C')
    FROM said s
    JOIN tickets_ticket t ON t.id = s.id
    JOIN person p ON p.id = t.customer_id
    JOIN pool a ON a.n = s.a JOIN pool b ON b.n = s.b JOIN pool c ON c.n = s.c JOIN pool d ON d.n = s.d
"""


def compare_words(cursor: Any, count: int) -> None:
    """Raises AssertionError if the program's own statement makes other words of a sample."""
    from tugon.search.indexing import index_tickets

    sample = [FIRST + index for index in range(0, count, max(1, count // 20))]
    read = "SELECT ticket_id, words::text FROM search_ticketentry WHERE ticket_id = ANY(%s) ORDER BY 1"
    cursor.execute(read, [sample])
    before = cursor.fetchall()
    index_tickets(sample)
    cursor.execute(read, [sample])
    assert before == cursor.fetchall(), "the words differ from what the program writes"


@contextmanager
def without_indexes(cursor: Any, *tables: str) -> Iterator[None]:
    """Drop the indexes that no constraint needs; make them again afterwards, each at once."""
    cursor.execute(
        "SELECT x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid) FROM pg_index x "
        "WHERE x.indrelid = ANY(%s::regclass[]) AND NOT x.indisprimary "
        "AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)",
        [list(tables)],
    )
    dropped = cursor.fetchall()
    for name, _definition in dropped:
        cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        for name, definition in dropped:
            timed(name, lambda text=definition: cursor.execute(text))


def timed(name: str, work: Any) -> None:
    started = time.monotonic()
    work()
    print(f"{name}: {time.monotonic() - started:.1f} s", flush=True)


def _at(moment: datetime) -> str:
    return moment.isoformat()


if __name__ == "__main__":
    sys.exit(main())
