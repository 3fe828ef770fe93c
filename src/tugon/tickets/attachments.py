"""Who may read the files on messages: agents who see the ticket, and the customer whose ticket it is."""

from django.http import HttpRequest

from tugon.files.holders import Held

from .models import Attachment, Message, Ticket


def held(request: HttpRequest, pk: int) -> Held | None:
    """The attachment's file if the asker may see its ticket; customers never see those on notes."""
    attachment = Attachment.objects.select_related("file", "message").filter(pk=pk, redacted_at=None).first()
    if attachment is None:
        return None
    tickets = Ticket.objects.filter(pk=attachment.message.ticket_id)
    if request.user.is_authenticated and tickets.visible_to(request.user).exists():
        return Held(attachment.file, attachment.name)
    customer_id = request.session.get("customer_id")
    is_theirs = customer_id and tickets.filter(customer_id=customer_id, is_spam=False).exists()
    if is_theirs and attachment.message.kind != Message.Kind.NOTE:
        return Held(attachment.file, attachment.name)
    return None
