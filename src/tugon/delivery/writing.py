"""A ticket's message as the letter that leaves: reads the rows, and gives `channels.email.compose` its values."""

import re
from dataclasses import replace
from datetime import UTC, tzinfo

from babel import Locale, UnknownLocaleError, dates
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.channels.email.addresses import reply_address
from tugon.channels.email.compose import compose
from tugon.channels.email.letters import File, Foot, Letter, Person, Quote
from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.facts.referencing import render
from tugon.files import operations as files
from tugon.intake.acknowledging import language_for
from tugon.intake.identity import instance
from tugon.intake.links import request_url
from tugon.lib.clock import now
from tugon.tickets.models import Message, MessageKey, Status, Ticket

from .models import Delivery, Outgoing
from .recipients import answered_by

_PREFIX = re.compile(r"^\s*(?:(?:re|aw|sv|vs|antw|odp|ynt|rif|res)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_TOKEN = re.compile(r"\s*\[#\d+\]")


def write_letter(message: Message, mailbox: Mailbox, deliveries: list[Delivery]) -> Outgoing:
    """Compose the letter of an outgoing message and keep it with its Message-ID, by which answers find the ticket."""
    letter = letter_of(message, mailbox, deliveries)
    MessageKey.objects.get_or_create(
        message=message, value=letter.message_id, defaults={"ticket_id": message.ticket_id}
    )
    return Outgoing.objects.create(
        message=message,
        mailbox=mailbox,
        letter_id=letter.message_id,
        subject=letter.subject[:500],
        return_address=return_address(message, mailbox),
        raw=compose(letter),
    )


def letter_of(message: Message, mailbox: Mailbox, deliveries: list[Delivery]) -> Letter:
    """The values of the letter, in the customer's language."""
    ticket = message.ticket
    language = language_for(message.language, ticket.language, ticket.customer.language)
    answered = answered_by(message)
    thread = _thread(message)
    with translation.override(language):
        letter = Letter(
            from_=Person(mailbox.address, from_name(message.agent, mailbox)),
            to=_persons(deliveries, Delivery.Role.TO),
            cc=_persons(deliveries, Delivery.Role.CC),
            reply_to=_reply_to(message, mailbox),
            subject=subject_of(message, answered, is_answer=bool(thread)),
            text=message.body,
            html=message.body_html,
            message_id=new_message_id(mailbox, message.pk),
            in_reply_to=_answered_id(answered, thread),
            references=thread,
            date=now(),
            language=language,
            automatic="auto-replied" if message.automatic else "",
            instance=instance(),
            loop=f"{ticket.pk}.{message.pk}" if message.automatic else "",
            files=_files(message),
        )
        if message.automatic:
            return letter
        return replace(
            letter,
            signature=signature(message.agent, mailbox, language),
            quote=_quote(answered, language) if answered else None,
            foot=_foot(ticket),
        )


def _foot(ticket: Ticket) -> Foot:
    """Where to see the request; once it is solved, where to say so."""
    if ticket.status == Status.SOLVED and company.get("asks_when_solved"):
        return Foot(
            _("We believe that request #{number} is solved.").format(number=ticket.pk),
            f"{request_url(ticket)}?to=solution&answer=yes",
            _("Tell us whether it is"),
        )
    return Foot(
        _("Request #{number}.").format(number=ticket.pk), request_url(ticket), _("See all of it online")
    )


def subject_of(message: Message, answered: Message | None, *, is_answer: bool) -> str:
    """The subject last used by the customer, with our number once. `Re:` where something is answered by mail."""
    said = (answered.envelope.get("subject") if answered else "") or message.ticket.subject
    plain = _TOKEN.sub("", _PREFIX.sub("", str(said))).strip() or message.ticket.subject
    token = f"[#{message.ticket_id}]"
    return f"Re: {plain} {token}" if is_answer else f"{plain} {token}"


def return_address(message: Message, mailbox: Mailbox) -> str:
    """Where reports about this letter are sent. Signed where the server knows +tags and does not bind the account to
    one plain name, as those that sign in by OAuth do.
    """
    if mailbox.has_plus_addressing and mailbox.sign_in == Mailbox.Sign.PASSWORD:
        return reply_address(mailbox.address, message.ticket_id)
    return mailbox.address


def new_message_id(mailbox: Mailbox, number: int) -> str:
    """A Message-ID on the mailbox's domain, never the same twice."""
    from secrets import token_hex

    return f"<tugon.{number}.{token_hex(10)}@{mailbox.address.rpartition('@')[2]}>"


def _persons(deliveries: list[Delivery], role: str) -> tuple[Person, ...]:
    return tuple(Person(row.recipient, row.recipient_name) for row in deliveries if row.role == role)


def from_name(agent: Agent | None, mailbox: Mailbox) -> str:
    """What stands before the address: the agent by way of the company, as the mailbox says; without one the company."""
    name = company.get("name")
    pattern = mailbox.display_name or ("{agent} via {company}" if agent else "{company}")
    if agent is None:
        pattern = (
            pattern.replace("{agent} via ", "").replace("{agent} at ", "").replace("{agent}", "{company}")
        )
    shown = agent.shown_name if agent else ""
    return pattern.replace("{agent}", shown).replace("{company}", name)


def _reply_to(message: Message, mailbox: Mailbox) -> Person | None:
    if not mailbox.has_plus_addressing:
        return None
    return Person(reply_address(mailbox.address, message.ticket_id), company.get("name"))


def _thread(message: Message) -> tuple[str, ...]:
    """The ids of everything said before on this ticket by mail, oldest first."""
    rows = (
        MessageKey.objects.filter(
            message__ticket_id=message.ticket_id, message__created_at__lte=message.created_at
        )
        .exclude(message=message)
        .exclude(message__kind=Message.Kind.NOTE)
        .exclude(message__envelope__contains={"from_stranger": True})
        .order_by("message__created_at", "message_id", "id")
        .values_list("value", flat=True)
    )
    return tuple(value for value in rows if not value.endswith("@missing-id.invalid>"))


def _answered_id(answered: Message | None, thread: tuple[str, ...]) -> str:
    if answered is not None:
        for value in answered.keys.order_by("id").values_list("value", flat=True):
            if value in thread:
                return value
    return thread[-1] if thread else ""


def signature(agent: Agent | None, mailbox: Mailbox, language: str) -> str:
    """What stands below the words."""
    text = render(mailbox.signatures.get(language) or mailbox.signatures.get("en") or "", language)
    shown = agent.shown_name if agent else company.get("name")
    return str(text).replace("{agent}", shown).replace("{company}", company.get("name"))


def _quote(answered: Message, language: str) -> Quote | None:
    if not answered.body.strip() or answered.redacted_at:
        return None
    name = answered.customer.shown_name if answered.customer else ""
    line = _("On {moment}, {name} wrote:").format(moment=moment_in_words(answered, language), name=name)
    return Quote(line, answered.body)


def moment_in_words(message: Message, language: str) -> str:
    """When it was written, in its writer's zone."""
    moment = dates.format_datetime(
        message.sent_at or message.created_at, "medium", tzinfo=_zone(message), locale=_locale(language)
    )
    return moment.replace("\u202f", " ")


def _zone(answered: Message) -> tzinfo:
    zone = (answered.customer.time_zone if answered.customer else "") or company.get("zone")
    try:
        return dates.get_timezone(zone)
    except LookupError:
        return UTC


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _files(message: Message) -> tuple[File, ...]:
    found = []
    for row in message.attachments.select_related("file").filter(redacted_at=None, file__redacted_at=None):
        with files.read(row.file) as opened:
            content_id = row.content_id if row.is_inline else ""
            found.append(File(row.name, row.file.media_type, opened.read(), content_id=content_id))
    return tuple(found)
