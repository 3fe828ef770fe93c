"""Other people on a ticket by e-mail."""

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.channels.models import Mailbox
from tugon.customers.errors import ContactPointInvalid
from tugon.customers.models import ContactPoint
from tugon.customers.normalising import email_address
from tugon.events.actors import Actor
from tugon.events.operations import record

from .. import policies
from ..errors import ParticipantInvalid
from ..events import ParticipantChanged
from ..models import Participant, Ticket


@transaction.atomic
def add_participant(ticket: Ticket, *, address: str, by: Actor, name: str = "") -> Participant:
    """Put somebody in copy; who was removed comes back, who waited is let in. A repeat does nothing.

    Raises NotAllowed, ParticipantInvalid for what is no address, our own, or the customer's.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    value = _other_address(ticket, address)
    row = Participant.objects.filter(ticket=ticket, address=value).first()
    if row is None:
        point = ContactPoint.objects.of_address(value).verified().select_related("customer").first()
        known = point.customer if point else None
        row = Participant(
            ticket=ticket,
            address=value,
            customer=known,
            name=name.strip()[:160] or (known.name if known else ""),
        )
    elif row.standing == Participant.Standing.CC:
        return row
    return _stand(row, Participant.Standing.CC, by)


@transaction.atomic
def confirm_participant(participant: Participant, *, by: Actor) -> Participant:
    """Let in who wrote on this ticket unasked: from now on they get what we answer. A repeat does nothing."""
    return _change(participant, Participant.Standing.CC, by)


@transaction.atomic
def remove_participant(participant: Participant, *, by: Actor) -> Participant:
    """No longer send them anything; what they wrote stays. A repeat does nothing."""
    return _change(participant, Participant.Standing.REMOVED, by)


def _change(participant: Participant, standing: str, by: Actor) -> Participant:
    ticket = Ticket.objects.locked(participant.ticket_id)
    policies.require(by, "edit", ticket)
    row = Participant.objects.get(pk=participant.pk)
    return row if row.standing == standing else _stand(row, standing, by)


def _stand(row: Participant, standing: str, by: Actor) -> Participant:
    row.standing = standing
    row.save()
    record(ParticipantChanged(ticket_id=row.ticket_id, participant_id=row.pk, standing=standing), by=by)
    return row


def _other_address(ticket: Ticket, address: str) -> str:
    try:
        value = email_address(address)
    except ContactPointInvalid:
        raise ParticipantInvalid(
            address=address.strip()[:80], reason=_("this is no e-mail address.")
        ) from None
    if value in Mailbox.objects.own_addresses():
        raise ParticipantInvalid(address=value, reason=_("it is one of our own mailboxes."))
    if ticket.customer.contact_points.of_address(value).verified().exists():
        raise ParticipantInvalid(address=value, reason=_("it belongs to the customer of this ticket."))
    return value
