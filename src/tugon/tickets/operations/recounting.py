"""What a ticket's row repeats of its messages, counted anew after messages moved or went."""

from django.db.models import Count, Max, Min, Q

from ..models import Message, Ticket
from .opening import snippet

COUNTED = ("message_count", "snippet", "first_response_at", "last_agent_at", "last_customer_at")


def recount(ticket: Ticket) -> None:
    """Set the repeated columns of a locked ticket. Two queries and one write."""
    messages = Message.objects.filter(ticket=ticket)
    answers = Q(kind=Message.Kind.OUTGOING, automatic="")
    found = messages.aggregate(
        number=Count("pk"),
        first=Min("created_at", filter=answers),
        last=Max("created_at", filter=answers),
        customer=Max("created_at", filter=Q(kind=Message.Kind.INCOMING, automatic="")),
    )
    newest = (
        messages.exclude(kind=Message.Kind.NOTE).filter(automatic="").order_by("-created_at", "-pk").first()
    )
    ticket.message_count = found["number"]
    ticket.first_response_at, ticket.last_agent_at = found["first"], found["last"]
    ticket.last_customer_at = found["customer"]
    ticket.snippet = snippet(newest.body) if newest else ""
    ticket.save(update_fields=list(COUNTED))
