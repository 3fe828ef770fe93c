"""The only writers of availabilities, routing and who got what."""

from .being_there import (
    ensure_rows,
    refresh,
    set_away,
    set_capacity,
    set_hours,
    set_online,
    set_out_of_office,
)
from .configuring import change_habits, change_team, set_languages, set_skills
from .giving import drain, need, route
from .leaving import decline, hand_over, release_left

__all__ = [
    "change_habits",
    "change_team",
    "decline",
    "drain",
    "ensure_rows",
    "hand_over",
    "need",
    "refresh",
    "release_left",
    "route",
    "set_away",
    "set_capacity",
    "set_hours",
    "set_languages",
    "set_online",
    "set_out_of_office",
    "set_skills",
]
