"""A letter's words, files and envelope as the message that goes on a ticket."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tugon.channels.email.parsing.model import Attachment, ParsedMail
from tugon.files import operations as files
from tugon.tickets.operations.opening import NewFile, NewMessage

from .identity import Self
from .models import Received
from .steps import content, machines, people
from .steps.people import Author


def message_of(
    mail: ParsedMail,
    received: Received,
    *,
    self_: Self,
    author: Author,
    extra: Mapping[str, Any],
    is_known: bool,
) -> NewMessage:
    """The message with its files kept. extra: more for the envelope. is_known: the author is on the ticket by right."""
    more = {"received": received.pk, **extra}
    if people.is_blind_copy(mail, self_=self_):
        more["blind_copy"] = True
    message = NewMessage(
        **content.words(mail),
        language=mail.language or "",
        automatic=machines.label(mail, is_known_person=is_known),
        envelope=content.envelope(mail, author, extra=more),
        sent_at=mail.date,
        keys=(received.letter_id,),
        files=[keep(one) for one in mail.attachments],
    )
    if author.forwarded_by and mail.forwarded and mail.forwarded.text.strip():
        return replace(
            message,
            body=mail.forwarded.text.strip("\n"),
            body_html="",
            full_text=mail.text,
            full_html=mail.html,
        )
    return message


def keep(file: Attachment) -> NewFile:
    """Keep the bytes of one attachment."""
    row = files.store(file.content, claimed_type=file.detected or file.type, name=file.name)
    return NewFile(row, files.safe_name(file.name), content_id=file.content_id, is_inline=file.inline)
