"""A rule's letter to a customer: its words filled in, and whether it may leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.events.actors import Actor
from tugon.facts.referencing import render
from tugon.intake import acknowledging, caps
from tugon.intake.links import request_url
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import send_automatic
from tugon.tickets.operations.opening import NewMessage

from . import reaching

if TYPE_CHECKING:
    from .actions.model import Left

_MARK = re.compile(r"\{(\w+)\}")


def send(
    ticket: Ticket,
    *,
    message: Message | None,
    texts: Mapping[str, str],
    template: str,
    acknowledges: bool,
    rule_id: int,
    by: Actor,
) -> Left | None:
    """Write to the ticket's customer, if a machine may: what a person is told, and where to, as acknowledgements do.

    None when it leaves; otherwise why not, in words.
    """
    from .actions.model import Left

    ticket = Ticket.objects.select_related("customer", "channel").get(pk=ticket.pk)
    message = message if message is not None and message.kind == Message.Kind.INCOMING else _last(ticket)
    person = (message.envelope.get("from") or {}) if message else {}
    address = str(person.get("address", ""))
    if message is None or message.automatic or not message.envelope.get("may_answer", True):
        return Left(_("a machine wrote, or nobody; machines are not answered."), is_failure=False)
    if "@" not in address or ticket.is_spam:
        return Left(_("there is no address to write to."), is_failure=False)
    purpose = acknowledging.PURPOSE if acknowledges else f"rule:{rule_id}"
    if Message.objects.filter(ticket=ticket, automatic=purpose).exists():
        return Left(_("this was written on this ticket already."), is_failure=False)
    refused = caps.claim(address, ticket=ticket, purpose=purpose)
    if refused is not None:
        return Left(_("the limit on automatic mail holds it ({cap}).").format(cap=refused), is_failure=False)
    letter = _letter(ticket, message, person, texts, template)
    if letter is None:
        return Left(_("there is no reply template {name}.").format(name=template))
    send_automatic(ticket, _addressed(letter, purpose, person), by=by)
    return None


def unknown(text: str) -> list[str]:
    """Names in braces that no letter knows."""
    return [name for name in _MARK.findall(text) if name not in PARTS]


def fill(text: str, ticket: Ticket, message: Message | None, *, name: str, language: str) -> str:
    """The words with what stands in braces filled in, and stated facts. Empty parts leave no empty paragraph."""
    with translation.override(language):
        filled = _MARK.sub(
            lambda mark: PARTS[mark[1]](ticket, message, name) if mark[1] in PARTS else mark[0], text
        )
    return re.sub(r"\n{3,}", "\n\n", render(filled, language)).strip()


def html_of(text: str) -> str:
    """Paragraphs; addresses become links."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{_html(part)}</p>" for part in parts)


def _html(part: str) -> str:
    lines = [escape(line) for line in part.split("\n")]
    linked = [
        f'<a href="{line}">{line}</a>' if line.startswith(("http://", "https://")) else line for line in lines
    ]
    return "<br>".join(linked)


def _letter(
    ticket: Ticket, message: Message, person: Mapping[str, str], texts: Mapping[str, str], template: str
) -> NewMessage | None:
    if template:
        return reaching.template_letter(template, ticket=ticket, extra={})
    language = acknowledging.language_for(ticket.language, message.language)
    text = texts.get(language) or texts.get(company.get("language")) or next(iter(texts.values()))
    name = str(person.get("name", "")) or ticket.customer.name
    body = fill(text, ticket, message, name=name, language=language)
    return NewMessage(body=body, body_html=html_of(body), language=language)


def _addressed(letter: NewMessage, purpose: str, person: Mapping[str, str]) -> NewMessage:
    return NewMessage(
        body=letter.body,
        body_html=letter.body_html,
        language=letter.language,
        automatic=purpose,
        envelope={**letter.envelope, "to": [dict(person)], "cc": []},
        files=letter.files,
    )


def _last(ticket: Ticket) -> Message | None:
    rows = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING, automatic="")
    return rows.select_related("channel").order_by("-created_at", "-id").first()


def _articles(ticket: Ticket, message: Message | None, _name: str) -> str:
    if message is None:
        return ""
    message.ticket = ticket
    found = acknowledging.answers_to(message, translation.get_language() or "en")
    lines = [line for title, address in found for line in (f"• {title}", address)]
    return "\n".join([_("Perhaps this helps while you wait:"), *lines]) if lines else ""


Part = Callable[[Ticket, Message | None, str], str]
PARTS: Mapping[str, Part] = {
    "greeting": lambda ticket, message, name: _("Hello {name},").format(name=name) if name else _("Hello,"),
    "name": lambda ticket, message, name: name,
    "number": lambda ticket, message, name: f"#{ticket.pk}",
    "subject": lambda ticket, message, name: ticket.subject,
    "promise": lambda ticket, message, name: acknowledging.promise(ticket),
    "articles": _articles,
    "link": lambda ticket, message, name: request_url(ticket),
    "company": lambda ticket, message, name: str(company.get("name")),
}
"""What a letter may name in braces."""
