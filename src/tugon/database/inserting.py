"""Inserting one row quickly: the statement of a model is made once, and PostgreSQL plans it once per connection.

For what is written many times a second. Django's own way makes the statement anew for every row.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Field, Model


class _Prepared(psycopg.Cursor[Any]):
    """Sends parameters apart from the statement, so that the server knows it again."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **{"binary": False} | options)


def run(statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a prepared statement returns. It is seen by Django's execute wrappers and query log like any other.

    statement: with the same words each time; what changes is in the parameters. Types that PostgreSQL cannot infer
    need a cast.
    """
    connection.ensure_connection()
    with _watched(_Prepared(connection.connection)) as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def _watched(cursor: _Prepared) -> Any:
    """The cursor as Django hands out its own: with the log, the wrappers and Django's exceptions."""
    return connection._prepare_cursor(cursor)  # type: ignore[attr-defined]


def insert(row: Model) -> None:
    """Insert the row as `save(force_insert=True)` would, without signals. Sets the primary key where it was empty."""
    statement, fields, key = _statement(type(row), row.pk is None)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    found = run(statement, values)
    if key is not None:
        setattr(row, key.attname, found[0][0])
    row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(
    model: type[Model], makes_key: bool
) -> tuple[str, list[Field[Any, Any]], Field[Any, Any] | None]:
    key = model._meta.pk if makes_key else None
    fields = [field for field in model._meta.concrete_fields if field is not key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(_place(field) for field in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    if key is not None:
        statement += f" RETURNING {quote(str(key.column))}"
    return statement, fields, key


def _place(field: Field[Any, Any]) -> str:
    """Where the value goes; arrays are cast to their type."""
    ask = getattr(field, "get_placeholder", None)
    return ask(None, None, connection) if ask else "%s"
