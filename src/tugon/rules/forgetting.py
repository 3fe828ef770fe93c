"""What is not kept for ever: the log of rules, and calls. What stands on a ticket stays with its ticket."""

from datetime import datetime, timedelta

from tugon.lib.clock import now

from .models import Call, Firing

KEPT_DAYS = 400
"""Of "why did this happen", more than a year; of what nothing came of, a month."""

NOTHING_DAYS = 30


def forget_old(moment: datetime | None = None) -> int:
    """Returns how many lines were forgotten."""
    at = moment or now()
    number, _kinds = Firing.objects.old(at, KEPT_DAYS).delete()
    idle, _kinds = Firing.objects.old(at, NOTHING_DAYS).filter(outcome=Firing.Outcome.NOTHING).delete()
    calls, _kinds = Call.objects.filter(made_at__lt=at - timedelta(days=KEPT_DAYS)).delete()
    return number + idle + calls
