from tugon.accounts.policies import require as require_permission
from tugon.events.actors import Actor, ActorKind

from .errors import TicketIsMerged, TicketNotVisible
from .models import Ticket

PERMISSION_OF = {
    "view": "ticket.view",
    "reply": "ticket.reply",
    "note": "ticket.note",
    "edit": "ticket.edit",
    "assign": "ticket.edit",
    "merge": "ticket.merge",
    "redact": "ticket.redact",
    "delete": "ticket.delete",
}


def require(by: Actor, verb: str, ticket: Ticket) -> None:
    """Raises NotAllowed, TicketNotVisible or TicketIsMerged unless the actor may do this to the ticket.

    Customers act through the portal's own operations, which check that the ticket is theirs.
    """
    if by.kind is ActorKind.CUSTOMER:
        if ticket.customer_id != by.id:
            raise TicketNotVisible
        return
    require_permission(by, PERMISSION_OF[verb])
    if by.kind is ActorKind.AGENT and not sees(by.subject, ticket):
        raise TicketNotVisible
    if ticket.merged_into_id and verb not in ("view", "merge"):
        raise TicketIsMerged(number=ticket.merged_into_id)


def sees(agent, ticket: Ticket) -> bool:  # type: ignore[no-untyped-def]
    """Whether the agent may see the ticket; the same rule as `Ticket.objects.visible_to`."""
    if agent.may("ticket.view_all"):
        return True
    if not agent.may("ticket.view"):
        return False
    if ticket.team_id in agent.team_ids or ticket.assignee_id == agent.pk:
        return True
    return ticket.followers.filter(pk=agent.pk).exists()
