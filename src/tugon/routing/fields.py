"""What conditions may ask about routing. Called by `project/wiring.py`."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugon.tickets.conditions.fields import Field, Type
from tugon.tickets.conditions.registering import register_field
from tugon.tickets.models import Ticket

from .models import RoutedTicket, Skill


def offer_fields() -> None:
    """The skill a ticket needs, and whether Tugon found nobody for it."""
    register_field(
        Field("needed_skill", Type.REFERENCE, _("Needed skill")),
        column="routing__skill",
        value=_skill,
        choices=_skills,
        model=Skill,
        lookup=lambda name: Q(names__en__iexact=name) | Q(names__fil__iexact=name),
    )


def _skill(ticket: Ticket) -> Any:
    try:
        return ticket.routing.skill_id  # type: ignore[attr-defined]  # from the other side
    except RoutedTicket.DoesNotExist:
        return None


def _skills(language: str) -> list[tuple[int, str]]:
    return [(row.pk, row.name_in(language)) for row in Skill.objects.filter(archived_at=None)]
