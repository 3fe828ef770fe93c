"""Reads of many tickets: pages by keyset, and counts for the queues. What a list row shows is one plain row.

A page costs the same at the start and after a million rows: it begins where the last one ended instead of counting
past it (https://use-the-index-luke.com/no-offset).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q

from tugon.database.planning import with_values
from tugon.lib.clock import now

from .conditions import Group, compile, fields_in, parse
from .errors import CursorInvalid, OrderUnknown
from .models import Ticket, View
from .showing import More, paths, said

if TYPE_CHECKING:
    from tugon.accounts.models import Agent

    from .querysets import TicketQuerySet

MOST_ROWS = 200
MOST_COUNTED = 1000
"""Beyond it a count reads "999+": nobody needs to know, and counting on costs."""


@dataclass(frozen=True, slots=True)
class Order:
    """column: what rows are ordered by, then by number in the same direction. can_be_null: such rows come last."""

    column: str
    descending: bool
    can_be_null: bool = False


ORDERS: Mapping[str, Order] = {
    "-updated_at": Order("updated_at", descending=True),
    "updated_at": Order("updated_at", descending=False),
    "-created_at": Order("created_at", descending=True),
    "created_at": Order("created_at", descending=False),
    "due_at": Order("due_at", descending=False, can_be_null=True),
    "-priority": Order("priority", descending=True),
    "-last_customer_at": Order("last_customer_at", descending=True, can_be_null=True),
    "last_customer_at": Order("last_customer_at", descending=False, can_be_null=True),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket as a list shows it. Fields of the ticket, and the names beside it."""

    id: int
    subject: str
    snippet: str
    status: str
    state_id: int | None
    state_names: dict[str, str] | None
    kind: str
    priority: int
    severity: int | None
    language: str
    tags: list[str]
    customer_id: int
    customer_name: str
    customer_username: str
    team_id: int | None
    team_name: str | None
    assignee_id: int | None
    assignee_name: str | None
    channel_id: int | None
    channel_kind: str | None
    created_at: datetime
    updated_at: datetime
    first_response_at: datetime | None
    last_customer_at: datetime | None
    last_agent_at: datetime | None
    solved_at: datetime | None
    snoozed_until: datetime | None
    due_at: datetime | None
    due_kind: str
    message_count: int
    is_spam: bool
    merged_into_id: int | None

    @property
    def number(self) -> int:
        return self.id

    @property
    def pk(self) -> int:
        return self.id

    @property
    def shown_name(self) -> str:
        """Of the customer; empty where neither name nor user name is known."""
        return self.customer_name or self.customer_username

    @property
    def is_unanswered(self) -> bool:
        """Whether the customer wrote last."""
        last = self.last_customer_at
        return last is not None and (self.last_agent_at is None or last > self.last_agent_at)

    def state_in(self, language: str) -> str:
        """The company's own word for the state; empty where the status says it."""
        names = self.state_names or {}
        return names.get(language) or names.get("en") or ""


_COLUMNS = {
    "state_names": "state__names",
    "customer_name": "customer__name",
    "customer_username": "customer__username",
    "team_name": "team__name",
    "assignee_name": "assignee__name",
    "channel_kind": "channel__kind",
}
COLUMNS = tuple(_COLUMNS.get(name, name) for name in Row.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Page:
    """next_cursor and previous_cursor go into `after`; None at the ends. more: by ticket, the view's columns."""

    rows: list[Row]
    next_cursor: str | None = None
    previous_cursor: str | None = None
    more: Mapping[int, More] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"{MOST_COUNTED - 1}+" if self.is_capped else str(self.number)


def rows_of(tickets: TicketQuerySet) -> list[Row]:
    """These tickets, in their order, as list rows. One query."""
    with with_values():
        return [Row(*values) for values in tickets.values_list(*COLUMNS)]


def _rows_with(tickets: TicketQuerySet, columns: Sequence[str]) -> tuple[list[Row], dict[int, More]]:
    """List rows, and by number what these columns say of each. One query."""
    with with_values():
        found = list(tickets.values_list(*COLUMNS, *paths(columns)))
    width = len(COLUMNS)
    rows = [Row(*values[:width]) for values in found]
    return rows, {row.id: said(columns, values[width:]) for row, values in zip(rows, found, strict=True)}


Asked = View | Mapping[str, Any] | Group


def page(
    asked: Asked, *, agent: Agent, order: str | None = None, after: str | None = None, limit: int = 50
) -> Page:
    """One page of the tickets that fit and that the agent may see. One query, beyond the agent's own permissions.

    order: a name of ORDERS; the view's own, or newest change first, if empty. after: a cursor of another page of the
    same list. Raises ConditionInvalid, OrderUnknown, CursorInvalid.
    """
    name = order or (asked.order if isinstance(asked, View) else "-updated_at")
    if name not in ORDERS:
        raise OrderUnknown(order=name)
    rule, cursor = ORDERS[name], _read_cursor(after, name)
    limit = max(1, min(limit, MOST_ROWS))
    backwards = cursor is not None and cursor.backwards
    tickets = tickets_of(asked, agent=agent)
    if cursor is not None:
        tickets = tickets.filter(_beyond(rule, cursor))
    tickets = tickets.order_by(*_ordering(rule, backwards))[: limit + 1]
    columns = asked.columns if isinstance(asked, View) else ()
    rows, more = _rows_with(tickets, columns) if columns else (rows_of(tickets), {})
    has_more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        next_cursor=_write_cursor(rows[-1], name, rule) if rows and (has_more or backwards) else None,
        previous_cursor=_write_cursor(rows[0], name, rule, backwards=True)
        if rows and cursor is not None and (has_more or not backwards)
        else None,
        more=more,
    )


def tickets_of(asked: Asked, *, agent: Agent) -> TicketQuerySet:
    """The tickets that fit and that the agent may see. Spam and merged shells only where the conditions name them."""
    conditions = parse(asked.conditions if isinstance(asked, View) else asked)
    fields = fields_in(conditions)
    tickets = Ticket.objects.visible_to(agent).filter(compile(conditions, agent=agent, now=now()))
    if "is_spam" not in fields:
        tickets = tickets.filter(is_spam=False)
    if "merged" not in fields:
        tickets = tickets.filter(merged_into=None)
    return tickets


def counts(views: Iterable[View], agent: Agent) -> dict[int, Count]:
    """How many tickets each view holds for the agent, counted up to MOST_COUNTED. One query for all views.

    A view whose conditions have become invalid (a field was removed) counts 0.
    """
    from .errors import ConditionInvalid

    statements: list[str] = []
    values: list[Any] = []
    result: dict[int, Count] = {}
    for view in views:
        result[view.pk] = Count(0)
        try:
            rows = tickets_of(view, agent=agent).order_by().values("pk")[:MOST_COUNTED]
            statement, parameters = rows.query.sql_with_params()
        except (EmptyResultSet, ConditionInvalid):
            continue
        statements.append(f"SELECT {int(view.pk)}, count(*) FROM ({statement}) AS found")  # noqa: S608 - Django's own SQL
        values += parameters
    if statements:
        with with_values(), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), values)
            for pk, number in cursor.fetchall():
                result[pk] = Count(number, is_capped=number >= MOST_COUNTED)
    return result


@dataclass(frozen=True, slots=True)
class _Cursor:
    value: Any
    id: int
    backwards: bool


def _ordering(rule: Order, backwards: bool) -> list[Any]:
    descending = rule.descending != backwards
    column, number = F(rule.column), F("id")
    if not descending:
        return [
            column.asc(nulls_first=True) if rule.can_be_null and backwards else column.asc(),
            number.asc(),
        ]
    last = {"nulls_last": True} if rule.can_be_null and not backwards else {}
    return [column.desc(**last), number.desc()]


def _beyond(rule: Order, cursor: _Cursor) -> Q:
    """Rows after the cursor's (before it, when it goes backwards) in the order's own sense."""
    descending = rule.descending != cursor.backwards
    side = "lt" if descending else "gt"
    ties = Q(**{rule.column: cursor.value, f"id__{side}": cursor.id})
    if cursor.value is None:
        # Rows without a value come last: after one of them only others; before one, all that have a value.
        ties = Q(**{f"{rule.column}__isnull": True, f"id__{side}": cursor.id})
        return ties | Q(**{f"{rule.column}__isnull": False}) if cursor.backwards else ties
    further = Q(**{f"{rule.column}__{side}": cursor.value})
    if rule.can_be_null and not cursor.backwards:
        return further | ties | Q(**{f"{rule.column}__isnull": True})
    # The redundant first part is what the index can use.
    return Q(**{f"{rule.column}__{side}e": cursor.value}) & (further | ties)


def _write_cursor(row: Row, order: str, rule: Order, *, backwards: bool = False) -> str:
    value = getattr(row, rule.column)
    plain = value.isoformat() if isinstance(value, datetime) else value
    text = json.dumps([order, plain, row.id, int(backwards)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(text: str | None, order: str) -> _Cursor | None:
    if not text:
        return None
    try:
        made_for, value, pk, backwards = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if made_for != order or not isinstance(pk, int) or isinstance(value, bool | list | dict):
            raise ValueError
        if isinstance(value, int) != (ORDERS[order].column == "priority") and value is not None:
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise CursorInvalid from None
    return _Cursor(value, pk, bool(backwards))
