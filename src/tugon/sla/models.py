from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .calendars import BusinessHours, Shift


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, 09:00–17:00."""
    return {str(day): [["09:00", "17:00"]] for day in range(5)}


class Calendar(models.Model):
    """When the company is open."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=64, blank=True, help_text="The company's own zone if empty")
    shifts = models.JSONField(default=office_hours, db_comment='weekday "0"–"6" → [["09:00", "17:00"], …]')
    holidays = models.JSONField(default=dict, blank=True, db_comment="day (ISO) → name")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def hours(self, *, zone: str) -> BusinessHours:
        """The opening hours as values. zone: the company's, for calendars without their own. Raises ValueError."""
        shifts = {
            int(day): tuple(
                Shift(time.fromisoformat(start), time.fromisoformat(end)) for start, end in stretches
            )
            for day, stretches in self.shifts.items()
        }
        holidays = frozenset(date.fromisoformat(day) for day in self.holidays)
        return BusinessHours(ZoneInfo(self.zone or zone or "UTC"), shifts, holidays)

    def clean(self) -> None:
        try:
            self.hours(zone="UTC")
        except (ValueError, TypeError, AttributeError) as error:
            raise ValidationError(
                _("The opening hours cannot be used: {reason}").format(reason=error)
            ) from error


class Policy(models.Model):
    """How much open time answers may take. The default one counts for every ticket."""

    name = models.CharField(max_length=80, unique=True)
    calendar = models.ForeignKey(
        Calendar, null=True, blank=True, on_delete=models.PROTECT, related_name="policies"
    )
    first_response = models.DurationField(
        default=timedelta(hours=8), db_comment="open time; 8 h is a business day"
    )
    next_response = models.DurationField(default=timedelta(hours=8), db_comment="open time")
    resolution = models.DurationField(
        default=timedelta(hours=24), db_comment="open time; 24 h is three business days"
    )
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_policy"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    first_response__gt=timedelta(0),
                    next_response__gt=timedelta(0),
                    resolution__gt=timedelta(0),
                ),
                name="policy_targets_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name
