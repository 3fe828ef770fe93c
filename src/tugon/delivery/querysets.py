from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Delivery  # noqa: F401

WAITING = ("queued", "deferred", "sending")
"""States that come back by themselves; "sending" when whoever was sending died."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> DeliveryQuerySet:
        """What is to be sent by then, soonest first."""
        return self.filter(state__in=WAITING, next_attempt_at__lte=at).order_by("next_attempt_at", "id")

    def for_message(self) -> DeliveryQuerySet:
        """In the order a message shows its recipients: To, Cc, Bcc."""
        return self.order_by(
            models.Case(models.When(role="to", then=0), models.When(role="cc", then=1), default=2), "id"
        )
