from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Channel
from tugon.customers.models import Audience, Customer

from ..querysets import TicketQuerySet
from .state import ACTIVE, State, Status

if TYPE_CHECKING:
    from .message import Message


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    INCIDENT = "incident", _("Incident")
    PROBLEM = "problem", _("Problem")
    TASK = "task", _("Task")


class Priority(models.IntegerChoices):
    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class Severity(models.IntegerChoices):
    MINOR = 1, _("Minor: an annoyance")
    MODERATE = 2, _("Moderate: works with difficulty")
    MAJOR = 3, _("Major: something important does not work")
    CRITICAL = 4, _("Critical: nothing works")


class Side(models.TextChoices):
    """Where the person says the problem lies."""

    UNKNOWN = "", _("Not said")
    MINE = "mine", _("On my side")
    THEIRS = "theirs", _("On the content or creator's side")


class Ticket(models.Model):
    """One problem of one customer. Its id is the number people see.

    The `last_…`, `snippet` and `message_count` columns repeat what the messages say, so that a list reads one row per
    ticket; `operations` keep them.
    """

    subject = models.CharField(max_length=500)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="tickets")
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.SET_NULL, related_name="tickets", db_index=False
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.SET_NULL, related_name="tickets", db_index=False
    )
    assignee = models.ForeignKey(
        Agent, null=True, on_delete=models.SET_NULL, related_name="tickets", db_index=False
    )
    audience = models.ForeignKey(
        Audience, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    status = models.CharField(max_length=8, choices=Status.choices, default=Status.NEW)
    state = models.ForeignKey(State, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.QUESTION)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True)
    side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    language = models.CharField(max_length=16, blank=True, db_comment="BCP 47, of the customer's last words")
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True, db_comment="custom fields by key")
    context = models.JSONField(
        default=dict, blank=True, db_comment="what the form knew: page, device, article, user name typed"
    )

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_comment="last message or change; the order of lists")
    first_response_at = models.DateTimeField(null=True)
    last_customer_at = models.DateTimeField(null=True)
    last_agent_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_comment="moment of the next promise")
    due_kind = models.CharField(max_length=16, blank=True)

    message_count = models.PositiveIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    snippet = models.CharField(max_length=200, blank=True)
    is_spam = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    followers = models.ManyToManyField(Agent, related_name="followed_tickets", blank=True)

    opened_with: Message | None = None
    """Its first message, on the very object that `open_ticket` returned."""

    objects = TicketQuerySet.as_manager()

    class Meta:
        indexes = [
            # Every list is a status (or all active ones) by last change; keyset pages walk it backwards.
            models.Index(fields=["-updated_at", "-id"], name="ticket_newest"),
            models.Index(
                fields=["-updated_at", "-id"],
                name="ticket_active",
                condition=models.Q(status__in=[*ACTIVE]) & models.Q(is_spam=False),
            ),
            models.Index(fields=["status", "-updated_at", "-id"], name="ticket_by_status"),
            models.Index(fields=["team", "status", "-updated_at", "-id"], name="ticket_of_team"),
            models.Index(fields=["assignee", "status", "-updated_at", "-id"], name="ticket_of_assignee"),
            models.Index(fields=["customer", "-updated_at"], name="ticket_of_customer"),
            # The counts beside the queues read this one, a fifth of the tickets, instead of tickets.
            models.Index(
                fields=["team", "assignee", "status"],
                include=["due_at", "id"],
                name="ticket_counted",
                condition=models.Q(status__in=[*ACTIVE])
                & models.Q(is_spam=False)
                & models.Q(merged_into=None),
            ),
            models.Index(
                fields=["-solved_at"], name="ticket_solved", condition=models.Q(solved_at__isnull=False)
            ),
            # The same lists by urgency, and by the next promise, soonest first.
            models.Index(
                fields=["-priority", "-id"],
                name="ticket_urgent",
                condition=models.Q(status__in=[*ACTIVE]) & models.Q(is_spam=False),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="ticket_due",
                condition=models.Q(status__in=[*ACTIVE]) & models.Q(is_spam=False),
            ),
            models.Index(
                fields=["snoozed_until"],
                name="ticket_snoozed",
                condition=models.Q(snoozed_until__isnull=False),
            ),
            GinIndex(fields=["tags"], name="ticket_tags"),
            models.Index(fields=["-updated_at", "-id"], name="ticket_spam", condition=models.Q(is_spam=True)),
            # "Subject contains": any piece of three letters or more.
            GinIndex(OpClass(Upper("subject"), name="gin_trgm_ops"), name="ticket_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="ticket_not_into_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["solved", "closed"]) | models.Q(solved_at=None),
                name="only_solved_tickets_have_solved_at",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def number(self) -> int:
        """What people call it."""
        return self.pk

    @property
    def is_active(self) -> bool:
        """Not yet solved."""
        return self.status in ACTIVE


class Participant(models.Model):
    """Someone else on a ticket by e-mail: in copy, or a stranger who wrote on it and waits to be let in."""

    class Standing(models.TextChoices):
        CC = "cc", _("In copy")
        PENDING = "pending", _("Wrote on this ticket; not yet confirmed")
        REMOVED = "removed", _("Removed")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    name = models.CharField(max_length=160, blank=True)
    customer = models.ForeignKey(Customer, null=True, on_delete=models.SET_NULL, related_name="+")
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.CC)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "address"], name="participant_once_per_ticket")
        ]

    def __str__(self) -> str:
        return self.address


class Tag(models.Model):
    """A tag that was used, for suggestions; tickets carry the words themselves."""

    name = models.CharField(max_length=60, unique=True)
    color = models.CharField(max_length=20, blank=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-used", "name"]

    def __str__(self) -> str:
        return self.name


class Resolution(models.Model):
    """How a ticket was solved: the cause, what was done, how to prevent it. The newest one counts."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="resolutions")
    cause = models.TextField(blank=True)
    done = models.TextField(blank=True)
    prevention = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True, db_comment="the customer said yes, solved")
    rejected_at = models.DateTimeField(null=True, db_comment="the customer said no, not yet")
    recorded_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Resolution of #{self.ticket_id}"
