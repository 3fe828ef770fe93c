"""How the help center is arranged: categories hold sections, sections hold articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tugon.customers.models import Audience

from ..languages import in_language
from ..querysets import CategoryQuerySet, SectionQuerySet

if TYPE_CHECKING:
    from tugon.accounts.models import Agent


class Category(models.Model):
    """A chapter of the help center. Its audiences say for whom it is offered; articles say who may read them."""

    slug = models.SlugField(max_length=80, unique=True)
    titles = models.JSONField(default=dict, db_comment="language → title")
    descriptions = models.JSONField(default=dict, blank=True, db_comment="language → one line for the card")
    icon = models.CharField(max_length=40, default="book")
    position = models.PositiveSmallIntegerField(default=0)
    audiences: models.ManyToManyField[Audience, models.Model] = models.ManyToManyField(
        Audience, related_name="categories", blank=True, help_text="none: offered to everybody"
    )
    is_visible = models.BooleanField(
        default=True, db_comment="false: readers see neither it nor what is in it"
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        """The title in a language; the company's language, then any, then the slug, where there is none."""
        return in_language(self.titles, language) or self.slug

    def description_in(self, language: str) -> str:
        return in_language(self.descriptions, language)


class Section(models.Model):
    """A shelf of a category, with the rules under which its articles are published."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="sections")
    slug = models.SlugField(max_length=80, unique=True)
    titles = models.JSONField(default=dict, db_comment="language → title")
    descriptions = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    needs_review = models.BooleanField(default=False, db_comment="a second person approves before publishing")
    demands_sources = models.BooleanField(
        default=False, db_comment="a text says where it is known from before it is published"
    )
    owner: models.ForeignKey[Agent | None] = models.ForeignKey(
        "accounts.Agent", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title_in("en")

    def title_in(self, language: str) -> str:
        return in_language(self.titles, language) or self.slug

    def description_in(self, language: str) -> str:
        return in_language(self.descriptions, language)
