from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tugon.tickets.models import Ticket

from .calendars import BusinessHours
from .hours import HoursImpossible, hours_of
from .reckoning import Course, Pause, State
from .targets import Target

TARGET = r"^([1-9][0-9]{0,4} (business )?(minute|hour|day)s?)?$"


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, 09:00–17:00."""
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


class Calendar(models.Model):
    """When the company is open."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=64, blank=True, help_text="The company's own zone if empty")
    shifts = models.JSONField(default=office_hours, db_comment='weekday "0"–"6" → [["09:00", "17:00"], …]')
    country = models.CharField(max_length=2, blank=True, db_comment="whose public holidays are closed")
    subdivision = models.CharField(max_length=16, blank=True)
    left_out = models.JSONField(
        default=list, blank=True, db_comment="days (ISO) of the country's holidays that are worked"
    )
    holidays = models.JSONField(
        default=dict, blank=True, db_comment="own closed days: day (ISO) → name, or language → name"
    )
    exceptions = models.JSONField(
        default=dict,
        blank=True,
        db_comment='days with hours of their own: day (ISO) → {"shifts": [["09:00", "12:00"]], "name": "…"}',
    )
    feed_key = models.CharField(
        max_length=32, blank=True, db_index=True, db_comment="of the address that others subscribe to"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def hours(self, *, zone: str) -> BusinessHours:
        """The opening hours as values. zone: the company's, for calendars without their own. Raises HoursImpossible."""
        return hours_of(
            self.shifts,
            zone=self.zone or zone or "UTC",
            country=self.country,
            subdivision=self.subdivision,
            left_out=self.left_out,
            holidays=self.holidays,
            exceptions=self.exceptions,
        )

    def clean(self) -> None:
        try:
            self.hours(zone="UTC")
        except (HoursImpossible, TypeError, AttributeError) as error:
            raise ValidationError(
                _("The opening hours cannot be used: {reason}").format(reason=error)
            ) from error


class Policy(models.Model):
    """What is promised to the tickets that fit its conditions. The first one that fits counts, the default last.

    Targets as in `targets.Target`: "1 business day", "30 minutes"; empty: nothing is promised.
    """

    name = models.CharField(max_length=80, unique=True)
    calendar = models.ForeignKey(
        Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="policies"
    )
    conditions = models.JSONField(
        default=dict, blank=True, db_comment="condition document; every ticket if empty"
    )
    first_response = models.CharField(max_length=30, blank=True, default="1 business day")
    next_response = models.CharField(max_length=30, blank=True, default="1 business day")
    resolution = models.CharField(max_length=30, blank=True, default="3 business days")
    tells_customer = models.BooleanField(
        default=True, db_comment="customers hear of a promise that is about to break"
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_enabled = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["is_default", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_policy"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    first_response__regex=TARGET, next_response__regex=TARGET, resolution__regex=TARGET
                ),
                name="policy_targets_readable",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def targets(self) -> dict[str, Target]:
        """Kind → what it allows, of the kinds that are promised."""
        kinds = ("first_response", "next_response", "resolution")
        return {kind: Target.read(getattr(self, kind)) for kind in kinds if getattr(self, kind)}


class Clock(models.Model):
    """One promise on one ticket, from its start to its end, with every pause. Written by `keeping.py` alone.

    kind: FIRST_RESPONSE, NEXT_RESPONSE or RESOLUTION; cycle: 1, 2, … of next responses.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=16)
    cycle = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey(Policy, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    target = models.CharField(max_length=30, blank=True, db_comment="as promised: 1 business day")
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in State], default=State.RUNNING
    )
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, db_comment="empty while the clock stands still")
    pauses = models.JSONField(default=list, db_comment="[[since, until or null, why, state id or null], …]")
    ended_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True, db_comment="agents heard that it is at risk")
    told_at = models.DateTimeField(null=True, db_comment="the customer heard that it will break")
    expected_at = models.DateTimeField(null=True, db_comment="the new moment that the customer was told")
    steps = models.PositiveSmallIntegerField(
        default=0, db_comment="done so far: 1 agents warned, 2 customer told, 3 break noted"
    )
    look_at = models.DateTimeField(null=True, db_comment="when the next step is to be done")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "cycle"], name="clock_once_per_cycle"),
        ]
        indexes = [
            # The minute's job reads what is due from here, and nothing else.
            models.Index(
                fields=["look_at", "id"], name="clock_to_look_at", condition=models.Q(look_at__isnull=False)
            ),
            # What was kept and broken lately, for the board.
            models.Index(
                fields=["-ended_at"], name="clock_ended", condition=models.Q(ended_at__isnull=False)
            ),
            models.Index(
                fields=["-broken_at"], name="clock_broken", condition=models.Q(broken_at__isnull=False)
            ),
            # Those that a changed policy or calendar concerns.
            models.Index(
                fields=["policy", "id"], name="clock_open", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cycle} of #{self.ticket_id}: {self.state}"

    def course(self) -> Course:
        """The clock as a value."""
        from datetime import datetime

        def moment(words: str | None) -> Any:
            return datetime.fromisoformat(words) if words else None

        return Course(
            self.kind,
            self.cycle,
            self.started_at,
            tuple(
                Pause(moment(since), moment(until), why, state_id)
                for since, until, why, state_id in self.pauses
            ),
            self.ended_at,
            self.broken_at,
        )


def written(pauses: tuple[Pause, ...]) -> list[list[Any]]:
    """Pauses as the column keeps them."""
    return [
        [one.since.isoformat(), one.until.isoformat() if one.until else None, str(one.why), one.state_id]
        for one in pauses
    ]
