"""What the rows of a list show in addition, as a view says: each is a column of the list's own query.

A company's own fields are named `fields.<key>`, as in conditions. A field that was archived since shows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tugon.customers.models import CustomField

from .conditions.fields import PREFIX
from .errors import ColumnUnknown

COLUMNS: Mapping[str, str] = {
    "number": "id",
    "kind": "kind",
    "priority": "priority",
    "severity": "severity",
    "team": "team__name",
    "assignee": "assignee__name",
    "tags": "tags",
    "audience": "audience__names",
    "plan": "customer__plan__name",
    "organisation": "customer__organisation__name",
    "channel": "channel__name",
    "language": "language",
    "created_at": "created_at",
    "messages": "message_count",
}
"""What may be shown → where it stands, seen from the ticket."""

MOST_COLUMNS = 8
"""More does not fit a line."""

More = dict[str, Any]
"""Column → value of one ticket."""


def checked(columns: Sequence[str]) -> list[str]:
    """These columns once each, in their order, at most MOST_COLUMNS. Raises ColumnUnknown."""
    wanted = list(dict.fromkeys(str(name) for name in columns))
    own = {name.removeprefix(PREFIX) for name in wanted if name.startswith(PREFIX)}
    known = set(
        CustomField.objects.filter(on="ticket", key__in=own).values_list("key", flat=True) if own else ()
    )
    for name in wanted:
        if name not in COLUMNS and name.removeprefix(PREFIX) not in known:
            raise ColumnUnknown(column=name[:60])
    return wanted[:MOST_COLUMNS]


def paths(columns: Sequence[str]) -> tuple[str, ...]:
    """What the list's query reads for these columns; the company's own fields come together, last."""
    own = ("fields",) if any(name.startswith(PREFIX) for name in columns) else ()
    return tuple(COLUMNS[name] for name in columns if name in COLUMNS) + own


def said(columns: Sequence[str], values: Sequence[Any]) -> More:
    """Column → value of one ticket, in the view's order. values: what was read for `paths(columns)`."""
    known = dict(zip((name for name in columns if name in COLUMNS), values, strict=False))
    own = values[-1] if values else {}
    return {
        name: known[name] if name in COLUMNS else own.get(name.removeprefix(PREFIX))
        for name in columns
        if name in COLUMNS or name.startswith(PREFIX)
    }
