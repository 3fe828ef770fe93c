"""Statements that are run many times a second: made once, and planned once per connection by PostgreSQL.

Django's own way makes the statement anew for every row, and the server plans it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, models

_ON_DEMAND = 2**31
"""Times that a statement is sent before psycopg prepares it unasked."""


class _Prepared(psycopg.Cursor[Any]):
    """Sends parameters apart from the statement, so that the server knows it again."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, prepare=True, **options)


class _Insertion(NamedTuple):
    statement: str
    read: list[Callable[[Any], Any]]
    key: str


def run(statement: str, parameters: Any) -> list[tuple[Any, ...]]:
    """The rows that a prepared statement returns. Django's execute wrappers and query log see it like any other.

    statement: with the same words each time; what changes is in the parameters. Types that PostgreSQL cannot infer
    need a cast.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    if connection.connection.prepare_threshold is None:
        # Django turns preparing off; this turns it on for those who ask for it, and for nobody else.
        connection.connection.prepare_threshold = _ON_DEMAND
    # The cursor as Django hands out its own: with the log, the wrappers and Django's exceptions.
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []


def insert(row: models.Model) -> None:
    """Insert the row as `save(force_insert=True)` would, without signals. Sets the primary key where it was empty."""
    insertion = _insertion(type(row), row.pk is None)
    found = run(insertion.statement, [read(row) for read in insertion.read])
    if insertion.key:
        setattr(row, insertion.key, found[0][0])
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _insertion(model: type[models.Model], makes_key: bool) -> _Insertion:
    key = model._meta.pk if makes_key else None
    fields = [field for field in model._meta.concrete_fields if field is not key]
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(_place(field) for field in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    if key is not None:
        statement += f" RETURNING {quote(str(key.column))}"
    return _Insertion(statement, [_reader(field) for field in fields], key.attname if key is not None else "")


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How the field's value is read from a row. What psycopg understands by itself takes the short way."""
    name = field.attname
    if isinstance(field, models.CharField | models.TextField):
        # Members of an enumeration are strings, which psycopg would call by their names.
        return lambda row: None if (value := getattr(row, name)) is None else str(value)
    if type(field) is models.DateTimeField and not field.auto_now and not field.auto_now_add:
        return lambda row: _aware(getattr(row, name))
    if isinstance(field, models.BooleanField | models.ForeignKey) or (
        isinstance(field, models.IntegerField) and not field.choices
    ):
        return lambda row: getattr(row, name)
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connections[DEFAULT_DB_ALIAS])


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"A moment without a zone: {moment}")
    return moment


def _place(field: models.Field[Any, Any]) -> str:
    """Where the value goes; arrays are cast to their type."""
    ask = getattr(field, "get_placeholder", None)
    return ask(None, None, connections[DEFAULT_DB_ALIAS]) if ask else "%s"
