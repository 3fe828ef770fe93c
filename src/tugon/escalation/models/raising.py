from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.tickets.models import Ticket

from .levels import Level, Rota


class Escalation(models.Model):
    """A ticket was raised to a level: why, by whom, and how that ended. The rows of a ticket are its history."""

    class How(models.TextChoices):
        HAND = "hand", _("By hand")
        CRITERIA = "criteria", _("By the level's criteria")
        RULE = "rule", _("By a rule")

    class End(models.TextChoices):
        RAISED = "raised", _("Raised further")
        LOWERED = "lowered", _("Lowered by hand")
        SOLVED = "solved", _("The ticket was solved")
        SET_ASIDE = "set_aside", _("The ticket was merged or is spam")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="escalations")
    how = models.CharField(max_length=8, choices=How.choices)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True, db_comment="hand-over note for whoever gets it")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    via = models.CharField(max_length=120, blank=True, db_comment="the rule and its version")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)
    end_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(ended_at=None), name="one_level_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} to level {self.level_id}"


class Standing(models.Model):
    """How high a ticket stands now, and what raising it depends on: one narrow row, for lists and conditions.

    quiet_since: somebody lowered it by hand; criteria that were true then raise it only after something new happened,
    a message of the customer or another promise than `quiet_due_at`.
    """

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="standing")
    level = models.ForeignKey(Level, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    escalation = models.OneToOneField(Escalation, null=True, on_delete=models.SET_NULL, related_name="+")
    contacts = models.PositiveSmallIntegerField(
        default=0, db_comment="messages of the customer after the first one that still waits for an answer"
    )
    waits_outside = models.BooleanField(default=False, db_comment="a department has the turn")
    waits_until = models.DateTimeField(null=True, db_comment="when it should have answered")
    quiet_since = models.DateTimeField(null=True)
    quiet_due_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The board, by level.
            models.Index(fields=["level"], name="standing_raised", condition=models.Q(level__isnull=False)),
            # The minute's look at departments that should have answered.
            models.Index(
                fields=["waits_until"], name="standing_waits", condition=models.Q(waits_outside=True)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} at {self.level_id}"


class Page(models.Model):
    """Somebody on call is wanted for a ticket, until one of them says: I have it."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="pages")
    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="pages")
    level = models.ForeignKey(Level, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    next_call_at = models.DateTimeField(null=True, db_comment="empty: no further call")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_call_at"], name="page_due", condition=models.Q(next_call_at__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "rota"],
                condition=models.Q(next_call_at__isnull=False),
                name="one_page_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Page for #{self.ticket_id}"


class PageCall(models.Model):
    """One call: who was paged, where, when."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="calls")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.agent_id} for page {self.page_id}"
