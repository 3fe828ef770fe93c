"""What the assistant was used for, from its facts: no words, only numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, FloatField, IntegerField, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from tugon.events.models import Event
from tugon.lib.clock import now

from .kinds import Task


@dataclass(frozen=True, slots=True)
class Used:
    """One task. asked: questions sent. answered: of these. seconds: of an answer, on average. letters: characters that
    left. taken: how often its words were put into a draft or a note."""

    task: Task
    asked: int
    answered: int
    seconds: float
    letters: int
    taken: int


def lately(days: int = 30) -> Sequence[Used]:
    """Each task that was asked in the last days, the most asked first. Two queries."""
    since = now() - timedelta(days=days)
    done = Q(data__outcome="done")
    rows = (
        Event.objects.filter(name="AssistantUsed", at__gte=since)
        .values("data__task")
        .annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=done),
            milliseconds=Avg(Cast(KT("data__milliseconds"), FloatField()), filter=done),
            letters=Sum(Cast(KT("data__sent"), IntegerField())),
        )
    )
    taken = dict(
        Event.objects.filter(name="AssistantWordsTaken", at__gte=since)
        .values_list("data__task")
        .annotate(times=Count("pk"))
    )
    found = [
        Used(
            task=Task(row["data__task"]),
            asked=row["asked"],
            answered=row["answered"],
            seconds=(row["milliseconds"] or 0) / 1000,
            letters=row["letters"] or 0,
            taken=taken.get(row["data__task"], 0),
        )
        for row in rows
        if row["data__task"] in Task.values
    ]
    return sorted(found, key=lambda one: -one.asked)
