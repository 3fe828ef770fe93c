"""What conditions may ask about priorities. Called by `project/wiring.py`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tugon.tickets.conditions.fields import Field, Type
from tugon.tickets.conditions.registering import register_field
from tugon.tickets.models import Priority, Ticket

from .models import Assessment, Reach, Threat


def offer_fields() -> None:
    """People affected, how many reports, threat, whether somebody decided otherwise, and what the table gives."""
    for name, kind, label, choices in (
        ("users_affected", Type.LEVEL, _("People affected"), Reach),
        ("stability", Type.LEVEL, _("Threat to stability"), Threat),
        ("assessed_priority", Type.LEVEL, _("Priority by the table"), Priority),
    ):
        column = "priority" if name == "assessed_priority" else name
        register_field(
            Field(
                name,
                kind,
                label,
                choices=dict(choices.choices),
                names={one.name.lower(): one.value for one in choices},
                can_be_empty=True,
            ),
            column=f"assessment__{column}",
            value=_reader(column),
        )
    register_field(
        Field("people", Type.NUMBER, _("Number of people who reported it")),
        column="assessment__people",
        value=_reader("people"),
    )
    register_field(
        Field("priority_overridden", Type.FLAG, _("Priority decided otherwise")),
        column="assessment__is_overridden",
        value=_reader("is_overridden"),
    )


def _reader(column: str) -> Any:
    def value(ticket: Ticket) -> Any:
        try:
            return getattr(ticket.assessment, column)  # type: ignore[attr-defined]  # from the other side
        except Assessment.DoesNotExist:
            return None

    return value
