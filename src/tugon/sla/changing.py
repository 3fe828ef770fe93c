"""What changes for tickets when hours or promises do: every open clock is reckoned anew, from the same start."""

import logging
from typing import Any

from django.db import transaction

from tugon.events.models import Event
from tugon.tickets.models import Ticket

from . import choosing
from .choosing import choose
from .keeping import bring_up_to_date
from .models import Clock

logger = logging.getLogger(__name__)

PAGE = 200


def enqueue(_fact: Any, _event: Event) -> None:
    """Start the job after a change of a calendar or policy."""
    from .tasks import reckon_again

    reckon_again.defer(after=0)


def reckon_page(after: int) -> int | None:
    """A page of the tickets with open clocks above the number `after`. Returns the last number, None at the end."""
    choosing.forget()
    ids = list(
        Clock.objects.filter(ended_at=None, ticket_id__gt=after)
        .order_by("ticket_id")
        .values_list("ticket_id", flat=True)
        .distinct()[:PAGE]
    )
    for pk in ids:
        try:
            with transaction.atomic():
                ticket = Ticket.objects.locked(pk)
                bring_up_to_date(ticket, list(ticket.clocks.order_by("id")), choose(ticket))
        except Exception:
            logger.exception("The promises of #%s could not be reckoned anew", pk)
    return ids[-1] if len(ids) == PAGE else None
