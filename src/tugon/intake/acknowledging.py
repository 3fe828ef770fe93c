"""The acknowledgement: at once, in the person's language, what arrived and when an answer comes (C3, A6).

A reaction on TicketOpened. It stands after the reaction that sets the ticket's promise, so that it can name it. Never
to machines, never twice, within the caps.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugon.company import settings as company
from tugon.customers.models import CustomField
from tugon.events.actors import SYSTEM, ActorKind
from tugon.events.models import Event
from tugon.lib.moments import promise_in_words
from tugon.tickets.events import TicketOpened
from tugon.tickets.models import Attachment, Message, Ticket
from tugon.tickets.models.ticket import Side
from tugon.tickets.operations import send_automatic
from tugon.tickets.operations.opening import NewMessage

from . import caps
from .links import request_url

logger = logging.getLogger(__name__)

PURPOSE = "acknowledgement"

_READ = [
    "kind",
    "automatic",
    "envelope",
    "channel__acknowledges",
    "channel__language",
    "ticket__customer__time_zone",
]
_READ += [
    f"ticket__{name}"
    for name in ("subject", "side", "fields", "language", "is_spam", "due_at", "customer_id")
]
_FILES = (
    Attachment.objects.filter(message=OuterRef("pk"), is_inline=False)
    .order_by()
    .values("message")
    .annotate(number=Count("pk"))
    .values("number")
)


Answers = Callable[[str, str], Sequence[tuple[str, str]]]
"""(what was written, language) → titles and whole addresses of public pages that may answer it, best first."""

_provided: list[Answers] = []


def provide_answers(answers: Answers) -> None:
    """Set who is asked what may help while the person waits. The last one counts."""
    _provided[:] = [answers]


def acknowledge(fact: TicketOpened, event: Event) -> None:
    """Tell the person that the request arrived. Does nothing where a machine wrote, or where nobody should be told."""
    if fact.is_silent or fact.message_id is None or event.actor_kind == ActorKind.AGENT:
        return
    message, files = _read(fact.message_id, event)
    person = message.envelope.get("from") or {}
    if not is_wanted(message) or "@" not in person.get("address", ""):
        return
    if caps.claim(person["address"], ticket=message.ticket, purpose=PURPOSE) is None:
        send_automatic(message.ticket, letter(message, person, files=files), by=SYSTEM)


def _read(message_id: int, event: Event) -> tuple[Message, int]:
    """The message with its ticket, person and channel, and how many files it brought."""
    message = event.at_hand.get("message")
    if message is not None:
        return message, sum(not one.is_inline for one in event.at_hand["files"])
    message = (
        Message.objects.select_related("ticket__customer", "channel")
        .only(*_READ)
        .annotate(files=Subquery(_FILES))
        .get(pk=message_id)
    )
    return message, message.files or 0


def is_wanted(message: Message) -> bool:
    """Whether this message's channel acknowledges and its sender may be answered by a machine."""
    channel = message.channel
    if channel is None or not channel.acknowledges or message.ticket.is_spam or message.automatic:
        return False
    return bool(message.envelope.get("may_answer", True)) and message.kind == Message.Kind.INCOMING


def letter(message: Message, person: dict[str, str], *, files: int) -> NewMessage:
    """The words, in the language of the request where the company offers it."""
    ticket = message.ticket
    language = language_for(ticket.language, message.channel.language if message.channel else "")
    with translation.override(language):
        parts = paragraphs(
            ticket, name=person.get("name", ""), files=files, answers=answers_to(message, language)
        )
    return NewMessage(
        body="\n\n".join(parts),
        body_html="".join(f"<p>{_html(part)}</p>" for part in parts),
        language=language,
        automatic=PURPOSE,
        envelope={"to": [person], "cc": []},
    )


def language_for(*wanted: str) -> str:
    """The first language wanted that the company offers; its own where none is."""
    offered = company.get("languages")
    for code in wanted:
        short = "fil" if code in ("tl", "fil") else code.partition("-")[0]
        if short in offered:
            return short
    return company.get("language")


def answers_to(message: Message, language: str) -> Sequence[tuple[str, str]]:
    """What may help, for who wrote a mail: beside a form it was shown already. None where asking fails: the letter
    leaves all the same."""
    channel = message.channel
    if not _provided or channel is None or channel.kind == "form" or not company.get("suggests_in_letters"):
        return ()
    try:
        with transaction.atomic():
            return _provided[0](f"{message.ticket.subject}\n{message.body}", language)
    except Exception:
        logger.exception("No answers for the acknowledgement of #%s", message.ticket_id)
        return ()


def paragraphs(
    ticket: Ticket, *, name: str, files: int, answers: Sequence[tuple[str, str]] = ()
) -> list[str]:
    """The letter in the language active now."""
    greeting = _("Hello {name},").format(name=name) if name else _("Hello,")
    return [
        greeting,
        _("We have received your request. Its number is #{number}.").format(number=ticket.pk),
        "\n".join([_("What we understood:"), *(f"• {line}" for line in understood(ticket, files=files))]),
        promise(ticket),
        *_helping(answers),
        _("To add something, answer this letter: your words and files go to the same request."),
        _("You can follow your request here:") + "\n" + request_url(ticket),
        company.get("name"),
    ]


def _helping(answers: Sequence[tuple[str, str]]) -> list[str]:
    lines = [line for title, address in answers for line in (f"• {title}", address)]
    return ["\n".join([_("Perhaps this helps while you wait:"), *lines])] if lines else []


def understood(ticket: Ticket, *, files: int) -> list[str]:
    """What the request says as we read it: subject, side, answered fields, number of files."""
    lines = [_("Subject: {subject}").format(subject=ticket.subject)]
    if ticket.side:
        lines.append(_("Where the problem lies: {side}").format(side=Side(ticket.side).label))
    lines += _field_lines(ticket.fields)
    if files:
        lines.append(ngettext("{n} file", "{n} files", files).format(n=files))
    return lines


def promise(ticket: Ticket) -> str:
    """When an answer comes, in words; an honest shrug where nothing is promised."""
    if ticket.due_at is None:
        return _("We will answer as soon as we can.")
    zone = ticket.customer.time_zone or company.get("zone")
    language = translation.get_language() or "en"
    moment = promise_in_words(ticket.due_at, language=language, zone=zone, in_letter=True)
    return _("We expect to answer {moment}.").format(moment=moment)


def _field_lines(values: dict[str, Any]) -> list[str]:
    if not values:
        return []
    language = translation.get_language() or "en"
    rows = CustomField.objects.filter(on="ticket", key__in=values, shown_to_customer=True, archived_at=None)
    return [
        f"{row.name_in(language)}: {_shown(row, values[row.key], language)}"
        for row in rows
        if values[row.key]
    ]


def _shown(field: CustomField, value: Any, language: str) -> str:
    names = {str(one["key"]): one.get("names", {}) for one in field.choices}
    items = value if isinstance(value, list) else [value]
    shown = [
        names.get(str(item), {}).get(language) or names.get(str(item), {}).get("en") or str(item)
        for item in items
    ]
    return ", ".join(shown)[:300]


def _html(part: str) -> str:
    lines = [escape(line) for line in part.split("\n")]
    linked = [f'<a href="{line}">{line}</a>' if line.startswith("http") else line for line in lines]
    return "<br>".join(linked)
