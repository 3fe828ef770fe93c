from __future__ import annotations

from django.db import models

from tugon.accounts.models import Agent
from tugon.tickets.models import Ticket


class Rating(models.Model):
    """One customer's verdict on one solve."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="ratings")
    score = models.PositiveSmallIntegerField(db_comment="1 very bad … 5 very good")
    comment = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(
        default=0, db_comment="the ticket's reopen count when it was rated"
    )
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="rating_from_one_to_five"
            ),
            models.UniqueConstraint(fields=["ticket", "round"], name="one_rating_per_solve"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for #{self.ticket_id}"
