"""What escalation does on facts from below."""

from typing import Any

from tugon.database.inserting import run
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.tickets.events import (
    AgentReplied,
    CustomerWrote,
    TicketClosed,
    TicketMerged,
    TicketSolved,
)
from tugon.tickets.models import Ticket

from . import criteria, tasks
from .events import PageSent
from .models import Escalation, Inquiry, Level, Standing
from .operations import end_with, escalate
from .operations.asking import settle

_ARRIVALS = ("TicketOpened", "CustomerWrote")
_COUNT = """
INSERT INTO escalation_standing (ticket_id, contacts, waits_outside) VALUES (%s::bigint, 1, false)
ON CONFLICT (ticket_id) DO UPDATE SET contacts = least(escalation_standing.contacts + 1, 30000)
"""


def count_contact(fact: CustomerWrote, event: Event) -> None:
    """The customer wrote again and waits for an answer. Automatic answers and imports do not count."""
    if not fact.automatic and not fact.is_silent:
        run(_COUNT, [fact.ticket_id])


def forget_contacts(fact: AgentReplied, event: Event) -> None:
    """Somebody answered."""
    Standing.objects.filter(ticket=fact.ticket_id, contacts__gt=0).update(contacts=0)


def look(fact: Any, event: Event) -> None:
    """Raise the ticket if it now calls for a level. Imports raise nothing; what escalation changed itself is not looked
    at again, and what an arriving message brought about is looked at once, after all of it.
    """
    if getattr(fact, "is_silent", False) or event.via.startswith("escalation"):
        return
    if event.cause is not None and event.cause.name in _ARRIVALS and event.name not in _ARRIVALS:
        return
    level_id = criteria.called_for(fact.ticket_id)
    if level_id is not None:
        raise_by_criteria(fact.ticket_id, level_id)


def raise_by_criteria(ticket_id: int, level_id: int) -> Escalation:
    """Raise by the level's own criteria; what holds of them is the reason."""
    level = Level.objects.select_related("team", "rota", "department").get(pk=level_id)
    by = Actor(ActorKind.SYSTEM, via="escalation")
    return escalate(
        Ticket.objects.get(pk=ticket_id),
        level,
        reason=criteria.reason(level, ticket_id),
        by=by,
        how=Escalation.How.CRITERIA,
    )


def end(fact: TicketSolved | TicketClosed, event: Event) -> None:
    """Solved is not escalated any more."""
    end_with(fact.ticket_id, Escalation.End.SOLVED, by=SYSTEM)


def set_aside(fact: Any, event: Event) -> None:
    """Spam is not escalated; what its letters outside bring is kept all the same."""
    end_with(fact.ticket_id, Escalation.End.SET_ASIDE, by=SYSTEM)


def follow_merge(fact: TicketMerged, event: Event) -> None:
    """Questions outside go with the ticket they are about, and so does its level where that is the higher one."""
    source = Standing.objects.select_related("level").filter(ticket=fact.ticket_id).first()
    level = source.level if source else None
    end_with(fact.ticket_id, Escalation.End.SET_ASIDE, by=SYSTEM)
    if Inquiry.objects.filter(ticket=fact.ticket_id).update(ticket=fact.into_id):
        settle(fact.into_id)
        settle(fact.ticket_id)
    target = Ticket.objects.get(pk=fact.into_id)
    if level is not None and not level.archived_at and target.is_active and not target.is_spam:
        _keep_level(target, level, fact.ticket_id)


def _keep_level(target: Ticket, level: Level, source_id: int) -> None:
    """The target stands where the source stood, without the level's effects a second time."""
    standing, _created = Standing.objects.select_related("level").get_or_create(ticket=target)
    if standing.level is not None and standing.level.position >= level.position:
        return
    Escalation.objects.filter(ticket=target, ended_at=None).update(ended_at=now(), end=Escalation.End.RAISED)
    last = Escalation.objects.filter(ticket=source_id).first()
    row = Escalation.objects.create(
        ticket=target,
        level=level,
        how=Escalation.How.RULE,
        via=f"#{source_id}",
        reason=last.reason if last else "",
        note=last.note if last else "",
        at=now(),
    )
    Standing.objects.filter(ticket=target).update(level=level, escalation=row)


def enqueue_page(fact: PageSent, event: Event) -> None:
    """A job that mails the call."""
    tasks.send_page.defer(call_id=fact.call_id)
