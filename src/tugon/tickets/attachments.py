"""Agents read the files on messages of tickets they see. (Customers read theirs through the portal's own holder.)"""

from django.http import HttpRequest

from tugon.files.holders import Held

from .models import Attachment, Ticket


def held(request: HttpRequest, pk: int) -> Held | None:
    """The attachment's file if an agent asks who may see its ticket."""
    attachment = Attachment.objects.select_related("file", "message").filter(pk=pk, redacted_at=None).first()
    if attachment is None or not request.user.is_authenticated:
        return None
    tickets = Ticket.objects.visible_to(request.user).filter(pk=attachment.message.ticket_id)
    return Held(attachment.file, attachment.name) if tickets.exists() else None
