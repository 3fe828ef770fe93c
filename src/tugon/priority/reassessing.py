"""After the table changed: every open ticket is looked at again, some at a time."""

import contextlib
from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from tugon.tickets.models import Ticket

from .operations import assess


def enqueue(fact: Any, event: Any) -> None:
    """One job for the change; it goes on by itself."""
    from .tasks import assess_open

    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        assess_open.configure(queueing_lock="priority.assess_open").defer(after=0)


def assess_some(*, after: int, most: int) -> int:
    """Assess the next open tickets by number. Returns the last one's number, 0 when none is left."""
    rows = Ticket.objects.active().filter(pk__gt=after, merged_into=None, assessment__isnull=False)
    last = 0
    for ticket in rows.order_by("pk")[:most]:
        assess(ticket, cause="PriorityMatrixChanged")
        last = ticket.pk
    return last
