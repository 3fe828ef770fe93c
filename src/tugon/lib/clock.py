"""The one place that asks what time it is, so that tests may answer."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment: aware, UTC."""
    return timezone.now()
