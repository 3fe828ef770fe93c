"""What conditions may ask about escalation."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tugon.tickets.conditions import register_field
from tugon.tickets.conditions.fields import Field, Type
from tugon.tickets.models import Ticket

from .models import Level, Standing


def offer_fields() -> None:
    """Called at start (`project/wiring.py`). A repeat replaces."""
    register_field(
        Field("escalation", Type.REFERENCE, _("Escalated to")),
        column="standing__level",
        value=lambda ticket: _of(ticket, "level_id"),
        choices=lambda language: [
            (row.pk, row.name_in(language)) for row in Level.objects.filter(archived_at=None)
        ],
        model=Level,
        lookup=lambda name: Q(names__en__iexact=name) | Q(names__fil__iexact=name),
    )
    register_field(
        Field("waits_outside", Type.FLAG, _("Waits for an outside department")),
        column="standing__waits_outside",
        value=lambda ticket: _of(ticket, "waits_outside"),
    )
    register_field(
        Field("contacts", Type.NUMBER, _("Messages written again without an answer")),
        column="standing__contacts",
        value=lambda ticket: _of(ticket, "contacts"),
    )


def _of(ticket: Ticket, name: str) -> Any:
    try:
        standing = ticket.standing
    except Standing.DoesNotExist:
        return None
    return getattr(standing, name)
