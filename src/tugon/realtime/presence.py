"""Who views and who writes: a heartbeat keeps a row for LIFE, and only a change is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from tugon.database.reading import Asked, read
from tugon.lib.clock import now
from tugon.realtime.models import Presence
from tugon.realtime.publish import publish
from tugon.realtime.topics import Topic

LIFE = timedelta(seconds=45)


@dataclass(frozen=True)
class Present:
    agent_id: int
    state: str  # Presence.State
    at: datetime


def present(topic: Topic) -> list[Present]:
    """Who has the topic open now; those who write first. 1 query."""
    return [Present(row.agent_id, row.state, row.at) for row in present_rows(topic).rows()]


def present_rows(topic: Topic) -> Asked[Presence]:
    """The same, as a read that a page asks together with others."""
    return _present(str(topic), now() - LIFE)


@read
def _present(topic: str, after: datetime) -> QuerySet[Presence, Presence]:
    return Presence.objects.filter(topic=topic, at__gt=after).order_by("-state", "at")


def arrive(topic: Topic, *, agent_id: int, state: str) -> datetime:
    """Say that the agent has the topic open, now or still; told if it is news to somebody. 3 queries at most.

    Returns the moment, by which that page may say later that it has left.
    """
    at = now()
    with connection.cursor() as cursor:
        # RETURNING's subquery sees the table as it was before this statement.
        cursor.execute(
            """
            INSERT INTO realtime_presence (topic, agent_id, state, at) VALUES (%(topic)s, %(agent)s, %(state)s, %(at)s)
            ON CONFLICT (topic, agent_id) DO UPDATE SET state = excluded.state, at = excluded.at
            RETURNING (SELECT was.state FROM realtime_presence was
                       WHERE was.topic = %(topic)s AND was.agent_id = %(agent)s AND was.at > %(over)s)
            """,
            {"topic": str(topic), "agent": agent_id, "state": state, "at": at, "over": at - LIFE},
        )
        was = cursor.fetchone()[0]
    # Asked after our own row is there: of two who arrive at once, at least one sees the other and tells both.
    if was != state and _others(topic, agent_id).exists():
        publish(topic.presence)
    expire()
    return at


def _others(topic: Topic, agent_id: int) -> QuerySet[Presence, Presence]:
    return Presence.objects.filter(topic=str(topic), at__gt=now() - LIFE).exclude(agent_id=agent_id)


def leave(topic: Topic, *, agent_id: int, at: datetime | None = None) -> None:
    """Say that the agent has closed the topic. at: the page's last heartbeat; a later one was another page's, which
    may be heard before the last word of the page it follows.
    """
    rows = Presence.objects.filter(topic=str(topic), agent_id=agent_id)
    gone, _ = (rows.filter(at__lte=at) if at else rows).delete()
    if gone:
        publish(topic.presence)


def expire() -> None:
    """Forget those who fell silent, and tell who still looks. 1 query. Heartbeats of others call it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM realtime_presence WHERE at <= %s RETURNING topic", [now() - LIFE])
        names = {name for (name,) in cursor.fetchall()}
    publish(*(topic.presence for name in names if (topic := Topic.parse(name))))
