"""Reports about letters of ours: bounces, delays, complaints. Told as a fact; delivery puts them on the message."""

from django.utils.translation import gettext as _

from tugon.channels.email.addresses import ticket_behind
from tugon.channels.email.parsing.model import ParsedMail
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.tickets.models import MessageKey, Ticket

from .events import BounceReceived
from .models import Received
from .outcomes import Outcome, set_aside
from .steps import people
from .steps.machines import Report
from .steps.verdicts import Ignore


def reported(received: Received, mail: ParsedMail, report: Report) -> Outcome:
    """Tell of a report. It is on the ticket of the letter it is about; about no letter of ours, it is ignored."""
    rows = MessageKey.objects.filter(value__in=report.letter_ids).select_related("ticket")
    found = {row.value: row for row in rows}
    ours = next((found[one] for one in report.letter_ids if one in found), None)
    ticket = ours.ticket if ours else _ticket_addressed(received, mail)
    received.envelope = {**received.envelope, "report": list(report.recipients)}
    record(
        BounceReceived(
            received_id=received.pk,
            kind=report.kind,
            permanent=report.permanent,
            message_id=ours.message_id if ours else None,
            ticket_id=ticket.pk if ticket else None,
        ),
        by=SYSTEM,
    )
    if ticket is None:
        return set_aside(Ignore(_("A report about a letter that Tugon did not send.")))
    words = _("A report about our letter: {kind}.").format(kind=report.kind)
    return Outcome(Received.State.TICKETED, words, ticket, ours.message_id if ours else None)


def _ticket_addressed(received: Received, mail: ParsedMail) -> Ticket | None:
    sent_to = people.addressed(mail, received.envelope.get("to", []))
    number = next(filter(None, map(ticket_behind, sent_to)), None)
    return Ticket.objects.filter(pk=number).first() if number else None
