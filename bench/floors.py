"""The floor of a page: the same SQL run bare. Its statements are caught once, then run through psycopg alone.

What writes is run in a transaction that is taken back, with the numbers the caught statements got; the commits that the
page makes are added from what an empty one costs.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

ROUNDS = 15
SKIPPED = ("BEGIN", "COMMIT", "ROLLBACK")


def measured(asked: dict[str, Any]) -> dict[str, Any]:
    """asked: pages as name → {path, cookie, form}. Returns name → {queries, ms}; and what an empty commit costs."""
    settings.ALLOWED_HOSTS = ["*"]
    result: dict[str, Any] = {name: _of_page(page) for name, page in asked.items()}
    from inside import empty_commit

    result["commit"] = empty_commit()
    return result


def _of_page(page: dict[str, Any]) -> dict[str, Any]:
    if "letter" in page:
        return _of_work(lambda: _read(page["letter"].encode()))
    client = Client(headers={"accept-language": "en", "x-forwarded-for": "192.0.2.1"})
    client.cookies.load(page.get("cookie", ""))
    if "form" in page:
        return _of_work(lambda: client.post(page["path"], page["form"]))
    client.get(page.get("before", page["path"]))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page["path"]).status_code == 200
    return _replayed(caught)


def _of_work(work: Callable[[], Any]) -> dict[str, Any]:
    """Of something that writes: done once to warm up, once to be caught; both are taken back."""
    with transaction.atomic():
        before = _sequences()
        work()
        transaction.set_rollback(True)
    _restore(before)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as caught:
            work()
        transaction.set_rollback(True)
    return _replayed(caught, before)


def _read(raw: bytes) -> None:
    from tugon.channels.models import Mailbox
    from tugon.intake.operations import process, store

    row = process(store(Mailbox.objects.get(address="support@bench.example").channel, raw, via="lmtp"))
    assert row.state == "ticketed", row.reason


def _replayed(caught: CaptureQueriesContext, sequences: list[Any] | None = None) -> dict[str, Any]:
    statements = [row["sql"] for row in caught.captured_queries if not row["sql"].startswith(SKIPPED)]
    statements = [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    database = connection.get_connection_params()
    wanted = {name: database[name] for name in ("host", "port", "user", "dbname") if name in database}
    with psycopg.connect(**wanted, autocommit=True) as bare:
        times = [_once(bare, statements, sequences) for _ in range(ROUNDS)]
    return {"queries": len(statements), "ms": statistics.median(times[2:]) * 1e3}


def _once(bare: psycopg.Connection[Any], statements: list[str], sequences: list[Any] | None) -> float:
    if sequences is None:
        began = time.perf_counter()
        for sql in statements:
            _run(bare, sql)
        return time.perf_counter() - began
    _restore(sequences)
    bare.execute("BEGIN")
    began = time.perf_counter()
    for sql in statements:
        _run(bare, sql)
    seconds = time.perf_counter() - began
    bare.execute("ROLLBACK")
    return seconds


def _run(bare: psycopg.Connection[Any], sql: str) -> None:
    cursor = bare.execute(sql)
    if cursor.description is not None:
        cursor.fetchall()


def _sequences() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences")
        return cursor.fetchall()


def _restore(sequences: list[Any]) -> None:
    with connection.cursor() as cursor:
        for name, value in sequences:
            cursor.execute("SELECT setval(%s::regclass, greatest(%s, 1), %s)", [name, value, value > 0])
