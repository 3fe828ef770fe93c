from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.files.models import StoredFile

from ..querysets import ArticleQuerySet
from .chapters import Section


class Kind(models.TextChoices):
    ARTICLE = "article", _("Article")
    GUIDE = "guide", _("Step-by-step guide")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    SIGNED_IN = "signed_in", _("Who is signed in")
    AUDIENCES = "audiences", _("Certain audiences")
    PLANS = "plans", _("Certain plans")
    AGENTS = "agents", _("Agents only")


class Article(models.Model):
    """One matter explained, in as many languages as there are translations: its place, its readers and its owner."""

    key = models.SlugField(
        max_length=80,
        unique=True,
        db_comment="never changes: links (article:<key>), exports and imports name it",
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ARTICLE)
    source_language = models.CharField(
        max_length=16, db_comment="of the original; others are translated from it"
    )
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    audiences: models.ManyToManyField[Audience, models.Model] = models.ManyToManyField(
        Audience, related_name="articles", blank=True
    )
    plans: models.ManyToManyField[Plan, models.Model] = models.ManyToManyField(
        Plan, related_name="articles", blank=True
    )
    terms = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        db_comment="lower case; related articles share",
    )
    position = models.PositiveIntegerField(default=0)
    owner: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_articles"
    )
    review_every_days = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment="days; null: never due"
    )
    review_due_on = models.DateField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    facts_changed_at = models.DateTimeField(
        null=True, blank=True, db_comment="a fact the article uses changed and nobody has read it again"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            # The queue of what is due for review.
            models.Index(
                fields=["review_due_on"], name="article_review_due", condition=models.Q(archived_at=None)
            ),
            GinIndex(fields=["terms"], name="article_terms"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="article_visibility_known"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="article_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class ArticleFile(models.Model):
    """A picture or video of an article, at /files/article/<id>/<name>; read by who may read the article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    added_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "file", "name"], name="article_file_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ArticleTicket(models.Model):
    """What an article and a ticket have to do with each other. The ticket is known by its number only."""

    class Role(models.TextChoices):
        MADE_FROM = "made_from", _("Written from this ticket")
        CITED = "cited", _("Cited in an answer")
        ASKED_AFTER = "asked_after", _("Asked after reading")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tickets")
    ticket_id = models.BigIntegerField()
    role = models.CharField(max_length=12, choices=Role.choices)
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["-linked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "ticket_id", "role"], name="article_ticket_once"),
        ]
        indexes = [models.Index(fields=["ticket_id"], name="article_of_ticket")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.role} {self.ticket_id}"
