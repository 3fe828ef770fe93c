from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Received


class ReceivedQuerySet(models.QuerySet["Received"]):
    def waiting(self) -> ReceivedQuerySet:
        """Stored and not yet understood, oldest first."""
        return self.filter(state="stored").order_by("id")

    def quarantined(self) -> ReceivedQuerySet:
        return self.filter(state="quarantined").order_by("-id")

    def newest(self) -> ReceivedQuerySet:
        return self.order_by("-id")

    def for_ledger(self) -> ReceivedQuerySet:
        """With what a ledger line shows. One query."""
        return self.select_related("channel", "ticket").order_by("-id")

    def claimed(self, most: int) -> list[Received]:
        """The oldest waiting rows nobody else is at, locked until the transaction ends. One query."""
        return list(self.waiting().select_for_update(of=("self",), skip_locked=True)[:most])
