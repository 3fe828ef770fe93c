from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.tickets.models import Priority


def in_language(words: Mapping[str, Any], language: str) -> str:
    """The words in this language, else in English, else in any."""
    return str(words.get(language) or words.get("en") or next(iter(words.values()), ""))


class Rota(models.Model):
    """Who is on call when: people who follow one another by the week, with exceptions."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=64, blank=True, help_text=_("The company's own zone if empty"))
    starts_on = models.DateField(
        default=date(2026, 1, 5), db_comment="first day of the first person's first week"
    )
    changes_at = models.TimeField(default=time(9), db_comment="local time at which the next person begins")
    repeat_minutes = models.PositiveSmallIntegerField(default=10)
    calls_each = models.PositiveSmallIntegerField(
        default=2, db_comment="calls to one person before the next one is called"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(repeat_minutes__gte=1, calls_each__gte=1), name="rota_calls_come_to_an_end"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RotaPlace(models.Model):
    """One person's place in the rotation, and where they are paged."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="places")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    address = models.EmailField(
        blank=True, db_comment="where pages are mailed; the person's own address if empty"
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["rota", "agent"], name="once_in_a_rota")]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.rota_id}"


class RotaOverride(models.Model):
    """Somebody is on call in another's stead for a while. Of several at once the one made last counts."""

    rota = models.ForeignKey(Rota, on_delete=models.CASCADE, related_name="overrides")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["begins_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="override_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.rota_id}"


class Department(models.Model):
    """Somebody outside Tugon who is asked by mail: payments, legal, a partner's technicians."""

    names = models.JSONField(default=dict, db_comment="language → name")
    address = models.EmailField(max_length=320)
    language = models.CharField(max_length=16, default="en", db_comment="BCP 47, of the letters to it")
    purposes = models.JSONField(default=dict, blank=True, db_comment="language → what it is asked for")
    hours_to_answer = models.PositiveSmallIntegerField(default=8, db_comment="open hours")
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(address=""), name="department_has_an_address")
        ]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return in_language(self.names, language)

    def purpose_in(self, language: str) -> str:
        return in_language(self.purposes, language)


class Level(models.Model):
    """A level to which tickets are raised: when by itself, what then happens, and who is told."""

    names = models.JSONField(default=dict, db_comment="language → name")
    steps = models.JSONField(
        default=dict, blank=True, db_comment="language → what whoever has the ticket does next"
    )
    position = models.PositiveSmallIntegerField(unique=True, db_comment="1 is the lowest")
    criteria = models.JSONField(
        default=dict, blank=True, db_comment="conditions; empty: raised by hand and by rules only"
    )
    raises_to = models.PositiveSmallIntegerField(null=True, blank=True, choices=Priority.choices)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tells_leads = models.BooleanField(default=True)
    people = models.ManyToManyField(Agent, blank=True, related_name="+")
    rota = models.ForeignKey(Rota, null=True, blank=True, on_delete=models.SET_NULL, related_name="levels")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.SET_NULL, related_name="levels"
    )
    questions = models.JSONField(
        default=dict, blank=True, db_comment="language → what the department is asked by itself"
    )
    tells_customer = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.CheckConstraint(condition=models.Q(position__gte=1), name="levels_begin_at_1")]

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        return in_language(self.names, language)

    def step_in(self, language: str) -> str:
        return in_language(self.steps, language)
