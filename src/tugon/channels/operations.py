"""What is written about mailboxes by the machinery: that they work, that they do not, and how far they were read."""

from datetime import timedelta

from django.db import transaction

from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now

from .events import MailboxFailed, MailboxRecovered
from .models import Mailbox

HEARTBEAT = timedelta(minutes=1)
"""How often "it works" is written at most."""


@transaction.atomic
def mailbox_works(mailbox: Mailbox, *, way: str) -> None:
    """Note that the mailbox was used without trouble. Ends an alarm of the same way; written at most once a minute.

    way: "in" or "out". That letters can be fetched says nothing about whether they can be sent.
    """
    moment = now()
    row = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)
    had_failed = bool(row.last_error) and row.error_way in ("", way)
    if not had_failed and row.last_ok_at and moment - row.last_ok_at < HEARTBEAT:
        return
    row.last_ok_at = moment
    if had_failed:
        row.last_error, row.last_error_at, row.error_way = "", None, ""
    row.save(update_fields=["last_ok_at", "last_error", "last_error_at", "error_way"])
    if had_failed:
        record(MailboxRecovered(mailbox_id=row.pk), by=SYSTEM)


@transaction.atomic
def mailbox_failed(mailbox: Mailbox, *, way: str, code: str, words: str) -> None:
    """Keep what is wrong with the mailbox, since when, in words. The first time is a fact, so that somebody is told."""
    row = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)
    is_new = not row.last_error
    row.last_error = words[:1000]
    row.last_error_at, row.error_way = row.last_error_at or now(), way
    row.save(update_fields=["last_error", "last_error_at", "error_way"])
    if is_new:
        record(MailboxFailed(mailbox_id=row.pk, code=code), by=SYSTEM)
