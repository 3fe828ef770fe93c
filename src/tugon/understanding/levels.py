"""Numbers as people say them: how urgent, how glad. For chips, conditions and corrections."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UrgencyLevel(models.IntegerChoices):
    """Urgency as said: below 0.2, 0.45, 0.7, and above."""

    NONE = 0, _("Can wait")
    SOME = 1, _("Soon")
    HIGH = 2, _("Urgent")
    EXTREME = 3, _("At once")


class MoodLevel(models.IntegerChoices):
    """Mood as told: at most -0.7, -0.25; below 0.25, 0.7, and above."""

    ANGRY = 1, _("Angry")
    UNHAPPY = 2, _("Unhappy")
    PLAIN = 3, _("Neutral")
    CONTENT = 4, _("Content")
    GLAD = 5, _("Glad")


_URGENCIES = {
    UrgencyLevel.NONE: 0.0,
    UrgencyLevel.SOME: 0.3,
    UrgencyLevel.HIGH: 0.6,
    UrgencyLevel.EXTREME: 0.9,
}
_MOODS = {
    MoodLevel.ANGRY: -0.9,
    MoodLevel.UNHAPPY: -0.5,
    MoodLevel.PLAIN: 0.0,
    MoodLevel.CONTENT: 0.5,
    MoodLevel.GLAD: 0.9,
}


def urgency_level(urgency: float) -> UrgencyLevel:
    """urgency: 0 to 1."""
    return UrgencyLevel(sum(urgency >= bound for bound in (0.2, 0.45, 0.7)))


def mood_level(mood: float) -> MoodLevel:
    """mood: -1 to 1."""
    return MoodLevel(
        1 + sum(mood > bound for bound in (-0.7, -0.25)) + sum(mood >= bound for bound in (0.25, 0.7))
    )


def urgency_of(level: int) -> float:
    """The middle of a level, for who chooses one."""
    return _URGENCIES[UrgencyLevel(level)]


def mood_of(level: int) -> float:
    return _MOODS[MoodLevel(level)]
