"""What the clock does to tickets: wake those that slept long enough, close those that stayed solved."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tugon.company import settings as company
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now

from .models import Status, Ticket
from .operations import close, wake

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500


def wake_due(moment: datetime | None = None) -> int:
    """Open the tickets whose snooze is over. Returns how many."""
    due = Ticket.objects.filter(snoozed_until__lte=moment or now(), merged_into=None).order_by(
        "snoozed_until"
    )
    return _each(due.values_list("pk", flat=True)[:MOST_AT_ONCE], lambda ticket: wake(ticket, by=SYSTEM))


def close_settled(moment: datetime | None = None) -> int:
    """Close what stayed solved for the company's number of days; 0 days closes nothing. Returns how many."""
    days = company.get("auto_close_days")
    if not days:
        return 0
    since = (moment or now()) - timedelta(days=days)
    solved = Ticket.objects.filter(status=Status.SOLVED, solved_at__lte=since, merged_into=None).order_by(
        "solved_at"
    )
    return _each(solved.values_list("pk", flat=True)[:MOST_AT_ONCE], lambda ticket: _close(ticket, since))


def _close(ticket: Ticket, since: datetime) -> None:
    """Unless the customer wrote since it was chosen."""
    if Ticket.objects.filter(pk=ticket.pk, status=Status.SOLVED, solved_at__lte=since).exists():
        close(ticket, by=SYSTEM)


def _each(ids: Iterable[int], act: Callable[[Ticket], object]) -> int:
    """One transaction a ticket: one that fails is logged and keeps no other waiting."""
    number = 0
    for ticket in Ticket.objects.filter(pk__in=ids):
        try:
            act(ticket)
            number += 1
        except Exception:
            logger.exception("The clock could not change %s", ticket.pk)
    return number
