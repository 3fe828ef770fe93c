"""What the clock does: promises run out without anybody writing, calls go unanswered, departments keep silent."""

import logging
from collections.abc import Callable
from datetime import datetime

from tugon.lib.clock import now

from . import criteria
from .handlers import raise_by_criteria
from .models import Inquiry, Page
from .operations import call_next, mark_overdue

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
"""Of each kind in one look; the rest is looked at a minute later."""


def sweep(moment: datetime | None = None) -> tuple[int, int, int]:
    """Returns how many tickets were raised, calls made, and departments found silent."""
    return raise_due(moment), call_due(moment), take_back_due(moment)


def raise_due(moment: datetime | None = None) -> int:
    """Raise every ticket that calls for a level, each in a transaction of its own. Returns how many."""
    number, raised = 0, set[int]()
    for ticket_id, level_id in criteria.all_called_for(moment or now()):
        if ticket_id in raised:
            continue
        raised.add(ticket_id)
        number += _safely(lambda ticket=ticket_id, level=level_id: raise_by_criteria(ticket, level))  # type: ignore[misc]
        if len(raised) >= MOST_AT_ONCE:
            break
    return number


def call_due(moment: datetime | None = None) -> int:
    due = Page.objects.filter(next_call_at__lte=moment or now()).select_related("rota")
    return sum(
        _safely(lambda page=page: call_next(page))  # type: ignore[misc]
        for page in due.order_by("next_call_at")[:MOST_AT_ONCE]
    )


def take_back_due(moment: datetime | None = None) -> int:
    due = Inquiry.objects.filter(state=Inquiry.State.ASKED, expected_at__lte=moment or now())
    return sum(
        _safely(lambda inquiry=inquiry: mark_overdue(inquiry))  # type: ignore[misc]
        for inquiry in due.order_by("expected_at")[:MOST_AT_ONCE]
    )


def _safely(act: Callable[[], object]) -> bool:
    """One that fails is logged and keeps no other waiting."""
    try:
        return bool(act())
    except Exception:
        logger.exception("The clock could not escalate")
        return False
