from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Received  # noqa: F401


class ReceivedQuerySet(models.QuerySet["Received"]):
    def waiting(self) -> ReceivedQuerySet:
        """Stored and not yet understood, oldest first."""
        return self.filter(state="stored").order_by("id")

    def quarantined(self) -> ReceivedQuerySet:
        return self.filter(state="quarantined").order_by("-id")

    def newest(self) -> ReceivedQuerySet:
        return self.order_by("-id")
