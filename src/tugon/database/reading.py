"""Reads that a page asks every time: Django writes each statement once, and one question to the server answers several.

@read
def participants(ticket: int) -> QuerySet[Participant]:
    return Participant.objects.filter(ticket_id=ticket).exclude(standing="removed")

participants(5).rows()                                     # list[Participant], one statement
people, links = gather(participants(5), links_of(5))       # both, still one statement

Positional arguments are values (int, str, datetime, a list of numbers for `__any_of`) that only go into the statement;
keyword arguments may change its shape and must be hashable: the statement is written once for each of them. What a
read may not do is branch on a value.
Rows come as PostgreSQL's JSON and become the same models, or tuples for `values_list()`, as Django would make of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial, wraps
from typing import Any, Generic, ParamSpec, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.query import ModelIterable, QuerySet, get_related_populators
from psycopg.types.numeric import Int8

from .inserting import run

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)
T = TypeVar("T")

MOST_SHAPES = 512
"""Statements kept of one read; the shape used longest ago is written anew."""

Row = tuple[Any, ...]


@models.Field.register_lookup
class AnyOf(models.Lookup):  # type: ignore[type-arg]  # generic in the stubs only
    """Like `__in` for a list of numbers, but one value: the statement is the same however many they are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs)


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """sql: of one JSON array of rows. parameters: for each place the number of a value, or what stands there always."""

    sql: str
    parameters: tuple[_Value | Any, ...]
    made_of: Callable[[list[dict[str, Any]]], list[Any]]


@dataclass(frozen=True, slots=True)
class _Value:
    number: int


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A read with its values, not yet asked."""

    written: _Written
    values: tuple[Any, ...]

    def rows(self) -> list[T]:
        """One statement."""
        return gather(self)[0]  # type: ignore[no-any-return]


def read(function: Callable[P, QuerySet[M, T]]) -> Callable[P, Asked[T]]:
    """See the module."""

    @lru_cache(maxsize=MOST_SHAPES)
    def written(types: tuple[type, ...], shape: tuple[tuple[str, Any], ...]) -> _Written:
        marks = [_mark(number, kind) for number, kind in enumerate(types)]
        return _write(function(*marks, **dict(shape)), marks)  # type: ignore[arg-type]

    @wraps(function)
    def ask(*values: P.args, **shape: P.kwargs) -> Asked[T]:
        return Asked(written(tuple(map(type, values)), tuple(shape.items())), values)

    return ask


def gather(*asked: Asked[Any]) -> list[list[Any]]:
    """The rows of each read, in one statement: all as they are at one moment."""
    parameters = [
        _sent(one.values[place.number]) if isinstance(place, _Value) else place
        for one in asked
        for place in one.written.parameters
    ]
    [found] = run(_together(tuple(one.written for one in asked)), parameters)
    return [one.written.made_of(rows) for one, rows in zip(asked, found, strict=True)]


def gather_named(asked: Mapping[str, Asked[Any]]) -> dict[str, list[Any]]:
    """Like `gather`, each read's rows under its name. What a page needs is the union of what its parts ask."""
    return dict(zip(asked, gather(*asked.values()), strict=True))


@lru_cache(maxsize=1024)
def _together(reads: tuple[_Written, ...]) -> str:
    return "SELECT " + ", ".join(f"({one.sql})" for one in reads)


def _mark(number: int, kind: type) -> Any:
    """A value that stands for another while Django writes the statement. Nothing else is like it."""
    if issubclass(kind, int):
        return 2_147_400_000 + number
    if issubclass(kind, datetime):
        return datetime(1789, 7, 14, tzinfo=UTC) + timedelta(seconds=number)
    if issubclass(kind, list):
        return [2_147_400_000 + number]
    if issubclass(kind, str):
        return f"value {number} of a read"
    raise TypeError(
        f"{kind.__name__} cannot be a value of a read; give it as a keyword if it changes the statement"
    )


def _sent(value: Any) -> Any:
    """Always the same type, so that the statement is planned once: psycopg sends small numbers as small types."""
    if isinstance(value, list):
        return [Int8(one) for one in value]
    return Int8(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _write(rows: QuerySet[Any, Any], marks: Sequence[Any]) -> _Written:
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("a read brings no other rows along; make them a read of their own")
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    columns = [f"c{number}" for number in range(len(compiler.select))]
    loads = {
        name: load
        for name, (column, *_sql) in zip(columns, compiler.select, strict=True)
        if (load := _load(column.output_field))
    }
    return _Written(
        f"SELECT coalesce(json_agg(found), '[]') FROM ({sql}) AS found({', '.join(columns)})",  # noqa: S608  Django's SQL
        tuple(_Value(marks.index(one)) if one in marks else _constant(one) for one in parameters),
        partial(_made, loads, _maker(rows, compiler)),
    )


def _constant(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value  # an enumeration's member as its value


def _made(
    loads: dict[str, Callable[[str], Any]], make: Callable[[Row], Any], rows: list[dict[str, Any]]
) -> list[Any]:
    for row in rows:
        for name, load in loads.items():
            value = row[name]
            if value is not None:
                row[name] = load(value)
    return [make(tuple(row.values())) for row in rows]


def _load(field: models.Field[Any, Any]) -> Callable[[str], Any] | None:
    """How a JSON value becomes the field's; None where it is that already. TypeError for what JSON cannot say."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    match target:
        case models.DateTimeField():
            return datetime.fromisoformat
        case models.DateField():
            return date.fromisoformat
        case (
            models.IntegerField()
            | models.FloatField()
            | models.CharField()
            | models.TextField()
            | models.BooleanField()
            | models.JSONField()
            | models.GenericIPAddressField()
            | ArrayField()
        ):
            return None
    raise TypeError(f"{type(target).__name__} is not read this way; teach it how, or leave the column out")


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[Row], Any]:
    """What Django's own ModelIterable does, for rows that come from elsewhere."""
    if not issubclass(rows._iterable_class, ModelIterable):  # type: ignore[attr-defined]
        return tuple if len(compiler.select) > 1 else _only
    places = compiler.klass_info["select_fields"]
    first, end = places[0], places[-1] + 1
    names = [column.target.attname for column, *_sql in compiler.select[first:end]]
    model = compiler.klass_info["model"]
    others = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of Django 6
    extra = tuple(compiler.annotation_col_map.items())

    def make(row: Row) -> Any:
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
        for other in others:
            other.populate(row, made)
        for name, place in extra:
            setattr(made, name, row[place])
        return made

    return make


def _only(row: Row) -> Any:
    return row[0]
