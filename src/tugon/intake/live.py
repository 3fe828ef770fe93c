"""Open ledgers hear that a line was added or ended, and who may listen. Names only, never content."""

from typing import Any

from tugon.accounts.models import Agent
from tugon.events.models import Event
from tugon.realtime.identity import Identity
from tugon.realtime.publish import publish

TOPIC = "ledger:all"
PERMISSION = "admin.intake"


def announce(_fact: Any, _event: Event) -> None:
    """Something came in, or was decided about what had come in."""
    publish(TOPIC)


def may_read_ledger(identity: Identity, _pk: str) -> bool:
    """Agents who may open the ledger. Two queries at most."""
    agent = Agent.objects.active().filter(pk=identity.agent_id).first() if identity.agent_id else None
    return agent is not None and agent.may(PERMISSION)
