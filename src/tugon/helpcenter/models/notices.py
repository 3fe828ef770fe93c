from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience

from ..languages import in_language
from ..querysets import NoticeQuerySet


class Level(models.TextChoices):
    NEWS = "news", _("News")
    WARNING = "warning", _("Something is limited")
    OUTAGE = "outage", _("Something does not work")


class Notice(models.Model):
    """A line that everybody concerned should see now: an outage, a changed opening hour."""

    titles = models.JSONField(default=dict, db_comment="language → one line")
    bodies = models.JSONField(default=dict, blank=True, db_comment="language → plain text of a few lines")
    level = models.CharField(max_length=8, choices=Level.choices, default=Level.NEWS)
    audiences: models.ManyToManyField[Audience, models.Model] = models.ManyToManyField(
        Audience, related_name="notices", blank=True, help_text="none: everybody"
    )
    link = models.CharField(max_length=2000, blank=True, db_comment="where to read more")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, db_comment="null: until somebody ends it")
    created_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        return in_language(self.titles, language)

    def body_in(self, language: str) -> str:
        return in_language(self.bodies, language)
