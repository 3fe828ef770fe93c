from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.files import operations as files
from tugon.files.models import StoredFile

from .. import policies
from ..events import TicketDeleted
from ..models import Attachment, Ticket


@transaction.atomic
def delete(ticket: Ticket, *, by: Actor) -> None:
    """Remove the ticket, its messages and the shells merged into it for good; files too, unless others hold them.

    The ledger keeps its line, so that the mail server does not bring the letter back. A repeat does nothing.
    """
    row = Ticket.objects.select_for_update(of=("self",)).filter(pk=ticket.pk).first()
    if row is None:
        return
    policies.require(by, "delete", row)
    doomed = _with_shells(row)
    held = list(
        Attachment.objects.filter(message__ticket__in=doomed).values_list("file_id", flat=True).distinct()
    )
    for one in doomed:
        record(TicketDeleted(ticket_id=one.pk, customer_id=one.customer_id), by=by)
    for one in reversed(doomed):
        one.delete()
    transaction.on_commit(lambda: _remove_unheld(held), robust=True)


def _with_shells(ticket: Ticket) -> list[Ticket]:
    """The ticket and what was merged into it, however many steps away; those merged last come last."""
    found = [ticket]
    for one in found:
        found += Ticket.objects.filter(merged_into=one)
    return found


def _remove_unheld(ids: list[int]) -> None:
    for file in StoredFile.objects.filter(pk__in=ids, attachments=None, uploads=None, redacted_at=None):
        files.redact(file)
