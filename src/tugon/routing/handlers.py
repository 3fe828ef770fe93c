"""What facts mean for who should have a ticket. A repeat changes nothing.

A new ticket is given out at once, before anyone first sees it. Whatever frees a place, or brings a ticket back into a
queue, wakes a job that drains the queue.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tugon.accounts.events import AgentSignedIn, AgentTeamsChanged
from tugon.accounts.models import Membership
from tugon.events.actors import ActorKind
from tugon.events.models import Event
from tugon.tickets.events import StatusChanged, TicketAssigned, TicketOpened, TicketTransferred
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import OURS

from .deciding import automatic_teams
from .events import AgentBecameUnavailable
from .models import Availability, State
from .operations import decline, ensure_rows, hand_over, refresh, release_left, route


def on_opened(fact: TicketOpened, event: Event) -> None:
    """Only where some team gives out by itself is more asked of the database."""
    if fact.is_silent or not automatic_teams():
        return
    ticket = event.at_hand.get("ticket")
    if ticket is not None and ticket.is_spam:
        return
    # Rules may have moved it since it was written.
    team, assignee = Ticket.objects.filter(pk=fact.ticket_id).values_list(
        "team_id", "assignee_id"
    ).first() or (None, None)
    if team in automatic_teams() and assignee is None:
        choice = route(ticket or Ticket.objects.get(pk=fact.ticket_id))
        if choice.agent_id is None and choice.why[0][0] == "nobody_available":
            # Perhaps another worker just held them all: looked at again at once, then every minute.
            enqueue({int(team)})
        elif ticket is not None:
            ticket.assignee_id = choice.agent_id


def on_assigned(fact: TicketAssigned, event: Event) -> None:
    """Who puts back what it had is not given it again."""
    if fact.to_id is None and event.actor_kind == ActorKind.AGENT and event.actor_id == fact.from_id:
        decline(fact.ticket_id, fact.from_id or 0)


def on_status(fact: StatusChanged, event: Event) -> None:
    """A customer who answers while the agent is out of office finds somebody else."""
    if fact.to_status not in OURS:
        return
    agent = Ticket.objects.filter(pk=fact.ticket_id).values_list("assignee_id", flat=True).first()
    if agent and Availability.objects.filter(agent=agent, state=State.OUT).exists():
        hand_over(agent)


def on_unavailable(fact: AgentBecameUnavailable, event: Event) -> None:
    """At lunch or asleep, one keeps one's tickets; out of office, they go on."""
    if fact.state == State.OUT:
        hand_over(fact.agent_id)


def on_teams_changed(fact: AgentTeamsChanged, event: Event) -> None:
    left = set(fact.before) - set(fact.after)
    if left:
        release_left(fact.agent_id, left)


def on_agent(fact: Any, event: Event) -> None:
    """Somebody new, back again, gone, or just signed in."""
    ensure_rows()
    if not isinstance(fact, AgentSignedIn):
        refresh([fact.agent_id])


def enqueue_freed(fact: Any, event: Event) -> None:
    """A place may have become free, or a ticket come back: the queues concerned are looked at."""
    teams = automatic_teams()
    if not teams or (isinstance(fact, StatusChanged) and not _matters(fact)):
        return
    concerned: set[int] = set()
    if hasattr(fact, "agent_id"):
        concerned |= _teams_of([fact.agent_id])
    else:
        row = Ticket.objects.filter(pk=fact.ticket_id).values_list("team_id", "assignee_id").first()
        who = {row[1] if row else None, getattr(fact, "from_id", None)} - {None}
        concerned |= {row[0]} if row and row[0] else set()
        concerned |= (
            {fact.from_team_id} if isinstance(fact, TicketTransferred) and fact.from_team_id else set()
        )
        concerned |= _teams_of(who)
    enqueue(concerned & teams)


def enqueue_team(fact: Any, event: Event) -> None:
    """The team gives out otherwise since."""
    enqueue({fact.team_id} & automatic_teams())


def enqueue(team_ids: Iterable[int]) -> None:
    """One job per team, however often it is asked for while it waits."""
    from .tasks import wake

    for team in team_ids:
        wake(team)


def _matters(fact: StatusChanged) -> bool:
    """Our turn ends and frees a place, or comes back."""
    return (fact.from_status in OURS) != (fact.to_status in OURS)


def _teams_of(agents: Iterable[int | None]) -> set[int]:
    return set(Membership.objects.filter(agent__in=list(agents)).values_list("team_id", flat=True))
