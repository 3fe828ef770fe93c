"""What becomes of tickets whose agent is gone: for good, from the team, or out of office for a while."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.events.actors import SYSTEM, Actor
from tugon.tickets import operations as tickets
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import ACTIVE, OURS

from ..deciding import rotation
from ..models import Availability, OnLeave, RoutedTicket


@transaction.atomic
def hand_over(agent_id: int) -> int:
    """Pass on the tickets of who is out of office: to the substitute, if one of the team, else back to the queue.

    Those that wait for the customer, or for a third party, stay where the team lets them. Tickets of teams that give
    nothing out by themselves go only to a substitute: nobody else would notice them. Returns how many went.
    """
    row = Availability.objects.select_related("substitute").filter(agent=agent_id).first()
    substitute = row.substitute if row else None
    mine = Ticket.objects.filter(assignee=agent_id, status__in=[*ACTIVE], is_spam=False, merged_into=None)
    gone = 0
    for ticket in mine.select_related("team").order_by("pk"):
        if _goes(ticket, substitute):
            to = substitute if substitute and _may_have(substitute, ticket) else None
            tickets.assign(ticket, to=to, by=_absence())
            gone += 1
    return gone


@transaction.atomic
def release_left(agent_id: int, team_ids: Iterable[int]) -> int:
    """Who left a team leaves its open tickets to it. Returns how many."""
    left = Ticket.objects.filter(
        assignee=agent_id, team__in=list(team_ids), status__in=[*ACTIVE], merged_into=None
    )
    rows = list(left.order_by("pk"))
    for ticket in rows:
        tickets.assign(ticket, to=None, by=_absence())
    return len(rows)


def decline(ticket_id: int, agent_id: int) -> None:
    """Who put a ticket back is not given it again while somebody else is in the rotation."""
    row, _created = RoutedTicket.objects.get_or_create(ticket_id=ticket_id)
    if agent_id not in row.declined:
        row.declined = [*row.declined, agent_id]
        row.save(update_fields=["declined"])


def _goes(ticket: Ticket, substitute: Agent | None) -> bool:
    team = rotation(ticket.team_id) if ticket.team_id else None
    is_given_out = team is not None and team.is_automatic
    stays_when_waiting = team is None or team.on_leave == OnLeave.STAY
    if ticket.status not in OURS and stays_when_waiting:
        return False
    return is_given_out or (substitute is not None and _may_have(substitute, ticket))


def _may_have(agent: Agent, ticket: Ticket) -> bool:
    is_out = Availability.objects.filter(agent=agent, state="out").exists()
    return agent.is_active and not is_out and (ticket.team is None or ticket.team.has(agent))


def _absence() -> Actor:
    return Actor(SYSTEM.kind, via="absence")
