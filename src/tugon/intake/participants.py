"""Other people on a ticket by mail: in copy because they were addressed, or waiting because they wrote unasked."""

from collections.abc import Iterable

from tugon.channels.email.parsing.model import Address
from tugon.customers.models import Customer
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.tickets.events import ParticipantChanged, TicketLinked
from tugon.tickets.models import Participant, Ticket, TicketLink

from .steps.people import Author


def add_copied(ticket: Ticket, copied: Iterable[Address], *, by: Actor) -> None:
    """Put who was addressed in copy, each with a line on the timeline; who is on the ticket stays as they are."""
    wanted = {person.address.lower(): person.name[:160] for person in copied}
    if not wanted:
        return
    there = set(
        Participant.objects.filter(ticket=ticket, address__in=wanted).values_list("address", flat=True)
    )
    for address, name in wanted.items():
        if address not in there:
            row = Participant.objects.create(ticket=ticket, address=address, name=name)
            record(
                ParticipantChanged(ticket_id=ticket.pk, participant_id=row.pk, standing=row.standing), by=by
            )


def let_wait(ticket: Ticket, author: Author, *, customer: Customer) -> None:
    """A stranger wrote on this ticket: visible to agents and flagged, until somebody lets them in.

    A repeat does nothing.
    """
    row, created = Participant.objects.get_or_create(
        ticket=ticket,
        address=author.address,
        defaults={
            "name": author.name[:160],
            "customer": customer,
            "standing": Participant.Standing.PENDING,
        },
    )
    if created:
        record(
            ParticipantChanged(ticket_id=ticket.pk, participant_id=row.pk, standing=row.standing), by=SYSTEM
        )


def link(ticket: Ticket, to_id: int) -> None:
    """Say that a new ticket goes on from one closed long ago."""
    _row, created = TicketLink.objects.get_or_create(
        source=ticket, target_id=to_id, kind=TicketLink.Kind.RELATED
    )
    if created:
        record(TicketLinked(ticket_id=ticket.pk, other_id=to_id, kind=TicketLink.Kind.RELATED), by=SYSTEM)
