from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ticket import Ticket


class TicketLink(models.Model):
    """Two tickets have to do with each other. `parent` reads: `source` is the parent of `target`."""

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("Duplicate of")
        RELATED = "related", _("Related to")
        PARENT = "parent", _("Parent of")

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="ticket_link_once"),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="ticket_link_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.source_id} {self.kind} #{self.target_id}"


class Merge(models.Model):
    """What a merge moved, so that it can be undone message by message."""

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_away")
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges_in")
    message_ids = models.JSONField(default=list)
    before = models.JSONField(default=dict, db_comment="fields of the source as they were")
    merged_by_id = models.BigIntegerField(null=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.source_id} into #{self.target_id}"
