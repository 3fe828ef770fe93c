"""The starter rules on the demo's newest tickets, so that "why did this happen" has something to say.

The sixty days before were played without rules: what people did in them is written down already.
"""

from django.db import transaction

from tugon.events.models import Event
from tugon.events.reactions import without
from tugon.lib.errors import DomainError
from tugon.rules.starting import create_starting_rows
from tugon.rules.triggers import on_fact
from tugon.tickets.models import Status, Ticket

NEWEST = 25
"""Tickets nobody answered yet, at most."""


def weigh_newest() -> int:
    """Let the rules act on what just arrived. Returns on how many tickets they were asked."""
    create_starting_rows()
    new = Ticket.objects.filter(status=Status.NEW, is_spam=False, merged_into=None)
    numbers = list(new.order_by("-pk").values_list("pk", flat=True)[:NEWEST])
    opened = Event.objects.filter(name="TicketOpened", subject_kind="ticket", subject_id__in=numbers)
    with without("tugon.search.", "tugon.tickets.live."):
        for event in opened.order_by("pk"):
            _weigh(event)
    return len(numbers)


def _weigh(event: Event) -> None:
    """One ticket; where a rule is refused, the demo loads all the same."""
    try:
        with transaction.atomic():
            on_fact(event.fact, event)
    except DomainError:
        return
