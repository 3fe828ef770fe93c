"""What a new installation starts with: a state per status, and the views everybody works from.

A company renames, adds and removes them; what it removed does not come back.
"""

from typing import Any

from django.db import transaction

from .models import State, Status, View
from .models.state import ACTIVE

STATES: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    (Status.NEW, {"en": "New", "fil": "Bago"}, {"en": "Received", "fil": "Natanggap na"}),
    (
        Status.OPEN,
        {"en": "Open", "fil": "Nakabukas"},
        {"en": "We are working on it", "fil": "Inaasikaso na namin"},
    ),
    (
        Status.WAITING,
        {"en": "Waiting for customer", "fil": "Naghihintay sa customer"},
        {"en": "Waiting for you", "fil": "Hinihintay ang sagot ninyo"},
    ),
    (Status.HOLD, {"en": "On hold", "fil": "Nakabinbin"}, {"en": "On hold", "fil": "Nakabinbin muna"}),
    (Status.SOLVED, {"en": "Solved", "fil": "Nalutas"}, {"en": "Solved", "fil": "Nalutas na"}),
    (Status.CLOSED, {"en": "Closed", "fil": "Sarado"}, {"en": "Closed", "fil": "Sarado na"}),
)
"""Status, what agents read, what customers read."""

_active = {"field": "status", "is": "in", "value": [str(status) for status in ACTIVE]}
_ours = {"field": "status", "is": "in", "value": ["new", "open"]}

VIEWS: tuple[dict[str, Any], ...] = (
    {
        "names": {"en": "My tickets", "fil": "Mga ticket ko"},
        "icon": "user",
        "shortcut": "m",
        "order": "due_at",
        "conditions": {"all": [_active, {"field": "assignee", "is": "in", "value": ["me"]}]},
    },
    {
        "names": {"en": "Unassigned", "fil": "Walang may hawak"},
        "icon": "inbox",
        "shortcut": "u",
        "order": "due_at",
        "conditions": {"all": [_ours, {"field": "assignee", "is": "in", "value": ["nobody"]}]},
    },
    {
        "names": {"en": "My teams", "fil": "Mga team ko"},
        "icon": "users",
        "shortcut": "t",
        "order": "-updated_at",
        "conditions": {"all": [_active, {"field": "team", "is": "in", "value": ["my_teams"]}]},
    },
    {
        "names": {"en": "Due soon", "fil": "Malapit na ang takda"},
        "icon": "clock",
        "shortcut": "d",
        "order": "due_at",
        "conditions": {"all": [_ours, {"field": "due_at", "is": "is_not_empty"}]},
    },
    {
        "names": {"en": "Waiting for customer", "fil": "Naghihintay sa customer"},
        "icon": "hourglass",
        "shortcut": "w",
        "order": "-updated_at",
        "conditions": {"all": [{"field": "status", "is": "in", "value": ["waiting"]}]},
    },
    {
        "names": {"en": "Snoozed and on hold", "fil": "Naka-snooze at nakabinbin"},
        "icon": "moon",
        "shortcut": "h",
        "order": "-updated_at",
        "conditions": {"all": [{"field": "status", "is": "in", "value": ["hold"]}]},
    },
    {
        "names": {"en": "I follow", "fil": "Sinusubaybayan ko"},
        "icon": "eye",
        "shortcut": "f",
        "order": "-updated_at",
        "conditions": {"all": [_active, {"field": "followers", "is": "any_of", "value": ["me"]}]},
    },
    {
        "names": {"en": "All open", "fil": "Lahat ng nakabukas"},
        "icon": "list",
        "shortcut": "o",
        "order": "-updated_at",
        "conditions": {"all": [_active]},
    },
    {
        "names": {"en": "Recently solved", "fil": "Kalulutas lang"},
        "icon": "check",
        "shortcut": "s",
        "order": "-updated_at",
        "conditions": {
            "all": [
                {"field": "status", "is": "in", "value": ["solved", "closed"]},
                {"field": "solved_at", "is": "within", "value": "7 days"},
            ]
        },
    },
    {
        "names": {"en": "Spam", "fil": "Spam"},
        "icon": "shield",
        "shortcut": "",
        "order": "-updated_at",
        "conditions": {"all": [{"field": "is_spam", "is": "is", "value": True}]},
    },
)


@transaction.atomic
def create_starting_rows() -> None:
    """Make the states if there are none, and the shared views if there are none. A repeat does nothing."""
    if not State.objects.exists():
        State.objects.bulk_create(
            State(names=names, customer_names=theirs, status=status, position=place, is_default=True)
            for place, (status, names, theirs) in enumerate(STATES)
        )
    if not View.objects.filter(agent=None).exists():
        View.objects.bulk_create(
            View(**values, name=values["names"]["en"], position=place) for place, values in enumerate(VIEWS)
        )
