from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.intake.models import Received
from tugon.tickets.models import Ticket

from .querysets import FiringQuerySet, RuleQuerySet


class Rule(models.Model):
    """One rule or macro. What it does now is its published version; what somebody works on is its draft."""

    class Kind(models.TextChoices):
        TRIGGER = "trigger", _("When something happens")
        AUTOMATION = "automation", _("When time has passed")
        FILTER = "filter", _("Before a ticket exists")
        MACRO = "macro", _("When somebody chooses it")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(
        max_length=40, blank=True, db_comment="of a rule Tugon brought; what was removed does not come back"
    )
    name = models.CharField(max_length=80)
    names = models.JSONField(default=dict, blank=True, db_comment="language → name, of what Tugon brought")
    note = models.CharField(max_length=300, blank=True, db_comment="why it is there, for colleagues")
    notes = models.JSONField(default=dict, blank=True, db_comment="language → note, of what Tugon brought")
    position = models.PositiveIntegerField(default=0)
    is_on = models.BooleanField(default=False)
    trouble = models.CharField(
        max_length=300, blank=True, db_comment="why Tugon switched it off, in words; empty where a person did"
    )
    draft = models.JSONField(null=True, db_comment="the definition somebody works on; see definitions.py")
    published = models.ForeignKey("Version", null=True, on_delete=models.PROTECT, related_name="+")
    agent = models.ForeignKey(
        Agent, null=True, on_delete=models.CASCADE, related_name="macros", db_comment="whose own macro"
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.CASCADE, related_name="macros", db_comment="whose macro"
    )
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="rule_key_once"),
            models.CheckConstraint(
                condition=models.Q(agent=None) | models.Q(team=None), name="macro_has_one_owner"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="macro") | models.Q(agent=None, team=None),
                name="only_macros_are_owned",
            ),
            models.CheckConstraint(
                condition=models.Q(is_on=False) | models.Q(published__isnull=False),
                name="what_is_on_is_published",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return str(self.names.get(language) or self.name)

    def note_in(self, language: str) -> str:
        return str(self.notes.get(language) or self.note)


class Version(models.Model):
    """What a rule did from its publishing on. Never changed."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    definition = models.JSONField()
    words = models.CharField(max_length=300, blank=True, db_comment="why it changed")
    returns_to = models.PositiveIntegerField(null=True, db_comment="the number of the version it repeats")
    published_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="version_number_once_per_rule")
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class WordList(models.Model):
    """Words that mean one matter, in each language: what rules look for in a message. See `wording`."""

    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict, db_comment="language → name")
    words = models.JSONField(default=dict, db_comment="language → list of words and phrases; * at an end")

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def name_in(self, language: str) -> str:
        return str(self.names.get(language) or self.names.get("en") or self.key)


class Firing(models.Model):
    """A rule fitted a ticket, or a message before one, and what came of each of its actions."""

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Done in part")
        NOTHING = "nothing", _("Nothing to do")
        FAILED = "failed", _("Failed")

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="firings", db_index=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(
        Ticket, null=True, on_delete=models.CASCADE, related_name="firings", db_index=False
    )
    received = models.ForeignKey(
        Received, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    occasion = models.CharField(max_length=40, blank=True, db_comment="name of the fact; empty: the clock")
    root_id = models.BigIntegerField(
        null=True, db_comment="the event at the beginning of the chain of causes"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    steps = models.JSONField(default=list, db_comment="per action: do, result, changes, why")
    at = models.DateTimeField()

    objects = FiringQuerySet.as_manager()

    class Meta:
        indexes = [
            # "Why did this happen" on a ticket.
            models.Index(fields=["ticket", "-id"], name="firing_of_ticket"),
            # A rule's log and its counts.
            models.Index(fields=["rule", "-id"], name="firing_of_rule"),
            models.Index(fields=["at"], name="firing_at"),
            # Whether the rule acted on this chain of causes already.
            models.Index(
                fields=["root_id"], name="firing_of_root", condition=models.Q(root_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} on #{self.ticket_id}"


class Done(models.Model):
    """An automation has acted on this ticket: once for ever, or once until somebody writes again."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "ticket"], name="done_once_per_ticket")]


class Turn(models.Model):
    """When an automation looks next. Apart from the rule, whose every change is a decision."""

    rule = models.OneToOneField(Rule, primary_key=True, on_delete=models.CASCADE, related_name="turn")
    next_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    fitted = models.PositiveIntegerField(default=0, db_comment="tickets it acted on when it looked last")


class Call(models.Model):
    """A message to another system: what is sent, and what it answered."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Answered")
        FAILED = "failed", _("Failed")

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="calls", db_index=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    address = models.URLField(max_length=500)
    body = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, db_comment="HTTP")
    answer = models.CharField(
        max_length=500, blank=True, db_comment="the answer's beginning, or what went wrong"
    )
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["rule", "-id"], name="call_of_rule"),
            models.Index(fields=["ticket"], name="call_of_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.address} for #{self.ticket_id}"
