from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.channels.models import Channel
from tugon.customers.models import Audience
from tugon.sla.models import Calendar
from tugon.understanding.models import Topic

from .choosing import Effort, Urgency


class Route(models.Model):
    """One way to an answer."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Help center")
        TROUBLESHOOTER = "troubleshooter", _("Troubleshooter")
        COMMUNITY = "community", _("Community")
        FORM = "form", _("Form")
        EMAIL = "email", _("E-mail")
        CHAT = "chat", _("Chat")
        PHONE = "phone", _("Phone")
        SOCIAL = "social", _("Social network")
        BILLING = "billing", _("Billing contact")
        VIDEO = "video", _("Video call")

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    names = models.JSONField(default=dict, db_comment="language → name")
    lines = models.JSONField(
        default=dict, blank=True, db_comment="language → one line on what it is good for"
    )
    address = models.CharField(
        max_length=300,
        blank=True,
        db_comment="a path of ours with {language}, a web address, a number (E.164); mail: our own if empty",
    )
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", help_text="all if empty")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", help_text="all if empty")
    languages = ArrayField(
        models.CharField(max_length=16), default=list, blank=True, help_text="all if empty"
    )
    calendar = models.ForeignKey(
        Calendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="always open if empty",
    )
    channel = models.ForeignKey(
        Channel,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="whose times are measured",
    )
    promised_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="open time until a person answers; empty: at once, or as the company promises",
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.get_kind_display()

    def line_in(self, language: str) -> str:
        return self.lines.get(language) or self.lines.get("en") or ""


class Rule(models.Model):
    """One line of the table: where the answers fit, a route gains or loses points, and why."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="rules")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", help_text="any if empty")
    urgencies = ArrayField(
        models.CharField(max_length=8, choices=Urgency.choices()),
        default=list,
        blank=True,
        help_text="any if empty",
    )
    efforts = ArrayField(
        models.CharField(max_length=8, choices=Effort.choices()),
        default=list,
        blank=True,
        help_text="any if empty",
    )
    points = models.SmallIntegerField(default=10)
    reasons = models.JSONField(default=dict, blank=True, db_comment="language → why, as the person reads it")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["route__position", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__gte=-100, points__lte=100), name="rule_points_in_range"
            )
        ]

    def __str__(self) -> str:
        return f"{self.route}: {self.points:+d}"

    def reason_in(self, language: str) -> str:
        return self.reasons.get(language) or self.reasons.get("en") or ""


class Measure(models.Model):
    """What one channel achieved between two moments: how long people waited for the first answer of a person."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    asked = models.PositiveIntegerField(db_comment="requests of people in that time")
    answered = models.PositiveIntegerField()
    kept = models.PositiveIntegerField(db_comment="answered within the promise, in open time")
    middle_seconds = models.PositiveIntegerField(
        null=True, db_comment="median wait of the answered, as the clock runs"
    )
    slow_seconds = models.PositiveIntegerField(null=True, db_comment="nine of ten waited no longer")

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.answered}/{self.asked}"
