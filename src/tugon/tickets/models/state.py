from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.lib.remember import remembered


class Status(models.TextChoices):
    """The category every state maps onto; clocks, queues and reports know only these."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for customer")
    HOLD = "hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


ACTIVE = (Status.NEW, Status.OPEN, Status.WAITING, Status.HOLD)
"""Not yet solved."""

DONE = (Status.SOLVED, Status.CLOSED)
"""Nothing is left to do, unless the customer says so."""

OURS = (Status.NEW, Status.OPEN)
"""It is our turn."""


class State(models.Model):
    """A company's own word for a status: "Waiting for bank" is on hold."""

    names = models.JSONField(default=dict, db_comment="language → what agents read")
    customer_names = models.JSONField(
        default=dict, blank=True, db_comment="language → what the customer reads"
    )
    status = models.CharField(max_length=8, choices=Status.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_default = models.BooleanField(default=False, db_comment="the one taken when only the status is given")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(is_default=True), name="one_default_state_per_status"
            )
        ]

    def __str__(self) -> str:
        return self.name_in("en")

    @classmethod
    @remembered
    def default_of(cls, status: str) -> State | None:
        """The company's own word taken when only the status is given. One query."""
        return cls.objects.filter(status=status, is_default=True, archived_at=None).first()

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or str(Status(self.status).label)
