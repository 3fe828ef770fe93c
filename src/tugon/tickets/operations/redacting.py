"""Removing for good what should never have been sent: passwords, card numbers, faces. The trace stays.

The raw letter in the intake ledger goes too: intake reacts to the facts. So does the search's copy of the words.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.files import operations as files
from tugon.files.models import StoredFile, Upload
from tugon.lib.clock import now
from tugon.lib.html import to_text

from .. import policies
from ..errors import WordsNotFound
from ..events import AttachmentRedacted, MessageRedacted
from ..models import Attachment, Draft, Message, Ticket
from .recounting import recount

MARK = "█████"
"""Stands where words were: always as long, so that it tells nothing."""

PLAIN = ("body", "full_text")
HTML = ("body_html", "full_html")


@transaction.atomic
def redact_message(message: Message, *, by: Actor, words: str = "", reason: str = "") -> Message:
    """Remove words from a message wherever they stand in it, or the whole message with its files without `words`.

    Letter case and line breaks do not matter. Raises NotAllowed, WordsNotFound.
    """
    ticket = Ticket.objects.locked(message.ticket_id)
    policies.require(by, "redact", ticket)
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if words.strip():
        if not _remove(message, words):
            raise WordsNotFound
    else:
        for item in message.attachments.filter(redacted_at=None):
            _remove_file(item, ticket, reason, by)
        _empty(message)
    _finish(ticket, message, words, reason, by)
    return message


@transaction.atomic
def redact_words(ticket: Ticket, *, words: str, by: Actor, reason: str = "") -> int:
    """Remove words from every message of the ticket, quotes too. Returns from how many. Raises as `redact_message`."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "redact", ticket)
    touched = [message for message in ticket.messages.all() if words.strip() and _remove(message, words)]
    if not touched:
        raise WordsNotFound
    for message in touched:
        _finish(ticket, message, words, reason, by)
    return len(touched)


@transaction.atomic
def redact_attachment(attachment: Attachment, *, by: Actor, reason: str = "") -> Attachment:
    """Remove a file; its bytes go for good unless another message holds the same file. A repeat does nothing."""
    ticket = Ticket.objects.locked(attachment.message.ticket_id)
    policies.require(by, "redact", ticket)
    item = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if item.redacted_at is None:
        _remove_file(item, ticket, reason, by)
    return item


def remove_unheld_files(only: Collection[int] | None = None) -> int:
    """Delete the bytes of files of which every attachment was redacted. Returns how many.

    only: ids of files to look at; all, where a stopped process may have left something, if None.
    """
    held = Attachment.objects.filter(file=OuterRef("pk"))
    rows = StoredFile.objects.filter(
        Exists(held.exclude(redacted_at=None)),
        ~Exists(held.filter(redacted_at=None)),
        ~Exists(Upload.objects.filter(file=OuterRef("pk"))),
        redacted_at=None,
    )
    if only is not None:
        rows = rows.filter(pk__in=only)
    number = 0
    for row in rows.iterator():
        files.redact(row)
        number += 1
    return number


def _finish(ticket: Ticket, message: Message, words: str, reason: str, by: Actor) -> None:
    message.redacted_at = now()
    message.save(update_fields=[*PLAIN, *HTML, "envelope", "redacted_at"])
    if words.strip():
        ticket.subject = _pattern(words).sub(MARK, ticket.subject)[:500]
    ticket.save(update_fields=["subject"])
    recount(ticket)
    _clean_drafts(ticket, words)
    record(MessageRedacted(ticket_id=ticket.pk, message_id=message.pk, reason=reason[:200]), by=by)


def _remove(message: Message, words: str) -> bool:
    """Take the words out of every part of the message. False where none holds them."""
    pattern, found = _pattern(words), False
    for name in PLAIN:
        text = getattr(message, name)
        clean = pattern.sub(MARK, text)
        found = found or clean != text
        setattr(message, name, clean)
    for name in HTML:
        markup = getattr(message, name)
        clean = _clean_html(markup, words)
        found = found or clean != markup
        setattr(message, name, clean)
    envelope = _clean_values(message.envelope, pattern)
    found, message.envelope = found or envelope != message.envelope, envelope
    return found


def _clean_html(markup: str, words: str) -> str:
    """Without the words. Where tags stand between them, formatting is given up: the plain text says the rest."""
    pattern = _pattern(words)
    if not markup or not (pattern.search(to_text(markup)) or pattern.search(entities.unescape(markup))):
        return markup
    clean = _pattern(entities.escape(words, quote=False)).sub(MARK, markup)
    clean = pattern.sub(MARK, clean)
    if pattern.search(to_text(clean)) or pattern.search(entities.unescape(clean)):
        lines = pattern.sub(MARK, to_text(markup)).splitlines()
        return "".join(f"<p>{entities.escape(line)}</p>" for line in lines if line.strip())
    return clean


def _clean_values(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(MARK, value)
    if isinstance(value, list):
        return [_clean_values(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: _clean_values(one, pattern) for key, one in value.items()}
    return value


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)


def _empty(message: Message) -> None:
    for name in (*PLAIN, *HTML):
        setattr(message, name, "")
    message.body = MARK
    message.envelope = {key: value for key, value in message.envelope.items() if key in ("from", "to", "cc")}


def _clean_drafts(ticket: Ticket, words: str) -> None:
    if not words.strip():
        return
    for draft in Draft.objects.filter(ticket=ticket):
        clean = _clean_html(draft.html, words)
        if clean != draft.html:
            Draft.objects.filter(pk=draft.pk).update(html=clean)


def _remove_file(item: Attachment, ticket: Ticket, reason: str, by: Actor) -> None:
    ending = item.name.rpartition(".")[2] if "." in item.name else ""
    item.name = f"{MARK}.{ending[:10]}" if ending else MARK
    item.redacted_at = now()
    item.save(update_fields=["name", "redacted_at"])
    # After commit: a file cannot be rolled back. What a crash leaves is swept.
    transaction.on_commit(partial(remove_unheld_files, [item.file_id]), robust=True)
    fact = AttachmentRedacted(
        ticket_id=ticket.pk, message_id=item.message_id, attachment_id=item.pk, reason=reason[:200]
    )
    record(fact, by=by)
