"""Pages of a list, newest first, by the id of their edge: the thousandth costs what the first does."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    newer: str
    older: str


def keyset(rows: QuerySet[Any], request: HttpRequest, *, size: int = SIZE) -> Page:
    """The page that `before` or `after` (an id) in the address asks for. One query."""
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    if after.isdecimal():
        found = list(rows.filter(pk__gt=int(after)).order_by("pk")[: size + 1])
        has_more, found = len(found) > size, found[:size][::-1]
        return _page(request, found, has_newer=has_more, has_older=True)
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: size + 1])
    return _page(request, found[:size], has_newer=before.isdecimal(), has_older=len(found) > size)


def _page(request: HttpRequest, rows: list[Any], *, has_newer: bool, has_older: bool) -> Page:
    if not rows:
        return Page([], "", "")
    kept = {name: value for name, value in request.GET.items() if name not in ("before", "after")}
    newer = "?" + urlencode({**kept, "after": rows[0].pk}) if has_newer else ""
    older = "?" + urlencode({**kept, "before": rows[-1].pk}) if has_older else ""
    return Page(rows, newer, older)
