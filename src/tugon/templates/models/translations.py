from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent

from ..querysets import WordingQuerySet
from .templates import Template


class Review(models.TextChoices):
    NONE = "none", _("Not asked")
    ASKED = "asked", _("Waiting for a second person")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Sent back")


class Translation(models.Model):
    """A template's words in one language: what is published, and the draft that somebody works on."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=16, db_comment="BCP 47")
    title = models.CharField(max_length=200, blank=True, db_comment="as published; before that, as drafted")

    published: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_comment="version of the original that the published words were made from",
    )

    has_draft = models.BooleanField(default=False)
    draft_title = models.CharField(max_length=200, blank=True)
    draft_subject = models.CharField(max_length=300, blank=True)
    draft_body = models.TextField(blank=True)
    draft_made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    draft_number = models.PositiveIntegerField(
        default=0, db_comment="one more with every save; who saves names the one it began from"
    )
    draft_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    draft_at = models.DateTimeField(null=True, blank=True)

    review = models.CharField(max_length=8, choices=Review.choices, default=Review.NONE)
    review_asked_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    review_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_comment="who gave the answer",
    )
    review_note = models.TextField(blank=True)
    review_at = models.DateTimeField(null=True, blank=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["template_id", "language"]
        constraints = [
            models.UniqueConstraint(fields=["template", "language"], name="template_once_per_language"),
        ]
        indexes = [
            # The queue of drafts that wait for a second person.
            models.Index(fields=["review_at"], name="template_in_review", condition=models.Q(review="asked")),
        ]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        return self.title or self.draft_title or self.template.key

    @property
    def is_published(self) -> bool:
        return self.published_id is not None

    @property
    def is_source(self) -> bool:
        """Whether this is the original. Reads the template."""
        return self.language == self.template.source_language

    is_behind: bool
    """Of `with_freshness`: the original was published anew since this was made from it."""


class Version(models.Model):
    """A translation's words as they stood once. Never changed, so that rolling back is exact."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True, db_comment="harmless HTML with the marks of the template language")
    fact_keys = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    author: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reviewed_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    note = models.CharField(max_length=300, blank=True)
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True, db_comment="first in use; null: kept only"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["translation", "number"], name="template_version_number_once"),
        ]
        indexes = [GinIndex(fields=["fact_keys"], name="template_version_facts")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
