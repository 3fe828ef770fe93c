from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from .models import Fact, FactReview, FactValue  # noqa: F401


class Facts(models.QuerySet["Fact"]):
    def in_use(self) -> Self:
        """Those that are not archived."""
        return self.filter(archived_at=None)

    def for_list(self) -> Self:
        """With the owner and the number of texts to be read again. One query; values come with `current`."""
        waiting = Count("values__reviews", filter=Q(values__reviews__done_at=None))
        return self.select_related("owner").annotate(to_read=waiting).order_by("key")


class FactValues(models.QuerySet["FactValue"]):
    def on(self, day: date) -> Self:
        """The value of each fact on the company's day: the one that began last. One row a fact."""
        return (
            self.filter(valid_from__lte=day)
            .order_by("fact_id", "-valid_from", "-id")
            .distinct("fact_id")
            .select_related("fact")
        )

    def to_begin(self, day: date) -> Self:
        """Those whose day has come and whose beginning nobody was told."""
        return self.filter(took_effect_at=None, valid_from__lte=day).select_related("fact")


class FactReviews(models.QuerySet["FactReview"]):
    def to_do(self) -> Self:
        return self.filter(done_at=None)

    def for_list(self) -> Self:
        """With the value, its fact and who did it. One query."""
        return self.select_related("value__fact", "done_by")
