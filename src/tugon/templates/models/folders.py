from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tugon.helpcenter.languages import in_language


class Folder(models.Model):
    """A shelf of templates, perhaps within another, with the rule under which they are published."""

    key = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict, db_comment="language → name")
    parent: models.ForeignKey[Folder | None] = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    needs_review = models.BooleanField(default=False, db_comment="a second person approves before publishing")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="template_folder_not_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        """The name in a language; the company's language, then any, then the key, where there is none."""
        return in_language(self.names, language) or self.key
