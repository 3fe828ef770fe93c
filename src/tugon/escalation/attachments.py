"""Agents read the files on letters of departments, where they see the ticket. Nobody else has a way to them."""

from django.http import HttpRequest

from tugon.accounts.models import Agent
from tugon.files.holders import Held
from tugon.tickets.models import Ticket

from .models import InquiryFile

HOLDER = "inquiry"


def held(request: HttpRequest, pk: int) -> Held | None:
    """The file if an agent asks who may see the ticket."""
    if not isinstance(request.user, Agent):
        return None
    row = (
        InquiryFile.objects.select_related("file", "letter__inquiry")
        .filter(pk=pk, file__redacted_at=None)
        .first()
    )
    if row is None:
        return None
    tickets = Ticket.objects.visible_to(request.user).filter(pk=row.letter.inquiry.ticket_id)
    return Held(row.file, row.name) if tickets.exists() else None
