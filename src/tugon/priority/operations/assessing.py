"""What the table makes of a ticket, kept with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from tugon.database.inserting import insert
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import operations as tickets
from tugon.tickets import policies
from tugon.tickets.models import Message, Ticket

from ..deciding import Decided, decided
from ..errors import PriorityUnknown
from ..events import PriorityAssessed
from ..models import Assessment, Reach, Threat
from ..reckoning import Assessed, Factors
from ..reckoning import assess as reckon
from ..reports import people_affected
from ..stating import Stated, stated

_setting: ContextVar[bool] = ContextVar("setting", default=False)


@contextmanager
def setting() -> Iterator[None]:
    """Within, a changed priority is this package's own doing, and nobody's override."""
    token = _setting.set(True)
    try:
        yield
    finally:
        _setting.reset(token)


def is_setting() -> bool:
    return _setting.get()


def assess_new(ticket: Ticket, *, text: str, by: Actor = SYSTEM, cause: str = "TicketOpened") -> Assessment:
    """Assess a ticket that was just written, in its transaction: nobody is linked to it and nobody decided anything.

    text: what its first message says. Two statements fewer than `assess`: one row, and where the priority is another
    than it was written with, one change and one fact.
    """
    known = decided()
    level, words = known.threat_in(text) if text else (0, "")
    row = Assessment(ticket=ticket, assessed_at=now(), cause=cause, priority=ticket.priority)
    _fill(row, ticket, known, people=1, said=stated(ticket), read=(level, words))
    insert(row)
    if row.priority != ticket.priority:
        before, ticket.priority = ticket.priority, row.priority
        Ticket.objects.filter(pk=ticket.pk).update(priority=row.priority)
        record(_fact(row, before), by=by)
    return row


@transaction.atomic
def assess(ticket: Ticket, *, by: Actor = SYSTEM, cause: str = "", text: str = "") -> Assessment:
    """Assess the ticket anew with all that is known by now, and set its priority unless somebody decided otherwise.

    cause: the fact that gives reason to. text: words of the customer that came since, read for threats. Records
    PriorityAssessed where the reason or the priority changed; a repeat does nothing.
    """
    ticket = Ticket.objects.select_related("customer").select_for_update(of=("self",)).get(pk=ticket.pk)
    known = decided()
    row = Assessment.objects.filter(ticket=ticket).first()
    is_new = row is None
    if row is None:
        row = Assessment(ticket=ticket, priority=ticket.priority, assessed_at=now())
        text = text or _first_words(ticket)
    was = (row.priority, row.factors)
    read = max(_read_before(row), known.threat_in(text) if text else (0, ""), key=lambda one: one[0])
    _fill(row, ticket, known, people=people_affected(ticket), said=stated(ticket), read=read)
    if not is_new and (row.priority, row.factors) == was:
        return row
    before = was[0]
    row.cause, row.assessed_at = cause, now()
    row.save(force_insert=is_new)
    if not row.is_overridden and ticket.priority != row.priority:
        before = ticket.priority
        with setting():
            tickets.change(ticket, priority=row.priority, by=_itself(by))
    if not is_new or before != row.priority:
        record(_fact(row, before), by=_itself(by))
    return row


@transaction.atomic
def say(ticket: Ticket, *, by: Actor, reach: int | None = None, threat: int | None = None) -> Assessment:
    """An agent says how many people are affected, or what the problem threatens; None leaves it to what was read and
    counted. Reports that are linked count all the same: nobody says them away. Raises NotAllowed, PriorityUnknown.
    """
    policies.require(by, "edit", ticket)
    if reach not in (None, *Reach.values) or threat not in (None, *Threat.values):
        raise PriorityUnknown
    Ticket.objects.locked(ticket.pk)
    row = Assessment.objects.filter(ticket=ticket).first() or assess(ticket, by=SYSTEM)
    if (row.said_reach, row.said_threat) == (reach, threat):
        return row
    Assessment.objects.filter(pk=row.pk).update(said_reach=reach, said_threat=threat)
    return assess(ticket, by=by, cause="said")


def _fill(
    row: Assessment,
    ticket: Ticket,
    known: Decided,
    *,
    people: int,
    said: Stated,
    read: tuple[int, str],
) -> None:
    """Put what is known into the row, with where each part comes from."""
    counted = known.table.reach_of(people)
    claimed = row.said_reach or said.reach or Reach.ONE
    reach = max(counted, claimed)
    threat = read[0] if row.said_threat is None else row.said_threat
    outcome = reckon(
        Factors(reach=reach, severity=ticket.severity, threat=threat),
        known.table,
        known.lifts_of(ticket, ticket.customer),
    )
    source = "reports" if counted >= claimed and people > 1 else "agent" if row.said_reach else "customer"
    row.users_affected, row.people = reach, people
    row.severity, row.stability, row.priority = outcome.severity, threat, outcome.priority
    row.factors = _factors(row, ticket, outcome, source if reach > 1 or row.said_reach else "", said, read)


def _factors(
    row: Assessment, ticket: Ticket, outcome: Assessed, source: str, said: Stated, read: tuple[int, str]
) -> dict[str, Any]:
    return {
        "found": {
            "reach": {
                "is": row.users_affected,
                "people": row.people,
                "from": source,
                "words": said.words[:120] if source == "customer" else "",
            },
            "severity": {"is": row.severity, "from": "ticket" if ticket.severity else ""},
            "threat": {
                "is": row.stability,
                "from": "agent" if row.said_threat is not None else "words" if read[0] else "",
                "words": read[1],
                "read": read[0],
            },
        },
        "steps": outcome.as_data(),
    }


def _read_before(row: Assessment) -> tuple[int, str]:
    found = row.found.get("threat", {})
    return int(found.get("read", 0)), str(found.get("words", ""))


def _first_words(ticket: Ticket) -> str:
    rows = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING).order_by("created_at", "id")
    return "\n".join([ticket.subject, *rows.values_list("body", flat=True)[:1]])


def _fact(row: Assessment, before: int) -> PriorityAssessed:
    factors = {
        "reach": row.users_affected,
        "people": row.people,
        "severity": row.severity,
        "threat": row.stability,
    }
    return PriorityAssessed(
        ticket_id=row.ticket_id,
        before=before,
        after=row.priority,
        factors=factors,
        is_overridden=row.is_overridden,
    )


def _itself(by: Actor) -> Actor:
    """Tugon changes the priority; who gave reason to stands in the fact before."""
    return by if by.kind == SYSTEM.kind else SYSTEM
