"""What facts about tickets mean for their priority. In the fact's transaction; a repeat changes nothing."""

from typing import Any

from tugon.events.actors import Actor, ActorKind
from tugon.events.models import Event
from tugon.tickets.events import (
    CustomerOfTicketChanged,
    CustomerWrote,
    TicketChanged,
    TicketLinked,
    TicketMarkedSpam,
    TicketMerged,
    TicketOpened,
    TicketUnlinked,
    TicketUnmarkedSpam,
)
from tugon.tickets.models import Message, Ticket

from .deciding import decided
from .models import Assessment
from .operations import assess, assess_new
from .operations.assessing import is_setting
from .operations.overriding import adopt, override
from .reports import problems_of
from .stating import stated

REPORTS = ("parent", "duplicated_by")
"""Links, as the problem's ticket sees them, that make the other one a report."""


def on_opened(fact: TicketOpened, event: Event) -> None:
    """Imports keep the priority they came with, spam gets none. Who opens a ticket with a priority has decided it."""
    if fact.is_silent:
        return
    ticket = event.at_hand.get("ticket") or Ticket.objects.select_related("customer").get(pk=fact.ticket_id)
    if ticket.is_spam or _is_assessed(ticket, event):
        return
    message = event.at_hand.get("message")
    given = ticket.priority
    assess_new(ticket, text=f"{ticket.subject}\n{message.body if message else ''}")
    if event.actor_kind == ActorKind.AGENT and given not in (ticket.priority, _default()):
        actor = Actor(ActorKind.AGENT, event.actor_id, _agent(event.actor_id))
        override(ticket, priority=given, by=actor, reason=_chosen_at_opening())
        ticket.priority = given


def on_customer_wrote(fact: CustomerWrote, event: Event) -> None:
    """New words may tell of more people, or of a threat."""
    if fact.is_silent or fact.automatic:
        return
    row = Assessment.objects.select_related("ticket").filter(ticket=fact.ticket_id).first()
    if row is None:
        return
    message = event.at_hand.get("message") or Message.objects.filter(pk=fact.message_id).first()
    text = message.body if message else ""
    level, _words = decided().threat_in(text)
    said = stated(row.ticket).reach or 0
    if level > row.found.get("threat", {}).get("read", 0) or said > row.users_affected:
        assess(row.ticket, cause="CustomerWrote", text=text)


def on_understood(fact: Any, event: Event) -> None:
    """What was read from a message came later, or a person corrected it."""
    if event.cause is not None and event.cause.name in ("TicketOpened", "CustomerWrote"):
        return  # our own reaction to that comes next, and asks
    _again(fact.ticket_id, event.name)


def on_linked(fact: TicketLinked | TicketUnlinked, event: Event) -> None:
    if fact.kind in REPORTS:
        _again(fact.ticket_id, event.name)


def on_changed(fact: TicketChanged, event: Event) -> None:
    """Another severity or kind is another case; another priority, set past us, is somebody's decision."""
    if "severity" in fact.changes or "kind" in fact.changes:
        _again(fact.ticket_id, event.name)
    if "priority" in fact.changes and not is_setting():
        before, after = fact.changes["priority"]
        by = Actor(ActorKind(event.actor_kind), event.actor_id, via=event.via)
        adopt(fact.ticket_id, before=before, after=after, by=by)


def on_customer_changed(fact: CustomerOfTicketChanged, event: Event) -> None:
    """Another plan, another audience; and a report of somebody else."""
    _again(fact.ticket_id, event.name)
    _problems_again(fact.ticket_id, event)


def on_report_left_or_returned(
    fact: TicketMerged | TicketMarkedSpam | TicketUnmarkedSpam, event: Event
) -> None:
    """What was merged away or is spam is no report."""
    if isinstance(fact, TicketUnmarkedSpam):
        _again(fact.ticket_id, event.name)
    _problems_again(fact.ticket_id, event)


def _problems_again(ticket_id: int, event: Event) -> None:
    for problem in problems_of(ticket_id):
        _again(problem, event.name)


def _again(ticket_id: int, cause: str) -> None:
    ticket = Ticket.objects.filter(pk=ticket_id, is_spam=False, merged_into=None).first()
    if ticket is not None:
        assess(ticket, cause=cause)


def _is_assessed(ticket: Ticket, event: Event) -> bool:
    """A reaction that is tried again later may find the work done."""
    return not event.at_hand and Assessment.objects.filter(ticket=ticket).exists()


def _default() -> int:
    return int(Ticket._meta.get_field("priority").get_default())


def _agent(pk: int | None) -> Any:
    from tugon.accounts.models import Agent

    return Agent.objects.filter(pk=pk).first()


def _chosen_at_opening() -> str:
    from django.utils.translation import gettext as _

    return _("chosen as the ticket was opened")
