from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import Event, FailedReaction  # noqa: F401


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, kind: str, pk: int) -> EventQuerySet:
        """Facts about one row, oldest first."""
        return self.filter(subject_kind=kind, subject_id=pk).order_by("id")

    def named(self, *names: str) -> EventQuerySet:
        return self.filter(name__in=names)


class FailedReactionQuerySet(models.QuerySet["FailedReaction"]):
    def open(self) -> FailedReactionQuerySet:
        """Failures nobody has retried successfully yet, newest first."""
        return self.filter(resolved_at=None).order_by("-id")
