"""Which policy counts for a ticket: the first whose conditions fit, else the default. Policies are kept in memory."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tugon.company import settings as company
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.lib.remember import is_remembering, remembered
from tugon.tickets import conditions
from tugon.tickets.conditions import Group
from tugon.tickets.conditions.registering import PROVIDED
from tugon.tickets.models import Ticket

from .calendars import BusinessHours
from .models import Calendar, Policy
from .reckoning import Term, Terms

logger = logging.getLogger(__name__)

NOT_ASKED = frozenset(
    (
        *("status", "state", "assignee", "followers", "updated_at", "first_response_at", "last_customer_at"),
        *(
            "last_agent_at",
            "solved_at",
            "closed_at",
            "snoozed_until",
            "due_at",
            "message_count",
            "reopen_count",
        ),
        *("is_spam", "merged", "unanswered", "waiting_for"),
    )
)
"""Fields that say how a ticket stands, not what it is: a promise that hung on them would not stay where it was made."""

_KEPT_SECONDS = 5.0
_kept: tuple[float, tuple[Chosen, ...]] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A policy as values. conditions: None where it counts for every ticket. asks: the fields they name."""

    pk: int | None
    name: str
    terms: Terms
    hours: BusinessHours
    conditions: Group | None = None
    asks: frozenset[str] = field(default_factory=frozenset)
    tells_customer: bool = True


def choose(ticket: Ticket) -> Chosen:
    """The policy of a ticket, saved or about to be. No query for what a ticket itself says, if its customer and channel
    are at hand.
    """
    listed = policies()
    if len(listed) == 1:
        return listed[0]
    asked = frozenset().union(*(one.asks for one in listed))
    return first_of(listed, seen(ticket, asked))


def first_of(listed: Sequence[Chosen], said: Mapping[str, Any]) -> Chosen:
    """The first that fits, the default at last. said: field → value, as `conditions.snapshot` has them."""
    at = now()
    for one in listed[:-1]:
        if one.conditions is not None and conditions.matches(one.conditions, said, at):
            return one
    return listed[-1]


def asked_fields() -> frozenset[str]:
    """What any policy asks about."""
    return frozenset().union(*(one.asks for one in policies()))


def with_id(pk: int | None) -> Chosen:
    """The policy with this id, the default one where it is gone or switched off."""
    return next((one for one in policies() if one.pk == pk), policies()[-1])


def policies() -> tuple[Chosen, ...]:
    """Every policy in use, in order, the default one last; one business day and three where none was made yet.

    Remembered while decisions are, otherwise for five seconds.
    """
    global _kept
    if is_remembering():
        return _read()
    kept = _kept
    if kept is None or time.monotonic() - kept[0] > _KEPT_SECONDS:
        kept = _kept = (time.monotonic(), _read())
    return kept[1]


def forget() -> None:
    """Read the policies afresh next time: for who changes them, and for tests."""
    global _kept
    _kept = None


@remembered
def _read() -> tuple[Chosen, ...]:
    zone = company.get("zone")
    rows = list(Policy.objects.select_related("calendar").filter(is_enabled=True))
    found = [one for row in rows if not row.is_default and (one := _as_value(row, zone)) is not None]
    default = next((row for row in rows if row.is_default), None) or Policy(name="")
    last = _as_value(default, zone) or _as_value(Policy(name=""), zone)
    assert last is not None
    return (*found, last)


def _as_value(row: Policy, zone: str) -> Chosen | None:
    """None where it cannot be used any more (a field that is gone): the next one counts then."""
    try:
        hours = (row.calendar or Calendar()).hours(zone=zone)
        tree = None if row.is_default or not row.conditions else conditions.parse(row.conditions)
        asks = conditions.fields_in(tree) if tree else ()
    except (DomainError, ValueError) as error:
        logger.warning("The policy %s cannot be used: %s", row.pk, error)
        return None
    terms = {kind: Term(one.length(hours), one.clock(hours), str(one)) for kind, one in row.targets().items()}
    return Chosen(
        row.pk, row.name, terms, hours, tree or (None if row.is_default else Group()), frozenset(asks),
        row.tells_customer,
    )  # fmt: skip


def seen(ticket: Ticket, fields: frozenset[str]) -> dict[str, Any]:
    """What conditions on these fields ask of the ticket; all of it where one needs more than the row itself."""
    said: dict[str, Any] = {"fields": dict(ticket.fields)}
    for name in fields:
        if name.startswith("fields."):
            continue
        if name in PROVIDED:
            value = PROVIDED[name].value(ticket) if ticket.pk else None
            said[name] = bool(value) if PROVIDED[name].field.type == "flag" else value
        elif name in _OWN:
            said[name] = _OWN[name](ticket)
        elif ticket.pk:
            return conditions.snapshot(ticket)
    if "channel" in fields:
        said["channel_kind"] = ticket.channel.kind if ticket.channel else None
    return said


_OWN: dict[str, Callable[[Ticket], Any]] = {
    "kind": lambda ticket: ticket.kind,
    "priority": lambda ticket: ticket.priority,
    "severity": lambda ticket: ticket.severity,
    "side": lambda ticket: ticket.side,
    "team": lambda ticket: ticket.team_id,
    "customer": lambda ticket: ticket.customer_id,
    "organisation": lambda ticket: ticket.customer.organisation_id,
    "audience": lambda ticket: ticket.audience_id,
    "plan": lambda ticket: ticket.customer.plan_id,
    "channel": lambda ticket: ticket.channel_id,
    "language": lambda ticket: ticket.language,
    "tags": lambda ticket: list(ticket.tags),
    "subject": lambda ticket: ticket.subject,
    "created_at": lambda ticket: ticket.created_at,
}
