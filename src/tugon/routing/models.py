from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.tickets.models import Ticket

from .capacity import Lane


class Chosen(models.TextChoices):
    """What an agent says of itself."""

    ONLINE = "online", _("Available")
    AWAY = "away", _("Away")


class State(models.TextChoices):
    """What that amounts to now. Only who is online is given tickets."""

    ONLINE = "online", _("Available")
    AWAY = "away", _("Away")
    UNSEEN = "unseen", _("Not seen for a while")
    CLOSED = "closed", _("Outside working hours")
    OUT = "out", _("Out of office")


class Level(models.IntegerChoices):
    SOME = 1, _("Some")
    GOOD = 2, _("Good")
    EXPERT = 3, _("Expert")


class Strategy(models.TextChoices):
    ROUND_ROBIN = "round_robin", _("In turns")
    LEAST_LOADED = "least_loaded", _("To the least loaded")
    LAST_AGENT = "last_agent", _("To who had this customer last")
    SKILL = "skill", _("To the best skilled")
    LANGUAGE = "language", _("To who speaks the language best")


class OnLeave(models.TextChoices):
    """What becomes of tickets that wait for the customer while their agent is out of office."""

    STAY = "stay", _("They stay with the agent")
    SUBSTITUTE = "substitute", _("They go to the substitute, or back to the queue")


def starting_capacity() -> dict[str, int]:
    return {Lane.MAIL: 20, Lane.CHAT: 3, Lane.PHONE: 1}


class Habits(models.Model):
    """What holds for everybody; one row."""

    capacity = models.JSONField(default=starting_capacity, db_comment="lane → tickets at once")
    away_after = models.PositiveSmallIntegerField(
        default=15, db_comment="minutes unseen until an agent counts as away; 0: never"
    )

    class Meta:
        verbose_name_plural = "habits"

    def __str__(self) -> str:
        return "Routing habits"


class Availability(models.Model):
    """Whether an agent can be given tickets now, why not, and until when. Every agent has one.

    Its row is locked while tickets are given to the agent: so two workers never fill the same place twice.
    """

    agent = models.OneToOneField(
        Agent, on_delete=models.CASCADE, primary_key=True, related_name="availability"
    )
    chosen = models.CharField(max_length=6, choices=Chosen.choices, default=Chosen.ONLINE)
    away_until = models.DateTimeField(null=True, blank=True)
    hours = models.CharField(
        max_length=300,
        blank=True,
        db_comment='weekly, in the agent\'s zone: "Mon–Fri 09:00–17:00"; empty: always',
    )
    out_from = models.DateTimeField(null=True, blank=True)
    out_until = models.DateTimeField(null=True, blank=True)
    substitute = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    capacity = models.JSONField(
        default=dict, blank=True, db_comment="lane → tickets at once, where not as all"
    )
    state = models.CharField(max_length=6, choices=State.choices, default=State.UNSEEN)
    state_since = models.DateTimeField(null=True)
    state_until = models.DateTimeField(null=True, db_comment="as far as it is known")
    last_given_at = models.DateTimeField(null=True, db_comment="whose turn it is")

    class Meta:
        verbose_name_plural = "availabilities"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(out_from=None)
                | models.Q(out_until=None)
                | models.Q(out_until__gt=models.F("out_from")),
                name="availability_out_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(substitute=models.F("agent")), name="availability_substitute_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} is {self.state}"

    @property
    def is_available(self) -> bool:
        return self.state == State.ONLINE


class Skill(models.Model):
    """Something that not everybody can do, and the tickets that need it."""

    names = models.JSONField(default=dict, db_comment="language → name")
    conditions = models.JSONField(
        default=dict,
        blank=True,
        db_comment="tickets that need it, see tickets/conditions; empty: only by hand or rule",
    )
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.SOME)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or str(self.pk)


class AgentSkill(models.Model):
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holders")
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.GOOD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "skill"], name="agent_skill_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} × {self.skill_id}"


class AgentLanguage(models.Model):
    """language: the primary part of BCP 47, like "fil"."""

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.GOOD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "language"], name="agent_language_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} speaks {self.language}"


class TeamRouting(models.Model):
    """How a team's tickets are given out. A team without a row gives nothing out by itself."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, primary_key=True, related_name="routing")
    is_automatic = models.BooleanField(default=False)
    strategy = models.CharField(max_length=12, choices=Strategy.choices, default=Strategy.LEAST_LOADED)
    matches_skills = models.BooleanField(default=True)
    matches_languages = models.BooleanField(default=True)
    waits_for_fit = models.PositiveSmallIntegerField(
        default=30, db_comment="minutes a ticket waits for who fits before anybody gets it"
    )
    on_leave = models.CharField(max_length=10, choices=OnLeave.choices, default=OnLeave.STAY)
    left_out: models.ManyToManyField[Agent, models.Model] = models.ManyToManyField(
        Agent, related_name="+", blank=True
    )

    def __str__(self) -> str:
        return f"Routing of {self.team_id}"


class RoutedTicket(models.Model):
    """What routing knows of a ticket: what it needs, whom it was given last and why, who put it back."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="routing")
    skill = models.ForeignKey(Skill, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    skill_level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.SOME)
    is_asked = models.BooleanField(default=False, db_comment="somebody or a rule said which skill it needs")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    strategy = models.CharField(max_length=12, blank=True)
    why = models.JSONField(default=list, db_comment="[code, {values}] in order")
    declined = ArrayField(models.BigIntegerField(), default=list, blank=True)
    looked_at = models.DateTimeField(null=True, db_comment="when it was last given, or found nobody")

    class Meta:
        indexes = [
            models.Index(fields=["skill"], name="routed_by_skill", condition=models.Q(skill__isnull=False))
        ]

    def __str__(self) -> str:
        return f"#{self.ticket_id} to {self.agent_id}"
