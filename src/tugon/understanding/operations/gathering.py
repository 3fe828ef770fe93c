"""Putting tickets of several people under one problem."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.customers.operations import identify_sender
from tugon.events.actors import Actor
from tugon.lib.errors import NotAllowed
from tugon.tickets import policies
from tugon.tickets.models import Kind, Ticket, TicketLink
from tugon.tickets.operations import link, open_ticket

from .. import readings
from ..duplicates import problem_of
from ..models import TicketReading


@transaction.atomic
def gather(ticket: Ticket, others: Sequence[Ticket], *, by: Actor) -> Ticket:
    """Make this ticket and others parts of one problem: the one that one of them belongs to already, else a new ticket
    of that type, asked for by the agent who makes it. What is part of another problem stays there. A repeat does
    nothing new. Raises NotAllowed, CannotLink.
    """
    if not isinstance(by.subject, Agent):
        raise NotAllowed
    every = [ticket, *(other for other in others if other.pk != ticket.pk)]
    for one in every:
        policies.require(by, "merge", one)
    problem = problem_of(*every) or _opened(ticket, by.subject, by)
    taken = set(
        TicketLink.objects.filter(target__in=every, kind=TicketLink.Kind.PARENT).values_list(
            "target_id", flat=True
        )
    )
    for one in every:
        if one.pk not in taken and one.pk != problem.pk:
            link(problem, one, kind=TicketLink.Kind.PARENT, by=by)
    return problem


@transaction.atomic
def set_apart(ticket: Ticket, other_id: int, *, by: Actor) -> None:
    """Say that a ticket is not the same case as another of its customer: it is not offered again. Raises NotAllowed."""
    policies.require(by, "edit", ticket)
    reading = TicketReading.objects.select_for_update().filter(ticket=ticket).first()
    if reading is not None:
        reading.alike = [one for one in reading.alike if one[0] != other_id]
        reading.apart = sorted({*reading.apart, other_id})
        reading.save(update_fields=["alike", "apart"])


def _opened(ticket: Ticket, agent: Agent, by: Actor) -> Ticket:
    """The requester is the agent: what is said on a problem is not for one of those who have it."""
    reading = readings.of(ticket)
    error = reading.errors[0] if reading and reading.errors else ""
    subject = _("Problem: {subject}").format(subject=ticket.subject)
    if error and error.casefold() not in subject.casefold():
        subject = f"{subject} ({error})"
    return open_ticket(
        customer=identify_sender(agent.email, name=agent.name),
        subject=subject[:300],
        message=None,
        by=by,
        team=ticket.team,
        kind=Kind.PROBLEM,
        is_silent=True,
    )
