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

    def with_what_it_needs(self) -> ReceivedQuerySet:
        """With payload, channel and mailbox, to be understood. One query."""
        return self.select_related("payload", "channel__mailbox", "channel__team", "channel__form__audience")

    def claimed(self) -> Received | None:
        """The oldest waiting row nobody else is at, locked until the transaction ends; None when there is none."""
        return self.waiting().with_what_it_needs().select_for_update(of=("self",), skip_locked=True).first()
