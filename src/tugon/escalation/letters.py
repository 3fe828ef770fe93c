"""What Tugon itself says when a ticket is escalated: to the customer, to a department, to who is on call."""

from dataclasses import replace

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.customers.models import ContactPoint
from tugon.events.actors import Actor
from tugon.intake import caps
from tugon.intake.acknowledging import language_for
from tugon.templates import automatic
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import NewMessage, send_automatic

from .models import Department, Level, PageCall
from .models.levels import in_language

TOLD_CUSTOMER = "escalation.told_customer"
"""The key of the letter, whose words a company may replace by a template."""
ASKS_OUTSIDE = "escalation.outside"
"""The key of the letter by which a level asks a department by itself."""
PURPOSE = "escalated"
"""By which the letter is counted and shown."""


def tell_customer(ticket: Ticket, level: Level, *, by: Actor) -> bool:
    """Write to the customer that somebody senior looks at it, unless a machine wrote, no address is known or the caps
    are reached. Returns whether a letter leaves.
    """
    person = _person(ticket)
    if person is None or caps.claim(person["address"], ticket=ticket, purpose=PURPOSE):
        return False
    language = language_for(ticket.language, ticket.customer.language)
    extra = {"level": level.name_in(language), "new_moment": ticket.due_at}
    letter = automatic.letter(TOLD_CUSTOMER, ticket=ticket, extra=extra)
    envelope = {**letter.envelope, "to": [person], "cc": []}
    send_automatic(ticket, replace(letter, automatic=PURPOSE, envelope=envelope), by=by)
    return True


def question(level: Level, department: Department, ticket: Ticket, *, note: str = "") -> NewMessage:
    """What the department is asked when the level asks by itself, in the department's language. note: the hand-over."""
    language = department.language
    with translation.override(language):
        asked = in_language(level.questions, language) or _(
            "Please look at the request and tell us what we can answer, and by when."
        )
    extra = {"department": department.name_in(language), "question": asked, "handover": note}
    letter = automatic.letter(ASKS_OUTSIDE, ticket=ticket, extra=extra, language=language)
    return replace(letter, automatic="", envelope={})


def newest_said(ticket: Ticket) -> list[int]:
    """The customer's newest message, which a question that asks itself quotes: never more."""
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, automatic="", redacted_at=None)
    ours = said.exclude(envelope__contains={"from_stranger": True})
    return list(ours.order_by("-created_at", "-pk").values_list("pk", flat=True)[:1])


def send_page(call: PageCall) -> None:
    """Mail one call to its paging address: short enough for a phone, with the link that says: I have it."""
    ticket, agent = call.page.ticket, call.agent
    address = f"{settings.BASE_URL}{reverse('console:page', args=[call.page_id])}"
    with translation.override(agent.language):
        level = call.page.level.name_in(agent.language) if call.page.level else call.page.rota.name
        subject = _("Page: #{number} {level}").format(number=ticket.pk, level=level)
        body = "\n\n".join(
            [
                _("You are on call. #{number} needs you: {subject}").format(
                    number=ticket.pk, subject=ticket.subject
                ),
                _("Say that you have it, or the next person is called:") + f"\n{address}",
            ]
        )
    EmailMessage(
        " ".join(subject.split()), body, None, [call.address], headers={"X-Tugon-Purpose": "page"}
    ).send()


def _person(ticket: Ticket) -> dict[str, str] | None:
    """Whom to write to: who wrote last, by the address that person wrote from. None for machines and the unknown."""
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, customer=ticket.customer_id)
    last = said.order_by("-created_at", "-pk").first()
    if last is not None and (last.automatic or not last.envelope.get("may_answer", True)):
        return None
    person = (last.envelope.get("from") if last else None) or {}
    if "@" in str(person.get("address", "")):
        return {"name": str(person.get("name") or ""), "address": str(person["address"])}
    point = ContactPoint.objects.filter(customer=ticket.customer_id, kind="email").first()
    return {"name": ticket.customer.name, "address": point.value} if point else None
