from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.tickets.models import Ticket
from tugon.tickets.models.ticket import Side

from .querysets import NamedQuerySet


class Named(models.Model):
    """A row with a name for addresses, names per language, and the words by which customers speak of it."""

    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict, db_comment="language → words")
    keywords = models.JSONField(
        default=dict, blank=True, db_comment="language → words and phrases that tell of it"
    )
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.key


class Topic(Named):
    """What a problem is about, in the words of customers. The one list of the whole house."""

    team = models.ForeignKey(
        Team,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="tickets that are surely about it go there, where nothing else decided",
    )

    objects: ClassVar[Any] = NamedQuerySet.as_manager()

    class Meta(Named.Meta):
        pass


class Area(Named):
    """A part of the product: the player, payouts, the app."""

    objects: ClassVar[Any] = NamedQuerySet.as_manager()

    class Meta(Named.Meta):
        pass


class Affected(models.TextChoices):
    """How many people the writer says are affected."""

    UNKNOWN = "", _("Not said")
    ONE = "one", _("One person")
    SEVERAL = "several", _("Several people")
    MANY = "many", _("Many people")
    EVERYONE = "everyone", _("Everyone")


class TicketReading(models.Model):
    """What the customer's messages on a ticket say, newest words first where they disagree.

    A ticket has one once a customer's message was read. `evidence` holds words of the customer, so it is made anew when
    a message is redacted.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="reading")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    topic_confidence = models.FloatField(default=0, db_comment="0 to 1")
    area = models.ForeignKey(Area, null=True, on_delete=models.SET_NULL, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    urgency = models.FloatField(default=0, db_comment="0 can wait … 1 cannot")
    urgency_level = models.PositiveSmallIntegerField(default=0, db_comment="0 to 3, of urgency")
    mood = models.FloatField(default=0, db_comment="-1 angry … 0 plain … 1 glad")
    mood_level = models.PositiveSmallIntegerField(default=3, db_comment="1 to 5, of mood")
    affected = models.CharField(max_length=8, choices=Affected.choices, blank=True)
    errors = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, db_comment="in lower case"
    )
    tried = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        db_comment="keys of known steps, or the customer's words",
    )
    language = models.CharField(max_length=16, blank=True)
    is_taglish = models.BooleanField(default=False)
    repeats = models.PositiveSmallIntegerField(
        default=0, db_comment="this person's tickets about the same in 90 days, this one included"
    )
    confidence = models.JSONField(default=dict, blank=True, db_comment="aspect → 0 to 1")
    evidence = models.JSONField(
        default=dict, blank=True, db_comment="aspect → [words, start, end] in subject, newline, body"
    )
    decided_by = models.JSONField(
        default=dict, blank=True, db_comment="aspect → reader, classifier, rule, person"
    )
    suggested = models.JSONField(
        default=dict, blank=True, db_comment="aspect → value, confidence, by: offered, not taken"
    )
    alike = models.JSONField(
        default=list, blank=True, db_comment="[ticket, likeness]: this person's open cases this may belong to"
    )
    apart = models.JSONField(
        default=list, blank=True, db_comment="tickets that an agent said this is not the same case as"
    )
    message_id = models.BigIntegerField(null=True, db_comment="the message read last")
    read_at = models.DateTimeField()
    meant_at = models.DateTimeField(null=True, db_comment="when the worker added what vectors tell")

    class Meta:
        indexes = [
            # Tickets about one topic, the newest first: lists, and who else has this now.
            models.Index(fields=["topic", "-ticket"], name="reading_by_topic"),
            models.Index(
                fields=["area", "-ticket"], name="reading_by_area", condition=models.Q(area__isnull=False)
            ),
            # What waits for its vectors.
            models.Index(
                fields=["ticket"], name="reading_without_meaning", condition=models.Q(meant_at=None)
            ),
            # The same error string in other people's tickets.
            models.Index(fields=["-ticket"], name="reading_with_errors", condition=~models.Q(errors__len=0)),
        ]

    def __str__(self) -> str:
        return f"Reading of #{self.ticket_id}"


class Classifier(models.Model):
    """What was learnt from the team's tickets: one for topics, one for teams. The newest of a kind counts.

    `numbers` are plain numbers, never objects; a checksum tells whether they are still what was trained.
    """

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topics")
        TEAM = "team", _("Teams")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    trained_at = models.DateTimeField()
    labels = models.PositiveIntegerField(db_comment="tickets it learnt from")
    report = models.JSONField(default=dict, db_comment="how it did on tickets it had not seen")
    words = models.JSONField(
        default=dict, db_comment="classes, vocabulary, thresholds: what the numbers stand for"
    )
    numbers = models.BinaryField(db_comment="float32, little-endian")
    checksum = models.CharField(max_length=64, db_comment="SHA-256 of words and numbers, hexadecimal")

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="classifier_newest")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.trained_at:%Y-%m-%d}"
