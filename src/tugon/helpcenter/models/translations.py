from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent

from ..querysets import TranslationQuerySet, VersionQuerySet
from .articles import Article
from .chapters import Category, Section

if TYPE_CHECKING:
    from datetime import datetime


class Review(models.TextChoices):
    NONE = "none", _("Not asked")
    ASKED = "asked", _("Waiting for a second person")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Sent back")


class Translation(models.Model):
    """An article's words in one language: what is published, and the draft that somebody works on.

    `title` and `summary` repeat the published version (before the first one, the draft), so that lists read one row.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=16, db_comment="BCP 47")
    slug = models.SlugField(max_length=120, allow_unicode=False)
    title = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)

    published: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    first_published_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(
        null=True, blank=True, db_comment="when the published version became so"
    )
    made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        db_comment="version of the original that the published text was translated from",
    )
    scheduled: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    scheduled_for = models.DateTimeField(null=True, blank=True)

    has_draft = models.BooleanField(default=False)
    draft_title = models.CharField(max_length=200, blank=True)
    draft_summary = models.CharField(max_length=400, blank=True)
    draft_body = models.TextField(blank=True)
    draft_exact_phrases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    draft_sources = models.TextField(
        blank=True, db_comment="where it is known from, one a line; never shown to readers"
    )
    draft_made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    draft_number = models.PositiveIntegerField(
        default=0, db_comment="one more with every save; who saves names the one it began from"
    )
    draft_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    draft_at = models.DateTimeField(null=True, blank=True)

    review = models.CharField(max_length=8, choices=Review.choices, default=Review.NONE)
    review_number = models.PositiveIntegerField(
        default=0, db_comment="the draft_number that was asked about or approved"
    )
    review_asked_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    review_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reviews_of_articles",
        db_comment="who is asked; after the answer, who gave it",
    )
    review_note = models.TextField(blank=True)
    review_at = models.DateTimeField(null=True, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "language"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="translation_once_per_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="translation_slug_once"),
            models.CheckConstraint(
                condition=models.Q(scheduled_for=None) | models.Q(scheduled__isnull=False),
                name="translation_schedule_has_version",
            ),
        ]
        indexes = [
            # The job that publishes what is due.
            models.Index(
                fields=["scheduled_for"],
                name="translation_scheduled",
                condition=models.Q(scheduled_for__isnull=False),
            ),
            # Feeds and "new articles" walk it backwards.
            models.Index(
                fields=["language", "-published_at"],
                name="translation_newest",
                condition=models.Q(published__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.draft_title or self.slug

    @property
    def is_published(self) -> bool:
        """Whether readers see it, as far as its article lets them."""
        return self.published_id is not None

    @property
    def is_source(self) -> bool:
        """Whether this is the original. Reads the article."""
        return self.language == self.article.source_language

    @property
    def shown_title(self) -> str:
        """What editors see as its title: the published one, else the draft's, else the slug."""
        return self.title or self.draft_title or self.slug

    out_of_date: bool
    """Of `TranslationQuerySet.with_freshness`."""


class Version(models.Model):
    """A translation's words as they stood once. Never changed, so that rolling back is exact."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True, db_comment="HTML of the vocabulary in markup.py, cleaned")
    exact_phrases = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        db_comment="error codes and quoted messages that find it first",
    )
    sources = models.TextField(blank=True)
    fact_keys = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, db_comment="facts it uses"
    )
    cites = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, db_comment="keys of articles it links to"
    )
    author: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    reviewed_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_from: models.ForeignKey[Version | None] = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    note = models.CharField(
        max_length=300, blank=True, db_comment="what changed and why, in the author's words"
    )
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True, db_comment="first shown to readers; null: kept or waiting only"
    )
    created_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["translation", "number"], name="version_number_once"),
        ]
        indexes = [
            GinIndex(fields=["fact_keys"], name="version_facts"),
            GinIndex(fields=["cites"], name="version_cites"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Redirect(models.Model):
    """An address that something had before: who follows it is led on."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        SECTION = "section", _("Section")
        CATEGORY = "category", _("Category")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    language = models.CharField(max_length=16, blank=True, db_comment="of articles; empty for the others")
    slug = models.SlugField(max_length=120)
    translation = models.ForeignKey(
        Translation, null=True, on_delete=models.CASCADE, related_name="redirects"
    )
    section = models.ForeignKey(Section, null=True, on_delete=models.CASCADE, related_name="redirects")
    category = models.ForeignKey(Category, null=True, on_delete=models.CASCADE, related_name="redirects")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "slug"], name="redirect_once"),
            models.CheckConstraint(
                condition=models.Q(kind="article", translation__isnull=False, section=None, category=None)
                | models.Q(kind="section", translation=None, section__isnull=False, category=None)
                | models.Q(kind="category", translation=None, section=None, category__isnull=False),
                name="redirect_leads_to_one",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
