from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import read
from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.realtime.publish import publish

from .deciding import ways
from .models import Notification
from .tasks import schedule_mail

SUBJECT = -1
"""Stands for: the ticket the event is about."""


def tell(
    agent_ids: Iterable[int],
    kind: str,
    event: Event,
    *,
    message_id: int | None = None,
    ticket_id: int | None = SUBJECT,
) -> int:
    """Tell these agents of an event, each in the ways they chose. Nobody hears of their own doing, nobody twice.

    Returns how many rows were written. Two or three queries, whatever the number of agents.
    """
    own = event.actor_id if event.actor_kind == "agent" else None
    wanted = {pk for pk in agent_ids if pk and pk != own}
    if not wanted:
        return 0
    about = event.subject_id if ticket_id == SUBJECT else ticket_id
    rows, to_mail = [], []
    for agent in Agent.objects.active().filter(pk__in=wanted):
        way = ways(kind, agent.preferences)
        if not way.app and not way.email:
            continue
        if way.email:
            to_mail.append(agent)
        rows.append(
            Notification(
                agent=agent,
                kind=kind,
                ticket_id=about,
                message_id=message_id,
                actor_kind=event.actor_kind,
                actor_id=event.actor_id,
                event_id=event.pk,
                shows=way.app,
                mails=way.email,
                at=event.at,
            )
        )
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    publish(*(f"agent:{row.agent_id}" for row in rows if row.shows))
    for agent in to_mail:
        schedule_mail(agent, event.at)
    return len(rows)


@transaction.atomic
def mark_read(agent: Agent, *, ids: list[int] | None = None, ticket_id: int | None = None) -> int:
    """The agent has seen these, those of one ticket, or (neither given) all. What is read is not mailed any more."""
    rows = unread(agent)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if ticket_id is not None:
        rows = rows.filter(ticket_id=ticket_id)
    count = rows.update(read_at=now(), mails=False)
    if count:
        publish(f"agent:{agent.pk}")
    return count


@read
def unread_of(agent: int) -> QuerySet[Notification, int]:
    """The bell's number: the ticket of each, a hundred at most."""
    rows = Notification.objects.filter(agent=agent, shows=True, read_at=None)
    return rows.order_by().values_list("ticket_id", flat=True)[:100]


@read
def unread_about(agent: int, ticket: int) -> QuerySet[Notification, int]:
    """Whether the agent was told something of the ticket that it has not seen."""
    rows = Notification.objects.filter(agent=agent, shows=True, read_at=None, ticket=ticket)
    return rows.order_by().values_list("pk", flat=True)


def unread(agent: Agent) -> QuerySet[Notification]:
    """What the agent has not seen yet, in the console."""
    return Notification.objects.filter(agent=agent, shows=True, read_at=None)
