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

    def claimed(self) -> Received | None:
        """The oldest waiting row nobody else is at, with its bytes, locked until the transaction ends; None when there
        is none. One query.
        """
        rows = self.waiting().select_related("payload")
        return rows.select_for_update(of=("self",), skip_locked=True).first()
