"""Who may hear that a question was answered; and what redaction means here."""

from typing import Any

from tugon.events.actors import ActorKind
from tugon.events.models import Event
from tugon.realtime.identity import Identity

from . import operations
from .models import Asking


def may_hear(identity: Identity, pk: str) -> bool:
    """The agent who asked. One query."""
    if identity.agent_id is None or not pk.isdecimal():
        return False
    return Asking.objects.filter(pk=pk, agent_id=identity.agent_id).exists()


def forget_redacted(fact: Any, _event: Event) -> None:
    """Words removed from a message are not kept in a question either."""
    operations.forget_ticket(fact.ticket_id)


def put_away(fact: Any, event: Event) -> None:
    """An agent's reply settles what the agent asked for it."""
    if event.actor_kind == ActorKind.AGENT and event.actor_id:
        operations.put_away_answered(fact.ticket_id, event.actor_id)
