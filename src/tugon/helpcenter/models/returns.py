"""What comes back from readers: votes with their words, counts of views, links that lead nowhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Customer

from ..querysets import VoteQuerySet
from .translations import Translation, Version


class Vote(models.Model):
    """One person's answer to "was this helpful?". With words it is work for the owner until somebody resolves it."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="votes")
    version = models.ForeignKey(
        Version, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    helpful = models.BooleanField()
    comment = models.TextField(blank=True)
    voter = models.CharField(
        max_length=64, db_comment="customer:9, agent:3 or a hash of the session: one vote each"
    )
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.SET_NULL, related_name="article_votes"
    )
    voted_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by: models.ForeignKey[Agent | None] = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    resolution = models.CharField(max_length=300, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["-voted_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["translation", "voter"], name="one_vote_each")]
        indexes = [
            # The work that words of readers make.
            models.Index(
                fields=["-voted_at"],
                name="vote_open",
                condition=models.Q(resolved_at=None) & ~models.Q(comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{'+' if self.helpful else '-'}{self.translation_id}"


class DayCount(models.Model):
    """How often a translation was opened on one day, and how often from a search. One row a day, not one a view."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField(db_comment="UTC")
    views = models.PositiveIntegerField(default=0)
    from_search = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "day"], name="count_once_a_day")]
        indexes = [models.Index(fields=["day"], name="count_by_day")]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.day}: {self.views}"


class BrokenLink(models.Model):
    """A link of a published text that leads nowhere for its readers."""

    class Why(models.TextChoices):
        GONE = "gone", _("there is no such article")
        ARCHIVED = "archived", _("the article is archived")
        UNPUBLISHED = "unpublished", _("the article is not published")
        UNREADABLE = "unreadable", _("not everybody who reads this text may read that article")
        FILE_GONE = "file_gone", _("the file is gone")
        NO_ANSWER = "no_answer", _("the site does not answer")

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="broken_links")
    href = models.CharField(max_length=2000)
    words = models.CharField(max_length=300, blank=True, db_comment="what the link says")
    why = models.CharField(max_length=12, choices=Why.choices)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["translation_id", "id"]
        constraints = [models.UniqueConstraint(fields=["translation", "href"], name="broken_link_once")]

    def __str__(self) -> str:
        return self.href
