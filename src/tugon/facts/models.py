"""Facts, their values through time, and the texts to be read again after a change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent

from .kinds import Kind
from .querysets import FactReviews, Facts, FactValues


class Fact(models.Model):
    """One thing the company states, by its dotted key. Never deleted: a text may name it for ever; archived instead."""

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    unit = models.CharField(
        max_length=20, blank=True, db_comment="of a duration, an amount of money, a number; see units.py"
    )
    owner = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(
        max_length=500, blank=True, db_comment="where it is decided: a paper, a page, a person"
    )
    note = models.CharField(max_length=500, blank=True, db_comment="what it means, for who edits texts")
    context_words = models.JSONField(
        default=dict,
        blank=True,
        db_comment="language → words beside which a plain statement is about this fact",
    )
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = Facts.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"), name="fact_key_is_dotted"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class FactValue(models.Model):
    """What a fact says from a day on, until the next value begins."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="values")
    value = models.JSONField(db_comment="typed; see values.py")
    forms = models.JSONField(
        default=dict, blank=True, db_comment="language → words that stand instead of the automatic ones"
    )
    valid_from = models.DateField(db_comment="the company's day")
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    took_effect_at = models.DateTimeField(
        null=True, blank=True, db_comment="when its beginning was told to the rest of Tugon"
    )

    objects = FactValues.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        indexes = [
            # the value of today: the newest beginning not after it
            models.Index(fields=["fact", "-valid_from", "-id"], name="fact_value_by_day"),
            models.Index(fields=["valid_from"], condition=Q(took_effect_at=None), name="fact_value_to_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} from {self.valid_from}"

    def words(self, language: str) -> str:
        """The words of this value in a language: those written by hand, else those made from the value."""
        from .wording import form

        return self.forms.get(language) or form(Kind(self.fact.kind), self.value, language)

    def all_words(self) -> list[tuple[str, str]]:
        """(name of the language, words) in every language Tugon speaks, for previews."""
        return [(str(name), self.words(code)) for code, name in settings.LANGUAGES]


class FactReview(models.Model):
    """A text that somebody should read again because a fact changed."""

    class Why(models.TextChoices):
        USES = "uses", _("uses the fact")
        STATES = "states", _("states the old value in plain words")

    value = models.ForeignKey(FactValue, on_delete=models.CASCADE, related_name="reviews")
    why = models.CharField(max_length=6, choices=Why.choices)
    place_kind = models.CharField(max_length=30)
    place_title = models.CharField(max_length=300)
    place_url = models.CharField(max_length=500)
    language = models.CharField(max_length=15, blank=True)
    excerpt = models.CharField(max_length=500, blank=True, db_comment="the words around the old value")
    due_on = models.DateField(db_comment="the day from which the text would be wrong")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = FactReviews.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["value", "why", "place_url", "language"], name="a_text_is_read_again_once_a_change"
            ),
        ]
        indexes = [
            # the work list: what is not done, by the day it is due
            models.Index(fields=["due_on", "id"], condition=Q(done_at=None), name="fact_review_to_do"),
        ]

    def __str__(self) -> str:
        return self.place_title
