from django.db import transaction

from tugon.accounts.models import Agent, Team
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import AgentNotActive, AssigneeOutsideTeam
from ..events import FollowersChanged, TicketAssigned, TicketTransferred
from ..models import Ticket
from .opening import NewMessage


@transaction.atomic
def assign(ticket: Ticket, *, to: Agent | None, by: Actor) -> Ticket:
    """Give the ticket to one agent of its team, or to nobody. Raises NotAllowed, AgentNotActive, AssigneeOutsideTeam."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "assign", ticket)
    if ticket.assignee_id == (to and to.pk):
        return ticket
    if to and not to.is_active:
        raise AgentNotActive(agent=to.name)
    if to and ticket.team and not ticket.team.has(to):
        raise AssigneeOutsideTeam(agent=to.name, team=ticket.team.name)
    fact = TicketAssigned(ticket_id=ticket.pk, from_id=ticket.assignee_id, to_id=to and to.pk)
    ticket.assignee, ticket.updated_at = to, now()
    ticket.save(update_fields=["assignee", "updated_at"])
    record(fact, by=by)
    return ticket


@transaction.atomic
def transfer(ticket: Ticket, *, to: Team | None, by: Actor, note: str = "", assignee: Agent | None = None) -> Ticket:
    """Move the ticket to another team, with a note for the colleagues there. An assignee outside that team lets go."""
    from .writing import add_note

    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if ticket.team_id == (to and to.pk) and not note:
        return ticket if assignee is None else assign(ticket, to=assignee, by=by)
    row = add_note(ticket, NewMessage(body=note), by=by) if note.strip() else None
    fact = TicketTransferred(
        ticket_id=ticket.pk, from_team_id=ticket.team_id, to_team_id=to and to.pk, note_id=row and row.pk
    )
    ticket = Ticket.objects.locked(ticket.pk)
    ticket.team, ticket.updated_at = to, now()
    let_go = ticket.assignee if to and ticket.assignee and not to.has(ticket.assignee) else None
    if let_go:
        ticket.assignee = None
    ticket.save(update_fields=["team", "updated_at", "assignee"])
    record(fact, by=by)
    if let_go:
        record(TicketAssigned(ticket_id=ticket.pk, from_id=let_go.pk, to_id=None), by=by)
    return assign(ticket, to=assignee, by=by) if assignee else ticket


@transaction.atomic
def follow(ticket: Ticket, *, who: Agent, by: Actor) -> None:
    """Tell this agent of what happens on the ticket. A repeat does nothing."""
    policies.require(by, "view", ticket)
    if not ticket.followers.filter(pk=who.pk).exists():
        ticket.followers.add(who)
        record(FollowersChanged(ticket_id=ticket.pk, added=(who.pk,)), by=by)


@transaction.atomic
def unfollow(ticket: Ticket, *, who: Agent, by: Actor) -> None:
    """Stop telling this agent. A repeat does nothing."""
    policies.require(by, "view", ticket)
    if ticket.followers.filter(pk=who.pk).exists():
        ticket.followers.remove(who)
        record(FollowersChanged(ticket_id=ticket.pk, removed=(who.pk,)), by=by)
