"""Pages of a table by keyset: the thousandth costs what the first does, whatever column it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    newer: str = ""
    older: str = ""


def keyset(
    rows: QuerySet[Any],
    given: QueryDict,
    *,
    column: str = "pk",
    downwards: bool = True,
    read: Callable[[Any], Any] | None = None,
    size: int = SIZE,
) -> Page:
    """The page that `after` or `before` in the address asks for; rows are sorted by `column`, then by id. One query.

    column: never null. read: its value on a row, as JSON can hold it (by default the attribute). A cursor that was
    altered is the first page.
    """
    after, before = _cursor(given, "after"), _cursor(given, "before")
    backwards = after is None and before is not None
    edge = before if backwards else after
    down = downwards != backwards
    if edge is not None:
        rows = rows.filter(_beyond(column, edge, down=down))
    sign = "-" if down else ""
    order = [f"{sign}pk"] if column == "pk" else [f"{sign}{column}", f"{sign}pk"]
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    value = read or (lambda row: getattr(row, column))
    there_is_newer = more if backwards else after is not None
    there_is_older = backwards or more
    return Page(
        found,
        newer=_address(given, "before", value(found[0]), found[0].pk) if there_is_newer else "",
        older=_address(given, "after", value(found[-1]), found[-1].pk) if there_is_older else "",
    )


def _beyond(column: str, edge: tuple[Any, int], *, down: bool) -> Q:
    value, pk = edge
    way = "lt" if down else "gt"
    if column == "pk":
        return Q(**{f"pk__{way}": pk})
    return Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"pk__{way}": pk})


def _cursor(given: QueryDict, name: str) -> tuple[Any, int] | None:
    try:
        value, pk = signing.loads(given.get(name, ""), salt="keyset")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return value, pk


def _address(given: QueryDict, name: str, value: Any, pk: int) -> str:
    kept = [(key, one) for key, one in given.items() if key not in ("after", "before")]
    shown = value if isinstance(value, str | int | float) else str(value)
    return "?" + urlencode([*kept, (name, signing.dumps([shown, pk], salt="keyset", compress=True))])
