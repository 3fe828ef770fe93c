from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import policies
from tugon.tickets.models import Status, Ticket

from .errors import NotYetSolved, ScoreInvalid
from .events import TicketRated
from .models import Rating


@transaction.atomic
def rate(ticket: Ticket, *, score: int, comment: str = "", by: Actor) -> Rating:
    """Keep the customer's verdict, 1 (very bad) to 5 (very good), on the newest solve; a later one replaces it.

    Raises ScoreInvalid, NotYetSolved.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", ticket)
    if score not in range(1, 6):
        raise ScoreInvalid
    if ticket.status not in (Status.SOLVED, Status.CLOSED):
        raise NotYetSolved
    rating, _created = Rating.objects.update_or_create(
        ticket=ticket,
        round=ticket.reopen_count,
        defaults={
            "score": score,
            "comment": comment.strip()[:5000],
            "agent_id": ticket.assignee_id,
            "rated_at": now(),
        },
    )
    record(
        TicketRated(ticket_id=ticket.pk, rating_id=rating.pk, score=score, agent_id=ticket.assignee_id),
        by=by,
    )
    return rating
