"""What rules ask of the packages right below them: sharing out, escalating, reply templates. Answers are words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from tugon.escalation.models import Level
from tugon.escalation.models.levels import in_language
from tugon.escalation.operations import escalate as raise_to
from tugon.events.actors import Actor
from tugon.routing.operations import route as share_out
from tugon.templates.automatic import letter as letter_of
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewMessage


def route(ticket: Ticket, strategy: str, *, by: Actor) -> str:
    """Give the ticket to somebody of its team. Words why nobody got it; empty when somebody has it."""
    ticket = Ticket.objects.get(pk=ticket.pk)
    if ticket.team_id is None:
        return _("it is in no team.")
    if ticket.assignee_id:
        return _("somebody has it already.")
    choice = share_out(ticket, strategy=strategy, by=by)
    return "" if choice.agent_id else _("nobody of the team is free now; it waits in the queue.")


def escalate(ticket: Ticket, level: str, *, reason: str, by: Actor) -> str:
    """Raise the ticket to a level, by its place. Words why not; empty when done."""
    row = level_row(level)
    if row is None:
        return _("there is no level {level}.").format(level=level)
    raise_to(ticket, row, reason=reason, by=by)
    return ""


def level_row(level: str) -> Level | None:
    """The level at a place, the lowest being 1. Places stay when levels are renamed or made anew."""
    rows = Level.objects.filter(archived_at=None)
    return rows.filter(position=int(level)).first() if level.isdecimal() else None


def levels(language: str) -> list[tuple[str, str]]:
    """(value, name) of the escalation levels."""
    return [
        (str(row.position), in_language(row.names, language))
        for row in Level.objects.filter(archived_at=None)
    ]


def template_letter(key: str, *, ticket: Ticket, extra: dict[str, Any]) -> NewMessage | None:
    """The letter of a reply template; None where there is none of this key."""
    try:
        return letter_of(key, ticket=ticket, extra=extra)
    except KeyError:
        return None
