from tugon.accounts.models import Agent
from tugon.accounts.policies import require as require_permission
from tugon.events.actors import Actor, ActorKind
from tugon.lib.errors import NotAllowed

from .errors import TicketIsMerged, TicketNotVisible
from .models import Ticket

PERMISSION_OF = {
    "view": "ticket.view",
    "reply": "ticket.reply",
    "note": "ticket.note",
    "edit": "ticket.edit",
    "assign": "ticket.edit",
    "close": "ticket.edit",
    "confirm": "ticket.edit",
    "merge": "ticket.merge",
    "unmerge": "ticket.merge",
    "bulk": "ticket.bulk",
    "redact": "ticket.redact",
    "spam": "ticket.delete",
    "delete": "ticket.delete",
}

OWN = frozenset({"view", "close", "confirm"})
"""What customers may do with their own tickets. What they write joins through `add_incoming`."""

SHELL = frozenset({"view", "unmerge", "redact", "delete"})
"""What can be done with a ticket that was merged into another."""


def require(by: Actor, verb: str, ticket: Ticket) -> None:
    """Raises NotAllowed, TicketNotVisible or TicketIsMerged unless the actor may do this to the ticket."""
    if by.kind is ActorKind.CUSTOMER:
        if ticket.customer_id != by.id:
            raise TicketNotVisible
        if verb not in OWN:
            raise NotAllowed
    else:
        require_permission(by, PERMISSION_OF[verb])
        if by.kind is ActorKind.AGENT and not sees(by.subject, ticket):
            raise TicketNotVisible
    if ticket.merged_into_id and verb not in SHELL:
        raise TicketIsMerged(number=ticket.merged_into_id)


def sees(agent: Agent, ticket: Ticket) -> bool:
    """Whether the agent may see the ticket; the same rule as `Ticket.objects.visible_to`."""
    if agent.may("ticket.view_all"):
        return True
    if not agent.may("ticket.view"):
        return False
    if ticket.team_id in agent.team_ids or ticket.assignee_id == agent.pk:
        return True
    return ticket.followers.filter(pk=agent.pk).exists()
