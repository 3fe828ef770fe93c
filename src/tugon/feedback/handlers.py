"""What follows from a verdict, in the same transaction."""

from django.utils import translation
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, add_note

from .events import TicketRated
from .models import Rating

LOW = 2
"""Stars up to which somebody should look at what went wrong."""


def follow_up(fact: TicketRated, _event: Event) -> None:
    """A low rating becomes a note with the customer's words, so that it is seen where the work is done."""
    if fact.score > LOW:
        return
    rating = Rating.objects.filter(pk=fact.rating_id).first()
    if rating is None:
        return
    with translation.override(company.get("language")):
        words = _(
            "The customer gave {score} of 5 stars. Find out what went wrong, and write to them."
        ).format(score=fact.score)
        said = f"\n\n“{rating.comment}”" if rating.comment else ""
    add_note(Ticket.objects.get(pk=fact.ticket_id), NewMessage(body=words + said), by=SYSTEM)
