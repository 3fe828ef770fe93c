from __future__ import annotations

from django.db import models

from tugon.accounts.models import Agent

from .ticket import Ticket


class Batch(models.Model):
    """One change of many tickets, with what is needed to take it back."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="batches")
    action = models.JSONField(db_comment="what was asked: {verb: value}")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Batch {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.done >= self.total


class BatchChange(models.Model):
    """How one ticket stood before and after a batch; undo only touches what is still as the batch left it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    refused = models.CharField(max_length=300, blank=True, db_comment="words why this ticket was left alone")
    done_at = models.DateTimeField(null=True, db_comment="null: its turn has not come yet")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "ticket"], name="ticket_once_per_batch")]

    def __str__(self) -> str:
        return f"#{self.ticket_id} in batch {self.batch_id}"
