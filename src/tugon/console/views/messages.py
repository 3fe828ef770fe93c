"""One message: everything it said, how it came, and its source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tugon.delivery.models import Delivery
from tugon.intake.models import Payload
from tugon.pages.formats import linebreaks
from tugon.pages.render import page
from tugon.tickets.display import shown_html
from tugon.tickets.models import Message, Ticket

from ..access import agents_only, find_ticket
from ..queues import column

SHOWN = 60_000
"""Bytes of the source that a page shows."""


@require_GET
@agents_only
def whole(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """The full text with quotes and signature, as a piece of the timeline."""
    message = _find(find_ticket(request, number), message_id)
    html = shown_html(message, holder="attachment", whole=True)
    return HttpResponse(html or linebreaks(message.full_text or message.body))


@require_GET
@agents_only
def source(request: HttpRequest, number: int, message_id: int) -> HttpResponse:
    """Who wrote it to whom, how it was delivered, its whole text and its source; split and redaction start here."""
    ticket = find_ticket(request, number)
    message = _find(ticket, message_id)
    payload = Payload.objects.filter(received__message=message).first()
    raw = bytes(payload.content[:SHOWN]) if payload else b""
    context = {
        "screen": "page",
        "ticket": ticket,
        "message": message,
        "about": _about(message),
        "html": shown_html(message, holder="attachment", whole=True),
        "text": message.full_text or message.body,
        "attachments": list(message.attachments.all()),
        "deliveries": list(Delivery.objects.filter(message=message)),
        "source": raw.decode("utf-8", "replace"),
        "source_is_cut": bool(payload) and len(raw) == SHOWN,
        **column(request),
    }
    return page(request, "console/message.html", context)


def _find(ticket: Ticket, pk: int) -> Message:
    return get_object_or_404(Message.objects.for_timeline(), pk=pk, ticket=ticket)


def _about(message: Message) -> list[tuple[str, object]]:
    envelope = message.envelope
    verdict = envelope.get("authentication") or {}
    return [
        (_("From"), _line(envelope.get("from"))),
        (_("To"), _line(envelope.get("to"))),
        (_("Copy to"), _line(envelope.get("cc"))),
        (_("Reply to"), _line(envelope.get("reply_to"))),
        (_("Subject"), envelope.get("subject", "")),
        ("Message-ID", ", ".join(message.keys.values_list("value", flat=True))),
        (_("Came by"), str(message.channel) if message.channel else ""),
        (_("Language"), message.language),
        (
            _("Sender checked"),
            ", ".join(f"{name.upper()} {value}" for name, value in verdict.items() if isinstance(value, str)),
        ),
    ]


def _line(value: object) -> str:
    """Persons of an envelope: one or several {"name", "address"}, or plain addresses."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_line, value)))
    if isinstance(value, dict):
        name, address = value.get("name") or "", value.get("address") or ""
        return f"{name} <{address}>" if name and address else str(name or address)
    return str(value or "")
