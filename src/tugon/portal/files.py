"""Customers read the files on their own requests: never those on notes, nor on replies that can still be taken back."""

from django.http import HttpRequest

from tugon.files.holders import Held
from tugon.tickets.models import Attachment

from .conversation import HOLDER, readable
from .identity import visitor

__all__ = ["HOLDER", "held"]


def held(request: HttpRequest, pk: int) -> Held | None:
    """The attachment's file if it hangs on a message the visitor may read. Three queries at most."""
    attachment = Attachment.objects.select_related("file", "message").filter(pk=pk, redacted_at=None).first()
    if attachment is None:
        return None
    ticket = visitor(request).tickets().filter(pk=attachment.message.ticket_id).first()
    if ticket is None or not readable(ticket).filter(pk=attachment.message_id).exists():
        return None
    return Held(attachment.file, attachment.name)
