"""What somebody looked for goes along with their request."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tugon.billing.models import ChargeLookup

from ..context import Carried, provide
from ..identity import Visitor

CHARGE = "charge"


def begin() -> None:
    """Make the parameter known. Called once at start."""
    provide(CHARGE, carried_charge)


def carried_charge(value: str, visitor: Visitor, language: str) -> Carried | None:
    """`?charge=<token>`. Nobody can guess the token, so whoever has it looked, or was given the link. One query."""
    row = ChargeLookup.objects.select_related("processor").filter(token=value[:32]).first()
    if row is None:
        return None
    charged_by = row.processor.name if row.processor else _("nobody we know yet")
    return Carried(
        title=_("A charge: {words}").format(words=row.asked),
        lines=((_("On the statement"), row.asked), (_("Charged by"), charged_by)),
        url=f"{reverse('portal:billing', args=[language])}?{urlencode({'q': row.asked})}",
        subject=_("Charge on my statement: {words}").format(words=row.asked),
    )
