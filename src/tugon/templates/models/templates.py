from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience
from tugon.files.models import StoredFile

from ..querysets import TemplateQuerySet
from .folders import Folder


class Visibility(models.TextChoices):
    OWN = "own", _("Only me")
    TEAMS = "teams", _("Certain teams")
    EVERYONE = "everyone", _("Everyone")


class Template(models.Model):
    """One answer prepared, in as many languages as there are translations: its place, for whom it is, and its owner."""

    key = models.CharField(
        max_length=80,
        unique=True,
        db_comment="never changes: rules, exports and automatic letters (promise.at_risk) name it",
    )
    folder: models.ForeignKey[Folder] = models.ForeignKey(
        Folder, on_delete=models.PROTECT, related_name="templates"
    )
    shortcut = models.CharField(max_length=30, blank=True, db_comment="typed after /: refund")
    keywords = ArrayField(models.CharField(max_length=40), default=list, blank=True, db_comment="lower case")
    source_language = models.CharField(max_length=16, db_comment="of the original; others are made from it")
    visibility = models.CharField(max_length=8, choices=Visibility.choices, default=Visibility.EVERYONE)
    audiences: models.ManyToManyField[Audience, models.Model] = models.ManyToManyField(
        Audience, related_name="+", blank=True, help_text="none: for every audience"
    )
    teams: models.ManyToManyField[Team, models.Model] = models.ManyToManyField(
        Team, related_name="+", blank=True
    )
    owner: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_templates"
    )
    facts_changed_at = models.DateTimeField(
        null=True, blank=True, db_comment="a fact it shows changed and nobody has read it again"
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                Lower("shortcut"),
                condition=~models.Q(shortcut="") & models.Q(archived_at=None),
                name="template_shortcut_once",
            ),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="template_visibility_known"
            ),
            models.CheckConstraint(
                condition=models.Q(key__regex=r"^[a-z0-9]+([._-][a-z0-9]+)*$"), name="template_key_is_plain"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class TemplateFile(models.Model):
    """A file that goes along with the answer, in one language or in all."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    language = models.CharField(max_length=16, blank=True, db_comment="empty: in every language")
    added_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["template", "file", "language"], name="template_file_once"),
        ]

    def __str__(self) -> str:
        return self.name
