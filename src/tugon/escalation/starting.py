"""What a new installation starts with: three levels, in both languages. Departments are the company's own to name."""

from typing import Any

from django.db import transaction

from tugon.tickets.models import Priority
from tugon.understanding.levels import MoodLevel

from .models import Department, Level

_active = {"field": "waiting_for", "is": "in", "value": ["us"]}
LEVELS: tuple[dict[str, Any], ...] = (
    {
        "position": 1,
        "names": {"en": "Tier 2", "fil": "Ikalawang antas"},
        "steps": {
            "en": "Read the hand-over note, take the ticket, and tell the customer what happens next and when.",
            "fil": "Basahin ang hand-over note, kunin ang ticket, at sabihin sa customer ang susunod at kung kailan.",
        },
        "criteria": {
            "all": [_active],
            "any": [
                {"field": "contacts", "is": "at_least", "value": 2},
                {"field": "reopen_count", "is": "at_least", "value": 2},
                {"field": "repeats", "is": "at_least", "value": 3},
                {"field": "mood", "is": "in", "value": [int(MoodLevel.ANGRY)]},
            ],
        },
        "raises_to": Priority.HIGH,
        "tells_leads": False,
    },
    {
        "position": 2,
        "names": {"en": "Lead", "fil": "Pinuno ng team"},
        "steps": {
            "en": "Decide who works on it now. If the promise cannot be kept, write to the customer before it breaks.",
            "fil": "Magpasya kung sino ang hahawak ngayon. Kung hindi kaya ang pangako, sulatan agad ang customer.",
        },
        "criteria": {
            "all": [_active, {"field": "priority", "is": "at_least", "value": int(Priority.HIGH)}],
            "any": [
                {"field": "due_at", "is": "older_than", "value": "1 minute"},
                {"field": "due_at", "is": "within_next", "value": "30 minutes"},
            ],
        },
        "raises_to": Priority.HIGH,
        "tells_leads": True,
    },
    {
        "position": 3,
        "names": {"en": "Management, on call", "fil": "Pamunuan, on call"},
        "steps": {
            "en": "Say that you have it, call the people you need, and write down every hour what is known.",
            "fil": "Sabihing hawak mo na ito, tawagan ang mga kailangan, at isulat bawat oras ang nalalaman.",
        },
        "criteria": {},
        "raises_to": Priority.URGENT,
        "tells_leads": True,
        "tells_customer": True,
    },
)
SUGGESTED: tuple[dict[str, Any], ...] = (
    {
        "names": {"en": "Payments", "fil": "Bayaran"},
        "purposes": {
            "en": "Whether a charge, a refund or a chargeback went through",
            "fil": "Kung natuloy ang singil, refund o chargeback",
        },
        "hours_to_answer": 8,
    },
    {
        "names": {"en": "Legal", "fil": "Legal"},
        "purposes": {
            "en": "Letters of lawyers, requests of authorities, questions about contracts",
            "fil": "Sulat ng abogado, hiling ng awtoridad, tanong sa kontrata",
        },
        "hours_to_answer": 16,
    },
    {
        "names": {"en": "Technical operations", "fil": "Teknikal na operasyon"},
        "purposes": {
            "en": "Outages, log files, what happened at a certain hour",
            "fil": "Pagkawala ng serbisyo, log, kung ano ang nangyari sa isang oras",
        },
        "hours_to_answer": 2,
    },
)
"""Offered where departments are added; they need an address of the company's own."""


@transaction.atomic
def create_starting_rows() -> None:
    """Make the levels if there are none. A repeat does nothing."""
    if not Level.objects.exists():
        for given in LEVELS:
            Level.objects.create(**given)


def suggest_department(number: int) -> Department | None:
    """An unsaved department to begin a form with; None where there is no such suggestion."""
    return Department(**SUGGESTED[number]) if 0 <= number < len(SUGGESTED) else None
