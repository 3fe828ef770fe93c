from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Max

if TYPE_CHECKING:
    from .models import ChargeLookup, Processor  # noqa: F401


class Processors(models.QuerySet["Processor"]):
    def in_use(self) -> Self:
        """Those that are not archived."""
        return self.filter(archived_at=None)

    def due_for_review(self, day: date) -> Self:
        """Whose entry nobody checked for too long, longest first."""
        return self.in_use().filter(review_due_on__lte=day).order_by("review_due_on", "name")

    def for_list(self) -> Self:
        """With the numbers of descriptors and routes. One query."""
        counted = self.annotate(
            descriptor_count=Count("descriptors", distinct=True), route_count=Count("routes", distinct=True)
        )
        return counted if self.query.order_by else counted.order_by("name")

    def whole(self) -> Self:
        """With descriptors and routes. Three queries."""
        return self.prefetch_related("descriptors", "routes")


class ChargeLookups(models.QuerySet["ChargeLookup"]):
    def open(self) -> Self:
        """What was asked, not found, and not settled since."""
        return self.filter(processor=None, settled_at=None)

    def grouped(self) -> models.QuerySet[ChargeLookup, dict[str, object]]:
        """What was asked alike, most often first: dicts of normal, times, last, asked. One query."""
        return (
            self.values("normal")
            .annotate(times=Count("pk"), last=Max("at"), asked=Max("asked"))
            .order_by("-times", "-last")
        )
