from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.tickets.models import Ticket

from .endpoint import Service
from .kinds import GROUP_OF, State, Task


class Setup(models.Model):
    """What the company decided about the assistant, one row. Without one, or without an address, it is off."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    address = models.CharField(max_length=300, blank=True, db_comment="up to /v1; empty: off")
    model = models.CharField(max_length=100, blank=True)
    sealed_key = models.TextField(blank=True)
    groups = models.JSONField(default=list, blank=True, db_comment="of tasks that are on")
    unasked_groups = models.JSONField(
        default=list, blank=True, db_comment="of tasks that are sent without showing the words first"
    )
    forbidden_audiences = models.JSONField(default=list, blank=True, db_comment="ids; their words stay here")
    agent_limit = models.PositiveIntegerField(default=50, db_comment="questions of one agent in 24 hours")
    company_limit = models.PositiveIntegerField(default=1000, db_comment="of all in 24 hours")
    seconds = models.PositiveSmallIntegerField(default=60, db_comment="the longest that an answer may take")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="assistant_set_up_once")]

    def __str__(self) -> str:
        return self.address or "off"

    @property
    def is_on(self) -> bool:
        return bool(self.address and self.model and self.groups)

    def service(self, key: str) -> Service:
        return Service(self.address, model=self.model, key=key, seconds=float(self.seconds))

    def offers(self, task: str, ticket: Ticket) -> bool:
        """Whether this may be asked about this ticket."""
        return self.is_on and GROUP_OF[task] in self.groups and not self.forbids(ticket)

    def forbids(self, ticket: Ticket) -> bool:
        """Whether the words of this ticket's customer may not leave the house."""
        return ticket.customer.audience_id in self.forbidden_audiences


class Asking(models.Model):
    """One question of one agent about one ticket: shown, sent, answered. Its words are forgotten after a day."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+", db_index=False)
    task = models.CharField(max_length=20, choices=Task.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    model = models.CharField(max_length=100)
    language = models.CharField(max_length=16, help_text=_("of the answer, BCP 47"))
    payload = models.JSONField(default=list, db_comment="exactly what is sent, masked: role, content")
    marks = models.JSONField(default=dict, db_comment="mark → kind, original, is_ours; never sent")
    articles = models.JSONField(default=list, db_comment="number, title, address, what may be cited")
    hidden_too = models.JSONField(default=list, blank=True, db_comment="words the agent had masked besides")
    begun_from = models.TextField(blank=True, db_comment="the draft it began from, plain")
    answer = models.TextField(blank=True)
    taken_out = models.JSONField(default=list, blank=True, db_comment="what, words")
    doubtful = models.JSONField(default=list, blank=True)
    trouble = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # What stands on an agent's screen; how many an agent sent today.
            models.Index(fields=["agent", "ticket", "-id"], name="asking_on_the_screen"),
            models.Index(fields=["sent_at"], name="asking_sent", condition=models.Q(sent_at__isnull=False)),
            models.Index(fields=["made_at"], name="asking_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.task} on #{self.ticket_id}"

    @property
    def letters(self) -> int:
        """Characters of the payload."""
        return sum(len(one["content"]) for one in self.payload)

    @property
    def links(self) -> dict[int, tuple[str, str]]:
        return {int(one["number"]): (one["title"], one["address"]) for one in self.articles}

    def forget_words(self) -> dict[str, Any]:
        """The fields that hold words, empty."""
        empty: dict[str, Any] = {
            "payload": [],
            "marks": {},
            "articles": [],
            "hidden_too": [],
            "taken_out": [],
        }
        return empty | {"begun_from": "", "answer": "", "doubtful": []}
