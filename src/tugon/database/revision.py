"""One name for the state of everything a company decides: mailboxes, forms, teams, states, rules.

Each watched table has a trigger that gives the revision a new random name with every change, in the same transaction.
So whoever reads the name knows whether what was asked under it still holds, in every process and after a rollback too.

with remembering_decisions():           # a web request: one small statement in place of many
    default_mailbox()                   # `@remembered`: asked once until somebody decides otherwise
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from django.db.migrations.operations import RunSQL
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from tugon.lib.remember import remembering

from .inserting import run

MAKE = """
CREATE TABLE company_revision (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), name uuid NOT NULL);
INSERT INTO company_revision (name) VALUES (gen_random_uuid());
CREATE FUNCTION company_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO company_revision (name) VALUES (gen_random_uuid())
  ON CONFLICT (only_row) DO UPDATE SET name = excluded.name;
  RETURN NULL;
END $$;
"""
UNMAKE = "DROP TABLE company_revision; DROP FUNCTION company_decided();"

_latest: tuple[str, dict[Any, tuple[float, Any]]] = ("", {})


def watch(table: str, *columns: str) -> RunSQL:
    """For a migration: changes of this table give the revision a new name. columns: only changes of these."""
    updates = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return RunSQL(
        f"CREATE TRIGGER decided AFTER INSERT OR DELETE OR {updates} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION company_decided()",
        f"DROP TRIGGER decided ON {table}",
    )


REVISION = RawSQL("SELECT name::text FROM company_revision", (), output_field=TextField())
"""The name as a column, for who asks for something anyway."""


@contextmanager
def remembering_decisions(name: str | None = None) -> Iterator[None]:
    """What is `remembered` inside is asked once for as long as nobody changes a watched table. One statement, none with
    the `name` that was read as this work began.

    For work that changes no watched table itself. Only what reads nothing but watched tables may be `remembered`.
    """
    global _latest
    if name is None:
        rows = run("SELECT name::text FROM company_revision", ())
        name = rows[0][0] if rows else ""
    if not name or name != _latest[0]:
        _latest = (name, {})
    with remembering(_latest[1], for_seconds=inf):
        yield
