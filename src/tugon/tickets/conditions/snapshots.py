"""A ticket as the plain dict that `matches` asks."""

from typing import Any

from ..models import Attachment, Status, Ticket
from ..models.state import OURS
from .fields import FIELDS, Type
from .registering import PROVIDED, Provided


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """Ids and plain values by field name. Three queries at most beyond the ticket's own customer and channel, and what
    the fields of other packages need.
    """
    customer = ticket.customer
    own = [one for one in FIELDS.values() if one.name not in PROVIDED]
    plain = {one.name: getattr(ticket, one.name) for one in own if one.type in _PLAIN}
    provided = {name: _plain(one, one.value(ticket)) for name, one in PROVIDED.items()}
    return (
        plain
        | provided
        | {
            "state": ticket.state_id,
            "team": ticket.team_id,
            "assignee": ticket.assignee_id,
            "customer": ticket.customer_id,
            "organisation": customer.organisation_id,
            "audience": ticket.audience_id,
            "plan": customer.plan_id,
            "channel": ticket.channel_id,
            "channel_kind": ticket.channel.kind if ticket.channel else None,
            "status": ticket.status,
            "kind": ticket.kind,
            "side": ticket.side,
            "language": ticket.language,
            "tags": list(ticket.tags),
            "followers": list(ticket.followers.values_list("pk", flat=True)),
            "subject": ticket.subject,
            "text": "\n".join([ticket.subject, *ticket.messages.values_list("body", flat=True)]),
            "has_attachments": Attachment.objects.filter(
                message__ticket=ticket, redacted_at=None, is_inline=False
            ).exists(),
            "is_spam": ticket.is_spam,
            "merged": ticket.merged_into_id is not None,
            "unanswered": unanswered(ticket),
            "waiting_for": waiting_for(ticket.status),
            "fields": dict(ticket.fields),
        }
    )


_PLAIN = (Type.MOMENT, Type.NUMBER, Type.LEVEL)


def unanswered(ticket: Ticket) -> bool:
    """Whether the customer's words came last."""
    last = ticket.last_customer_at
    return last is not None and (ticket.last_agent_at is None or last > ticket.last_agent_at)


def waiting_for(status: str) -> str | None:
    if status in OURS:
        return "us"
    return "customer" if status == Status.WAITING else None


def _plain(one: Provided, value: Any) -> Any:
    return bool(value) if one.field.type is Type.FLAG else value
