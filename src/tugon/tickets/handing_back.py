"""What a person leaves behind who can no longer sign in: their open tickets wait for somebody else of the team."""

from typing import Any

from tugon.accounts.events import AgentDeactivated
from tugon.events.actors import SYSTEM

from .models import Ticket
from .models.state import ACTIVE
from .operations import assign


def hand_back(fact: AgentDeactivated, event: Any) -> None:
    """Take the agent off every ticket that is not yet solved; solved ones keep who solved them."""
    for ticket in Ticket.objects.filter(assignee_id=fact.agent_id, status__in=ACTIVE).order_by("pk"):
        assign(ticket, to=None, by=SYSTEM)
