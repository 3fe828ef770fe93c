from __future__ import annotations

from django.db import models
from django.db.models import Q

from tugon.accounts.models import Agent
from tugon.tickets.models import Message, Ticket

from .translations import Version


class Use(models.Model):
    """A template put into an answer: first into a draft, then, once the answer left, with what became of it.

    `text` is kept only until the answer leaves; from then on the number of what was changed stands for it.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="uses")
    ticket: models.ForeignKey[Ticket | None] = models.ForeignKey(
        Ticket,
        null=True,
        on_delete=models.CASCADE,
        related_name="template_uses",
        db_comment="null: put into a request that is not begun yet",
    )
    message: models.ForeignKey[Message | None] = models.ForeignKey(
        Message, null=True, on_delete=models.SET_NULL, related_name="template_uses"
    )
    agent: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=16, db_comment="of the words that were put in")
    text = models.TextField(blank=True, db_comment="as it was filled; the customer's own data may be in it")
    inserted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    edit_share = models.FloatField(
        null=True, db_comment="0: sent as it was filled … 1: nothing of it is left"
    )
    solved_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True, db_comment="the customer's rating after it, 1 to 5")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(edit_share=None) | Q(edit_share__gte=0, edit_share__lte=1),
                name="template_edit_share_is_a_share",
            ),
        ]
        indexes = [
            # What waits in drafts, and what one uses oneself.
            models.Index(fields=["agent", "-inserted_at"], name="template_use_of_agent"),
            models.Index(fields=["version", "sent_at"], name="template_use_of_version"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} on #{self.ticket_id}"
