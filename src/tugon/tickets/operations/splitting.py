"""A message that is about something else becomes a ticket of its own."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import CannotSplit
from ..events import TicketOpened, TicketSplit
from ..models import Message, MessageKey, State, Status, Ticket, TicketLink
from .linking import link
from .opening import snippet
from .recounting import recount


@transaction.atomic
def split(message: Message, *, by: Actor, subject: str = "", following: bool = False) -> Ticket:
    """Make a new ticket of a message, or of it and all that follow; the two stay linked as related.

    It belongs to who wrote the message (the ticket's customer where an agent did), with the team, agent and tags of the
    old one. Nobody is notified of a new ticket. subject: the message's first words if empty.
    Raises NotAllowed, TicketIsMerged, CannotSplit.
    """
    ticket = Ticket.objects.locked(message.ticket_id)
    policies.require(by, "merge", ticket)
    message = Message.objects.select_related("customer").get(pk=message.pk)
    messages = Message.objects.filter(ticket=ticket)
    if following:
        later = Q(created_at__gt=message.created_at) | Q(created_at=message.created_at, pk__gte=message.pk)
        ids = list(messages.filter(later).values_list("pk", flat=True))
    else:
        ids = [message.pk]
    if messages.count() == len(ids):
        raise CannotSplit(reason=_("nothing would be left of this ticket."))
    new = _twin(ticket, message, subject)
    messages.filter(pk__in=ids).update(ticket=new, moved_from=ticket)
    MessageKey.objects.filter(message__in=ids).update(ticket=new)
    for one in (ticket, new):
        recount(one)
    _settle(new)
    ticket.updated_at = now()
    ticket.save(update_fields=["updated_at"])
    opened = TicketOpened(
        ticket_id=new.pk,
        customer_id=new.customer_id,
        message_id=message.pk,
        channel_id=new.channel_id,
        is_silent=True,
    )
    record(opened, by=by)
    record(TicketSplit(ticket_id=ticket.pk, new_ticket_id=new.pk, message_ids=tuple(ids)), by=by)
    link(ticket, new, kind=TicketLink.Kind.RELATED, by=by)
    return new


def _twin(ticket: Ticket, message: Message, subject: str) -> Ticket:
    customer = message.customer or ticket.customer
    return Ticket.objects.create(
        subject=(" ".join(subject.split()) or snippet(message.body)[:80] or ticket.subject)[:500],
        customer=customer,
        channel=ticket.channel,
        team=ticket.team,
        assignee=ticket.assignee,
        audience=ticket.audience if customer == ticket.customer else customer.audience,
        kind=ticket.kind,
        priority=ticket.priority,
        tags=ticket.tags,
        language=message.language or ticket.language,
        created_at=message.created_at,
        updated_at=now(),
    )


def _settle(new: Ticket) -> None:
    """New until somebody answered."""
    new.status = Status.OPEN if new.first_response_at else Status.NEW
    new.state = State.default_of(new.status)
    new.save(update_fields=["status", "state"])
