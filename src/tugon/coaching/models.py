"""What a company chose about the coach, and what became of its remarks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience
from tugon.tickets.models import Message, Ticket


class CheckChoice(models.Model):
    """Whether a check speaks: for everybody, for the tickets of an audience, or of a team. A team's outweighs."""

    class Mode(models.TextChoices):
        OFF = "off", _("Off")
        ON = "on", _("On")
        REQUIRED = "required", _("Required")

    check_key = models.CharField(max_length=40)
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices)

    class Meta:
        ordering = ["check_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_key", "audience", "team"], name="coach_choice_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(audience=None) | models.Q(team=None), name="coach_choice_for_one_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_key}: {self.mode}"


class WordList(models.Model):
    """The company's own words of one kind in one language, beside those that Tugon brings."""

    class Kind(models.TextChoices):
        JARGON = "jargon", _("Words of the trade")
        STIFF = "stiff", _("Stiff words")
        FORBIDDEN = "forbidden", _("Forbidden words")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    language = models.CharField(max_length=16, db_comment="BCP 47")
    words = models.JSONField(default=dict, blank=True, db_comment="word → plain words, or empty")
    left_out = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, db_comment="of Tugon's, not remarked here"
    )

    class Meta:
        ordering = ["kind", "language"]
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="coach_words_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class Habit(models.Model):
    """One row: numbers that hold for everybody."""

    longest_sentence = models.PositiveSmallIntegerField(default=30, db_comment="words")

    def __str__(self) -> str:
        return f"{self.longest_sentence} words"


class Answer(models.Model):
    """What an agent did with a remark on the draft they are writing. Gone with the draft; counted in CoachResult."""

    class Did(models.TextChoices):
        TAKEN = "taken", _("Used")
        DISMISSED = "dismissed", _("Not here")

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    check_key = models.CharField(max_length=40)
    mark = models.CharField(max_length=16, db_comment="of the check and the words it was about")
    did = models.CharField(max_length=9, choices=Did.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent", "mark"], name="coach_answer_once")]

    def __str__(self) -> str:
        return f"{self.check_key} {self.did}"


class CoachResult(models.Model):
    """What the coach remarked on a reply, and what its writer did, kept as it was sent."""

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="coach_result"
    )
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    raised = ArrayField(models.CharField(max_length=40), default=list, db_comment="keys of checks")
    taken = ArrayField(models.CharField(max_length=40), default=list)
    dismissed = ArrayField(models.CharField(max_length=40), default=list)
    left = ArrayField(
        models.CharField(max_length=40),
        default=list,
        db_comment="still there as it was sent, and not dismissed",
    )
    sent_despite = models.BooleanField(default=False, db_comment="a required check stood against it")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="coach_result_newest")]

    def __str__(self) -> str:
        return f"coach on message {self.message_id}"
