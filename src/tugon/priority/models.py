from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.tickets.models import Priority, Severity, Ticket

if TYPE_CHECKING:
    from .wording import Reason


class Reach(models.IntegerChoices):
    """How many people the problem touches."""

    ONE = 1, _("One person")
    SEVERAL = 2, _("Several people")
    MANY = 3, _("Many people")
    EVERYONE = 4, _("Everyone")


class Threat(models.IntegerChoices):
    """What the problem means for the product standing up, or for people's data and money."""

    NONE = 0, _("No threat")
    POSSIBLE = 1, _("Possible threat")
    ACUTE = 2, _("Acute threat")


def starting_cells() -> list[list[int]]:
    """One row per reach, one column per severity."""
    return [[1, 2, 2, 3], [1, 2, 3, 3], [2, 3, 3, 4], [2, 3, 4, 4]]


def starting_threats() -> list[dict[str, int]]:
    """For a possible and for an acute threat: by how much it raises, and the least it makes of a ticket."""
    return [{"steps": 1, "at_least": Priority.NORMAL}, {"steps": 2, "at_least": Priority.URGENT}]


def starting_words() -> dict[str, dict[str, list[str]]]:
    """Language → level of threat ("1", "2") → words that tell of it."""
    from .starting import THREAT_WORDS

    return THREAT_WORDS


class Matrix(models.Model):
    """The company's table, one row: what is made of people affected, severity and threat to stability."""

    cells = models.JSONField(default=starting_cells, db_comment="reach → severity → priority, both from 1")
    several_from = models.PositiveIntegerField(default=2, db_comment="people")
    many_from = models.PositiveIntegerField(default=10, db_comment="people")
    everyone_from = models.PositiveIntegerField(
        default=100, null=True, blank=True, db_comment="people; null: never by counting"
    )
    unsaid_severity = models.PositiveSmallIntegerField(
        choices=Severity.choices, default=Severity.MODERATE, db_comment="what counts where nobody said"
    )
    threats = models.JSONField(default=starting_threats)
    threat_words = models.JSONField(default=starting_words, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "matrices"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(several_from__gte=2)
                & models.Q(many_from__gt=models.F("several_from"))
                & (models.Q(everyone_from__isnull=True) | models.Q(everyone_from__gt=models.F("many_from"))),
                name="priority_reaches_in_order",
            )
        ]

    def __str__(self) -> str:
        return "Priority matrix"


class Raise(models.Model):
    """A plan or an audience whose tickets count for more: by so many steps, at most up to a level."""

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    steps = models.PositiveSmallIntegerField(default=1)
    at_most = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.HIGH)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(plan=None, audience__isnull=False)
                | models.Q(plan__isnull=False, audience=None),
                name="priority_raise_is_of_one",
            ),
            models.CheckConstraint(
                condition=models.Q(steps__gte=1, steps__lte=3), name="priority_raise_raises"
            ),
            models.UniqueConstraint(fields=["plan"], name="priority_raise_once_per_plan"),
            models.UniqueConstraint(fields=["audience"], name="priority_raise_once_per_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.plan or self.audience} +{self.steps}"


class Override(models.Model):
    """Somebody decided otherwise than the table, for a reason, perhaps for a while. Kept when it is over."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+", db_index=False)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices)
    reason = models.CharField(max_length=300, blank=True)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    via = models.CharField(max_length=120, blank=True, db_comment="rule and version, where no person decided")
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True, db_comment="then the assessment counts again")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(ended_at=None), name="priority_override_once_at_a_time"
            )
        ]
        indexes = [
            # The minute's look for what is over.
            models.Index(
                fields=["until"],
                name="priority_override_until",
                condition=models.Q(ended_at=None, until__isnull=False),
            ),
            models.Index(fields=["ticket", "-id"], name="priority_override_of_ticket"),
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} is {self.priority}"


class Assessment(models.Model):
    """Why a ticket has its priority. `factors` holds what was found and each step, as it was then."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="assessment"
    )
    users_affected = models.PositiveSmallIntegerField(choices=Reach.choices, default=Reach.ONE)
    people = models.PositiveIntegerField(default=1, db_comment="distinct customers whose reports are linked")
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.MODERATE)
    stability = models.PositiveSmallIntegerField(choices=Threat.choices, default=Threat.NONE)
    priority = models.PositiveSmallIntegerField(
        choices=Priority.choices, db_comment="by the table, whatever was decided otherwise"
    )
    factors = models.JSONField(default=dict)
    said_reach = models.PositiveSmallIntegerField(
        choices=Reach.choices, null=True, db_comment="an agent said how many people are affected"
    )
    said_threat = models.PositiveSmallIntegerField(
        choices=Threat.choices, null=True, db_comment="an agent said what it threatens"
    )
    override = models.ForeignKey(
        Override, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    is_overridden = models.BooleanField(default=False)
    cause = models.CharField(max_length=40, blank=True, db_comment="the fact that made it be assessed")
    assessed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["ticket"], name="priority_overridden", condition=models.Q(is_overridden=True)
            )
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id}: {self.priority}"

    def words(self, language: str = "") -> Reason:
        """The reason in words of a language, of the active one where none is given. Reads the override where one is."""
        from .wording import reason

        return reason(self, language)

    @property
    def found(self) -> dict[str, Any]:
        """What the table was asked with, by factor."""
        return dict(self.factors.get("found", {}))
