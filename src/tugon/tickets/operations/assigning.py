from django.db import transaction

from tugon.accounts.models import Agent, Team
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed

from .. import policies
from ..errors import AgentNotActive, AssigneeOutsideTeam, TeamArchived
from ..events import FollowersChanged, TicketAssigned, TicketTransferred
from ..models import Ticket
from .opening import NewMessage


@transaction.atomic
def assign(ticket: Ticket, *, to: Agent | None, by: Actor) -> Ticket:
    """Give the ticket to one agent of its team, or to nobody.

    Raises NotAllowed, AgentNotActive, AssigneeOutsideTeam.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "assign", ticket)
    give(ticket, to, by=by)
    return ticket


def take(ticket: Ticket, *, by: Actor) -> Ticket:
    """Assign to oneself. Raises as `assign`, and NotAllowed to who is no agent."""
    if by.kind is not ActorKind.AGENT:
        raise NotAllowed
    return assign(ticket, to=by.subject, by=by)


@transaction.atomic
def transfer(
    ticket: Ticket, *, to: Team | None, by: Actor, note: str = "", assignee: Agent | None = None
) -> Ticket:
    """Move the ticket to another team, with a note for the colleagues there. An assignee outside that team lets go.

    Raises NotAllowed, TeamArchived, AgentNotActive, AssigneeOutsideTeam.
    """
    from .writing import add_note

    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    if to and to.archived_at and ticket.team_id != to.pk:
        raise TeamArchived(team=to.name)
    row = add_note(ticket, NewMessage(body=note), by=by) if note.strip() else None
    ticket = Ticket.objects.locked(ticket.pk)
    if ticket.team_id != (to.pk if to else None):
        fact = TicketTransferred(
            ticket_id=ticket.pk,
            from_team_id=ticket.team_id,
            to_team_id=to.pk if to else None,
            note_id=row.pk if row else None,
        )
        ticket.team, ticket.updated_at = to, now()
        ticket.save(update_fields=["team", "updated_at"])
        record(fact, by=by)
        if to and ticket.assignee and not to.has(ticket.assignee):
            give(ticket, None, by=by)
    if assignee:
        give(ticket, assignee, by=by)
    return ticket


def give(ticket: Ticket, to: Agent | None, *, by: Actor) -> None:
    """Set the assignee of a locked ticket. Permission is the caller's business: who moved a ticket to another team may
    not see it any more, yet says who gets it there.
    """
    if ticket.assignee_id == (to.pk if to else None):
        return
    if to and not to.is_active:
        raise AgentNotActive(agent=to.name)
    if to and ticket.team and not ticket.team.has(to):
        raise AssigneeOutsideTeam(agent=to.name, team=ticket.team.name)
    fact = TicketAssigned(ticket_id=ticket.pk, from_id=ticket.assignee_id, to_id=to.pk if to else None)
    ticket.assignee, ticket.updated_at = to, now()
    ticket.save(update_fields=["assignee", "updated_at"])
    record(fact, by=by)


@transaction.atomic
def follow(ticket: Ticket, *, who: Agent, by: Actor) -> None:
    """Tell this agent of what happens on the ticket, and let them see it. A repeat does nothing."""
    policies.require(by, "view" if _is_self(by, who) else "edit", ticket)
    if not ticket.followers.filter(pk=who.pk).exists():
        ticket.followers.add(who)
        record(FollowersChanged(ticket_id=ticket.pk, added=(who.pk,)), by=by)


@transaction.atomic
def unfollow(ticket: Ticket, *, who: Agent, by: Actor) -> None:
    """Stop telling this agent. A repeat does nothing."""
    policies.require(by, "view" if _is_self(by, who) else "edit", ticket)
    if ticket.followers.filter(pk=who.pk).exists():
        ticket.followers.remove(who)
        record(FollowersChanged(ticket_id=ticket.pk, removed=(who.pk,)), by=by)


def _is_self(by: Actor, who: Agent) -> bool:
    return by.kind is ActorKind.AGENT and by.id == who.pk
