"""A ticket as the plain dict that `matches` asks."""

from collections.abc import Callable, Mapping
from typing import Any

from ..models import Attachment, Status, Ticket
from ..models.state import OURS
from .fields import FIELDS, Type
from .registering import PROVIDED


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """Ids and plain values by field name. Three queries at most beyond the ticket's own customer and channel, and what
    the fields of other packages need.
    """
    return {name: value_of(ticket, name) for name in (*FIELDS, *_BESIDE)}


def value_of(ticket: Ticket, name: str) -> Any:
    """One field's value, for who asks about few. Raises KeyError for what is no field of tickets."""
    provided = PROVIDED.get(name)
    if provided is not None:
        value = provided.value(ticket)
        return bool(value) if provided.field.type is Type.FLAG else value
    if name in _VALUES:
        return _VALUES[name](ticket)
    if name not in FIELDS:
        raise KeyError(name)
    return getattr(ticket, name)


def unanswered(ticket: Ticket) -> bool:
    """Whether the customer's words came last."""
    last = ticket.last_customer_at
    return last is not None and (ticket.last_agent_at is None or last > ticket.last_agent_at)


def waiting_for(status: str) -> str | None:
    if status in OURS:
        return "us"
    return "customer" if status == Status.WAITING else None


def _has_attachments(ticket: Ticket) -> bool:
    return Attachment.objects.filter(message__ticket=ticket, redacted_at=None, is_inline=False).exists()


_BESIDE = ("channel_kind", "fields")
"""What conditions need beside the fields themselves."""

_VALUES: Mapping[str, Callable[[Ticket], Any]] = {
    "state": lambda ticket: ticket.state_id,
    "team": lambda ticket: ticket.team_id,
    "assignee": lambda ticket: ticket.assignee_id,
    "customer": lambda ticket: ticket.customer_id,
    "organisation": lambda ticket: ticket.customer.organisation_id,
    "audience": lambda ticket: ticket.audience_id,
    "plan": lambda ticket: ticket.customer.plan_id,
    "channel": lambda ticket: ticket.channel_id,
    "channel_kind": lambda ticket: ticket.channel.kind if ticket.channel else None,
    "tags": lambda ticket: list(ticket.tags),
    "followers": lambda ticket: list(ticket.followers.values_list("pk", flat=True)),
    "text": lambda ticket: "\n".join([ticket.subject, *ticket.messages.values_list("body", flat=True)]),
    "has_attachments": _has_attachments,
    "merged": lambda ticket: ticket.merged_into_id is not None,
    "unanswered": unanswered,
    "waiting_for": lambda ticket: waiting_for(ticket.status),
    "fields": lambda ticket: dict(ticket.fields),
}
