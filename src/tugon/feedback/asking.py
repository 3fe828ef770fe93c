"""When a ticket is solved, its customer is told what was done, and asked whether it is so (D1, D2).

Where the last reply solved it and has not left yet, the question stands at the foot of that letter
(`delivery/writing.py`), and no second one is sent.
"""

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.events.actors import SYSTEM, ActorKind
from tugon.events.models import Event
from tugon.intake.acknowledging import language_for
from tugon.intake.links import request_url
from tugon.lib.clock import now
from tugon.tickets.events import TicketSolved
from tugon.tickets.models import Message, Resolution, Ticket
from tugon.tickets.operations import NewMessage, send_automatic

PURPOSE = "solved"


def ask(fact: TicketSolved, event: Event) -> None:
    """Write to the customer, unless they said so themselves, a reply says it, or nobody is to be asked."""
    if event.actor_kind == ActorKind.CUSTOMER or not company.get("asks_when_solved"):
        return
    ticket = Ticket.objects.select_related("customer", "channel").get(pk=fact.ticket_id)
    if ticket.is_spam or ticket.merged_into_id or not _was_answered(ticket) or _leaves_soon(ticket):
        return
    resolution = Resolution.objects.filter(pk=fact.resolution_id or 0).first()
    send_automatic(ticket, letter(ticket, resolution), by=SYSTEM)


def letter(ticket: Ticket, resolution: Resolution | None) -> NewMessage:
    """The words in the customer's language: what was done, and how to say yes or not yet."""
    language = language_for(ticket.language, ticket.customer.language)
    with translation.override(language):
        parts = paragraphs(ticket, resolution)
    return NewMessage(
        body="\n\n".join(parts),
        body_html="".join(f"<p>{_html(part)}</p>" for part in parts),
        language=language,
        automatic=PURPOSE,
    )


def paragraphs(ticket: Ticket, resolution: Resolution | None) -> list[str]:
    """The letter in the language active now."""
    name = ticket.customer.name
    address = request_url(ticket)
    parts = [
        _("Hello {name},").format(name=name) if name else _("Hello,"),
        _("We believe that your request #{number}, “{subject}”, is solved.").format(
            number=ticket.pk, subject=ticket.subject
        ),
    ]
    if resolution is not None and resolution.done:
        parts.append(_("What was done:") + "\n" + resolution.done)
    if resolution is not None and resolution.prevention:
        parts.append(_("How to avoid it:") + "\n" + resolution.prevention)
    parts += [
        _("Is it solved? Tell us here:") + f"\n{address}?to=solution&answer=yes",
        _("If it is not, answer this letter or tell us here:") + f"\n{address}?to=solution&answer=no",
        company.get("name"),
    ]
    return parts


def _was_answered(ticket: Ticket) -> bool:
    """Whether there is anything to ask about: who was never written to is told nothing but what they asked for."""
    return ticket.message_count > 0 and ticket.customer.contact_points.filter(kind="email").exists()


def _leaves_soon(ticket: Ticket) -> bool:
    held = Message.objects.filter(
        ticket=ticket, kind=Message.Kind.OUTGOING, automatic="", release_at__gt=now()
    )
    return held.exists()


def _html(part: str) -> str:
    lines = []
    for line in escape(part).split("\n"):
        is_link = line.startswith(("http://", "https://"))
        lines.append(f'<a href="{line}">{line}</a>' if is_link else line)
    return "<br>".join(lines)
