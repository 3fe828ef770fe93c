"""What conditions may ask of a reading: in views, searches, rules and promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tugon.tickets.conditions import register_field
from tugon.tickets.conditions.fields import Field, Type
from tugon.tickets.models import Ticket
from tugon.tickets.models.ticket import Side

from . import readings
from .levels import MoodLevel, UrgencyLevel
from .models import Affected, Area, TicketReading, Topic
from .querysets import named
from .reading.steps import STEPS, name_of

REPEATED = 3
"""Tickets about the same in ninety days that are a repeated difficulty."""


def offer_fields() -> None:
    """Register every field. A repeat replaces."""
    _references()
    _levels()
    register_field(
        Field("topic_confidence", Type.NUMBER, _("Sureness of the topic (0 to 1)")),
        column="reading__topic_confidence",
        value=_value("topic_confidence"),
    )
    register_field(
        Field(
            "stated_side",
            Type.CHOICE,
            _("Side told by the words"),
            choices=dict(Side.choices),
            can_be_empty=True,
        ),
        column="reading__side",
        value=_value("side"),
    )
    register_field(
        Field(
            "affected",
            Type.CHOICE,
            _("People affected, as stated"),
            choices=dict(Affected.choices),
            can_be_empty=True,
        ),
        column="reading__affected",
        value=_value("affected"),
    )
    register_field(
        Field("errors", Type.SET, _("Error messages")), column="reading__errors", value=_value("errors")
    )
    register_field(
        Field("tried", Type.SET, _("Steps already tried")),
        column="reading__tried",
        value=_value("tried"),
        choices=lambda language: [(step.key, name_of(step.key, language)) for step in STEPS],
    )
    register_field(
        Field("is_taglish", Type.FLAG, _("Written in Taglish")),
        column="reading__is_taglish",
        value=_value("is_taglish"),
    )
    register_field(
        Field("repeats", Type.NUMBER, _("Their tickets about the same in 90 days")),
        column="reading__repeats",
        value=_value("repeats"),
    )


def _references() -> None:
    for name, label, model in (("topic", _("Topic"), Topic), ("area", _("Product area"), Area)):
        register_field(
            Field(name, Type.REFERENCE, label),
            column=f"reading__{name}",
            value=_value(f"{name}_id"),
            choices=_named(model),
            model=model,
            lookup=named,
        )


def _levels() -> None:
    for name, label, levels in (
        ("urgency", _("Urgency"), UrgencyLevel),
        ("mood", _("Mood"), MoodLevel),
    ):
        register_field(
            Field(
                name,
                Type.LEVEL,
                label,
                choices=dict(levels.choices),
                names={one.name.lower(): one.value for one in levels},
                can_be_empty=True,
            ),
            column=f"reading__{name}_level",
            value=_value(f"{name}_level"),
        )


def _value(column: str) -> Callable[[Ticket], Any]:
    def value(ticket: Ticket) -> Any:
        reading: TicketReading | None = readings.of(ticket)
        return None if reading is None else getattr(reading, column)

    return value


def _named(model: Any) -> Callable[[str], list[tuple[int, str]]]:
    return lambda language: [(row.pk, row.name_in(language)) for row in model.objects.in_use()]
