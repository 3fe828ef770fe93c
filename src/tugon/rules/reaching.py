"""What rules ask of the packages below them that may be there or not: sharing out, escalating, reply templates."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.tickets import operations as tickets
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import ACTIVE
from tugon.tickets.operations.opening import NewMessage


def route(ticket: Ticket, strategy: str, *, by: Actor) -> str:
    """Give the ticket to somebody of its team. Words why nobody got it; empty when somebody has it."""
    ticket = Ticket.objects.select_related("team").get(pk=ticket.pk)
    if ticket.team is None:
        return _("it is in no team.")
    if ticket.assignee_id:
        return _("somebody has it already.")
    operation = _operation("tugon.routing.operations", "route")
    if operation is not None:
        operation(ticket, strategy, by)
        ticket.refresh_from_db(fields=["assignee"])
        return "" if ticket.assignee_id else _("nobody of the team is free now; it waits in the queue.")
    agent = _least_loaded(ticket)
    if agent is None:
        return _("nobody is in the team {team}.").format(team=ticket.team.name)
    tickets.assign(ticket, to=agent, by=by)
    return ""


def escalate(ticket: Ticket, level: str, *, reason: str, by: Actor) -> str:
    """Raise the ticket to a level, by key or number. Words why not; empty when done."""
    operation = _operation("tugon.escalation.operations", "escalate")
    row = level_row(level)
    if operation is None or row is None:
        return _("there is no level {level}.").format(level=level)
    operation(ticket, level=row, reason=reason, note="", by=by)
    return ""


def level_row(level: str) -> Any:
    """The escalation level of an id or key, or None."""
    model = _operation("tugon.escalation.models", "Level")
    if model is None:
        return None
    rows = model.objects.all()
    if level.isdecimal():
        return rows.filter(pk=int(level)).first() or rows.filter(number=int(level)).first()
    return rows.filter(key=level).first()


def levels(language: str) -> list[tuple[str, str]]:
    """(id, name) of the escalation levels."""
    model = _operation("tugon.escalation.models", "Level")
    rows = model.objects.all() if model is not None else ()
    return [(str(row.pk), row.name_in(language) if hasattr(row, "name_in") else str(row)) for row in rows]


def template_letter(key: str, *, ticket: Ticket, extra: dict[str, Any]) -> NewMessage | None:
    """The letter of a reply template; None where there is none of this key."""
    operation = _operation("tugon.templates.automatic", "letter")
    if operation is None:
        return None
    letter: NewMessage | None = operation(key, ticket=ticket, extra=extra)
    return letter


def _operation(module: str, name: str) -> Any:
    return getattr(import_module(module), name, None) if find_spec(module) else None


def _least_loaded(ticket: Ticket) -> Agent | None:
    """Of the team's members who of them has the fewest active tickets; by id where several have."""
    members = list(Agent.objects.active().filter(memberships__team=ticket.team).order_by("pk"))
    held = Ticket.objects.filter(assignee__in=members, status__in=ACTIVE, is_spam=False)
    loads: dict[int, int] = dict.fromkeys((one.pk for one in members), 0)
    for assignee in held.values_list("assignee_id", flat=True):
        loads[assignee] += 1
    return min(members, key=lambda one: loads[one.pk]) if members else None
