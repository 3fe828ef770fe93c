from __future__ import annotations

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from tugon.events.actors import Actor, ActorKind

from .devices import device_words
from .permissions import PERMISSIONS
from .querysets import AgentManager


class Role(models.Model):
    """A named set of permissions. What an agent may do is the union of its roles."""

    name = models.CharField(max_length=60, unique=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    requires_second_factor = models.BooleanField(
        default=False, db_comment="who has this role must set up an authenticator app or a passkey"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A group of agents that owns tickets."""

    name = models.CharField(max_length=80)
    description = models.CharField(max_length=200, blank=True)
    members: models.ManyToManyField[Agent, Membership] = models.ManyToManyField(
        "Agent", through="Membership", related_name="teams"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_once")]

    def __str__(self) -> str:
        return self.name

    def has(self, agent: Agent) -> bool:
        """Whether the agent belongs to this team. One query."""
        return self.memberships.filter(agent=agent).exists()


class Membership(models.Model):
    """One agent in one team, perhaps leading it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    agent = models.ForeignKey("Agent", on_delete=models.CASCADE, related_name="memberships")
    leads = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="agent_once_per_team")]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.team_id}"


class Agent(AbstractBaseUser):
    """A person who signs in to the console."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    public_name = models.CharField(
        max_length=120, blank=True, help_text="What customers see; the name if empty"
    )
    job_title = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=16, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    roles = models.ManyToManyField(Role, related_name="agents", blank=True)
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    preferences = models.JSONField(
        default=dict, blank=True, db_comment="theme, density, undo seconds, quiet hours"
    )

    objects = AgentManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="agent_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name customers see."""
        return self.public_name or self.name

    @property
    def actor(self) -> Actor:
        """This agent as the one who acts."""
        return Actor(ActorKind.AGENT, self.pk, subject=self)

    @cached_property
    def permissions(self) -> frozenset[str]:
        """Names of what this agent may do. One query per instance; empty when deactivated."""
        if not self.is_active:
            return frozenset()
        return frozenset(name for names, _strict in self._role_rows for name in names if name in PERMISSIONS)

    @property
    def must_have_second_factor(self) -> bool:
        """Whether one of the agent's roles asks for more than a password. Shares the query of `permissions`."""
        return any(strict for _names, strict in self._role_rows)

    @cached_property
    def _role_rows(self) -> list[tuple[list[str], bool]]:
        return list(self.roles.values_list("permissions", "requires_second_factor"))

    @cached_property
    def team_ids(self) -> frozenset[int]:
        """Ids of the teams this agent belongs to. One query per instance."""
        return frozenset(self.memberships.values_list("team_id", flat=True))

    def may(self, permission: str) -> bool:
        """Whether one of the agent's roles holds the permission."""
        return permission in self.permissions


class AgentSession(models.Model):
    """One browser in which an agent is signed in: what it is, where, and when it was last seen."""

    key = models.CharField(max_length=40, unique=True, db_comment="of the Django session")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="sessions")
    address = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"Session {self.pk} of {self.agent_id}"

    @property
    def device(self) -> str:
        """The browser and system in words, as far as it says."""
        return device_words(self.user_agent)
