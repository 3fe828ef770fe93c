"""Customers read the files on their own requests, never those on notes."""

from django.http import HttpRequest

from tugon.files.holders import Held
from tugon.tickets.models import Attachment, Message

from .identity import visitor

HOLDER = "enclosure"


def held(request: HttpRequest, pk: int) -> Held | None:
    """The attachment's file if it hangs on a message the visitor may read."""
    attachment = Attachment.objects.select_related("file", "message").filter(pk=pk, redacted_at=None).first()
    if attachment is None or attachment.message.kind == Message.Kind.NOTE:
        return None
    tickets = visitor(request).tickets().filter(pk=attachment.message.ticket_id)
    return Held(attachment.file, attachment.name) if tickets.exists() else None
