from __future__ import annotations

from django.db import models

from tugon.accounts.models import Agent
from tugon.tickets.models import Ticket

from .kinds import KINDS


class Notification(models.Model):
    """One thing one agent is told."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=16, db_comment="see notifications/kinds.py")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+")
    message_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    event_id = models.BigIntegerField()
    shows = models.BooleanField(default=True, db_comment="in the console")
    mails = models.BooleanField(default=False, db_comment="still to be mailed unless read first")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "event_id"], name="told_once_of_an_event"),
        ]
        indexes = [
            models.Index(
                fields=["agent", "-id"], name="notification_of_agent", condition=models.Q(shows=True)
            ),
            # The bell's number.
            models.Index(
                fields=["agent"],
                name="notification_unread",
                condition=models.Q(shows=True, read_at__isnull=True),
            ),
            models.Index(fields=["agent"], name="notification_to_mail", condition=models.Q(mails=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.agent_id}"

    @property
    def place(self) -> str:
        """The name of the page it leads to where it is about no ticket."""
        return KINDS[self.kind].place
