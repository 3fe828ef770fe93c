"""What `tugon up` does before the processes start, in a process of its own so that its memory is given back:
bring the tables up to date, load the demo, and find out what to tell the person at the terminal.

`python -m tugon.project.prepare [--demo]` writes progress to stderr and one JSON document to stdout:
{"setup_token": text or null, "demo": object or null}.
"""

import argparse
import contextlib
import importlib
import importlib.util
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

from tugon.lib.telling import Telling

MIGRATION_LOCK = 0x7475676F  # "tugo"; an advisory lock of PostgreSQL


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tugon.project.prepare")
    parser.add_argument("--demo", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.settings")
    import django

    django.setup()
    with contextlib.redirect_stdout(sys.stderr):
        migrate()
        from .starting import create_all

        create_all()
        demo = load_demo() if options.demo else None
        from tugon.accounts import setup_link

        token = setup_link.issue() if setup_link.needed() else None
    json.dump({"setup_token": token, "demo": demo}, sys.stdout)


def migrate() -> int:
    """Bring the tables up to date; of several machines that start at once, one does it and the others wait.

    Returns how many migrations were applied.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not _pending(MigrationExecutor(connection)):
        return 0
    with _locked():
        executor = MigrationExecutor(connection)
        pending = _pending(executor)
        if pending:
            with Telling("Bringing the database up to date", steps=pending) as told:
                call_command("migrate", interactive=False, verbosity=1, stdout=_Applied(told))
    return pending


class _Applied(io.StringIO):
    """Takes what Django says of each migration, and tells it as a step."""

    def __init__(self, told: Telling) -> None:
        super().__init__()
        self.told = told

    def write(self, words: str) -> int:
        applied = re.match(r"\s*Applying (\w+)\.", words)
        if applied:
            self.told.step(applied[1])
        return len(words)


def load_demo() -> Any:
    """Load the demo's data if it is not there; what it returns (logins, addresses) is shown."""
    if importlib.util.find_spec("tugon.demo") is None:
        return None
    return importlib.import_module("tugon.demo.commands").prepare()


def _pending(executor: Any) -> int:
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [MIGRATION_LOCK])


if __name__ == "__main__":
    main()
