from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer, Plan

from . import telling
from .graph import Graph, Outcome, read, said
from .querysets import TroubleshooterQuerySet, WalkQuerySet
from .walking import Answer, Place, walk


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    SIGNED_IN = "signed_in", _("Who is signed in")
    AUDIENCES = "audiences", _("Chosen audiences")
    PLANS = "plans", _("Chosen plans")
    AGENTS = "agents", _("Agents only")


class Troubleshooter(models.Model):
    """One guided way through a problem: who may walk it, its draft, and the version people walk now."""

    slug = models.SlugField(max_length=80, unique=True, db_comment="one for all languages")
    titles = models.JSONField(
        default=dict, db_comment="language → title; of the published version once there is one"
    )
    summaries = models.JSONField(default=dict, blank=True, db_comment="language → one or two sentences")
    section_id = models.BigIntegerField(
        null=True, blank=True, db_comment="the help center's section it stands in"
    )
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+")
    plans = models.ManyToManyField(Plan, blank=True, related_name="+")
    owner = models.ForeignKey(
        Agent, null=True, blank=True, on_delete=models.SET_NULL, related_name="troubleshooters"
    )
    draft = models.JSONField(default=dict, db_comment="the graph as it is being drawn; may be broken")
    draft_edit = models.PositiveIntegerField(default=0, db_comment="number of the edit that made the draft")
    published = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = TroubleshooterQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title_in("en")

    @cached_property
    def graph(self) -> Graph:
        """The draft."""
        return read(self.draft)

    def title_in(self, language: str) -> str:
        return said(self.titles, language, or_else=self.slug)

    def summary_in(self, language: str) -> str:
        return said(self.summaries, language)

    def text_in(self, language: str) -> str:
        """Everything the published version says in a language, for whoever searches. One query unless it was joined."""
        if self.published is None:
            return ""
        lines: list[str] = []
        for node in self.published.graph.nodes.values():
            lines += [node.titles.get(language, ""), node.bodies.get(language, "")]
            lines += [one.labels.get(language, "") for one in node.exits]
        return "\n".join(line for line in lines if line)

    def languages(self) -> list[str]:
        """The languages in which the published version has a title."""
        return sorted(language for language, title in self.titles.items() if title)

    def path_in(self, language: str) -> str:
        """Its page in the help center, without the host."""
        return f"/{language}/help/troubleshooters/{self.slug}/"


class Version(models.Model):
    """What was published. Never changed: walks begun in it go on in it."""

    troubleshooter = models.ForeignKey(Troubleshooter, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.JSONField(db_comment="the graph, proved")
    note = models.CharField(max_length=400, blank=True, db_comment="what changed, in its author's words")
    author = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["troubleshooter", "number"], name="troubleshooter_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.troubleshooter_id}/{self.number}"

    @cached_property
    def graph(self) -> Graph:
        return read(self.data)


class Edit(models.Model):
    """One state of a draft, so that every change can be undone; the oldest are forgotten."""

    troubleshooter = models.ForeignKey(Troubleshooter, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    touched = models.CharField(max_length=40, blank=True, db_comment="the step it was about")
    author = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["troubleshooter", "number"], name="troubleshooter_edit_number")
        ]


class Walk(models.Model):
    """One person's way through one version. Nameless unless they were signed in."""

    token = models.CharField(
        max_length=32, unique=True, db_comment="in the address; whoever has it may go on"
    )
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="walks")
    troubleshooter = models.ForeignKey(Troubleshooter, on_delete=models.CASCADE, related_name="walks")
    language = models.CharField(max_length=16)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.SET_NULL, related_name="walks"
    )
    facts = models.JSONField(default=dict, db_comment="what was known of device and account when it began")
    answers = models.JSONField(default=list, db_comment="[{node, key, at}] in order")
    at_node = models.CharField(max_length=40, blank=True, db_comment="the step it stands at")
    outcome = models.CharField(
        max_length=8,
        blank=True,
        choices=[(one.value, one.value) for one in Outcome],
        db_comment="empty: under way",
    )
    ticket_id = models.BigIntegerField(null=True, blank=True, db_comment="the ticket that carries it")
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WalkQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # Reports read a troubleshooter's walks of a period; the sweep finds those nobody goes on with.
            models.Index(fields=["troubleshooter", "begun_at"], name="walk_of_period"),
            models.Index(fields=["last_at"], name="walk_under_way", condition=models.Q(outcome="")),
            models.Index(
                fields=["ticket_id"], name="walk_of_ticket", condition=models.Q(ticket_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def given(self) -> tuple[Answer, ...]:
        return read_answers(self.answers)

    def place(self, at_step: int | None = None) -> Place:
        """Where the walk stands, or stood after so many answers."""
        given = self.given if at_step is None else self.given[: max(0, at_step)]
        return walk(self.version.graph, given, self.facts)

    def steps_in_words(self, language: str) -> list[tuple[str, str]]:
        """Every step with the answer given, in order, as people read them."""
        return telling.steps_in_words(self, language)


def read_answers(data: Any) -> tuple[Answer, ...]:
    """Answers of their JSON."""
    return tuple(Answer(one["node"], one["key"], parse_datetime(one.get("at") or "")) for one in data)


def write_answers(answers: tuple[Answer, ...]) -> list[dict[str, str]]:
    return [
        {"node": one.node, "key": one.key, **({"at": one.at.isoformat()} if one.at else {})}
        for one in answers
    ]
