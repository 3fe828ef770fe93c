"""Understanding what is stored: each letter by one worker, nothing lost when it fails.

Several letters share a transaction, without savepoints, because nearly always none fails. Where one does, nothing of
them was done, and each is read in a transaction of its own.
"""

import logging
import time
import traceback

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from tugon.company import settings as company
from tugon.database.inserting import run
from tugon.database.together import together
from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.remember import remembering
from tugon.realtime.publish import publish

from .. import letters, submissions
from ..events import MessageIgnored, MessageQuarantined
from ..lookups import EarlierLetterWaits, channel_of
from ..models import Payload, Received
from ..outcomes import Outcome
from ..tasks import wake_worker

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""How often a letter is tried again after the database refused for the moment (deadlock, timeout)."""

RELEASED = "released"
"""Key in the envelope of what an administrator let through."""

BATCH = 20
"""Letters of one transaction: so many share one write to the disk, and one that fails costs reading them twice."""

BATCH_BYTES = 8_000_000
"""Bytes held at once; a larger letter is read alone."""

_SETTLE = """
UPDATE intake_received SET state = %s::text, reason = %s::text, error = %s::text, ticket_id = %s::bigint,
  message_id = %s::bigint, settled_at = %s::timestamptz, envelope = %s::jsonb
WHERE id = %s::bigint
"""
_ROUNDS = 20
_PAUSE = 0.1  # seconds


def process(received: Received) -> Received:
    """Understand one row now, waiting for whoever is at it. What is settled already stays as it is.

    Never raises because of the content: what cannot be read becomes quarantined. Returns the row as it is afterwards.
    """
    pk = received.pk
    try:
        return _processed(pk)
    except EarlierLetterWaits:
        pass
    except Exception as error:
        _failed(pk, error)
    return Received.objects.select_related("ticket").get(pk=pk)


def _processed(pk: int) -> Received:
    """Together first, since nearly nothing fails; where something does, again with a savepoint around each part."""
    try:
        with together():
            return _locked_and_read(pk)
    except EarlierLetterWaits:
        raise
    except Exception as error:
        logger.info(
            "Received %s failed in one piece, so it is read part by part: %r", pk, error.__cause__ or error
        )
    with transaction.atomic():
        return _locked_and_read(pk)


def _locked_and_read(pk: int) -> Received:
    row = Received.objects.select_related("payload").select_for_update(of=("self",)).get(pk=pk)
    if row.state == Received.State.STORED:
        _read(row)
    return row


def process_waiting(*, limit: int | None = None) -> int:
    """Understand everything that waits, oldest first, passing over what other workers are at. Returns how many.

    limit: at most so many. A letter that answers one still waiting comes after it. What the company decided (sender
    rules, mailboxes) counts within two seconds.
    """
    done, rounds, later, has_called = 0, 0, set[int](), False
    with remembering():
        while limit is None or done < limit:
            claimed, read = _read_batch(BATCH if limit is None else min(BATCH, limit - done), later)
            done += read
            if claimed == BATCH and not has_called:
                # There is probably more than one worker should read alone; whoever comes calls the next.
                wake_worker()
                has_called = True
            if claimed:
                continue
            if not later or rounds >= _ROUNDS:
                break
            rounds += 1
            later.clear()
            time.sleep(_PAUSE)
    return done


def _read_batch(most: int, later: set[int]) -> tuple[int, int]:
    """Claim and understand some rows. Returns how many were claimed and how many read; ids of those that must wait are
    added to `later`.
    """
    claimed: list[Received] = []
    try:
        return _read_together(most, later, claimed)
    except Exception as error:
        if not claimed:
            raise
        logger.info("Of %s letters together one failed, so each is read by itself: %r", len(claimed), error)
    return len(claimed), sum(_read_alone(row.pk, later) for row in claimed)


def _read_together(most: int, later: set[int], claimed: list[Received]) -> tuple[int, int]:
    """All of it or nothing. `claimed` is filled with what is tried, for who must try again."""
    waiting, read = set[int](), 0
    with together():
        claimed += _claimed(most, later)
        if not claimed:
            return 0, 0
        # What is told to screens of all these letters becomes one notice.
        publish("tickets:all")
        for number, row in enumerate(claimed, 1):
            try:
                outcome = _read(row)
            except EarlierLetterWaits:
                waiting.add(row.pk)
                continue
            read += 1
            if outcome.ticket is not None and not outcome.is_new:
                # A ticket that others may be working on is locked now: they shall not wait for other letters too.
                del claimed[number:]
                break
    later |= waiting
    return len(claimed), read


def _claimed(most: int, later: set[int]) -> list[Received]:
    """The next rows with their bytes, the first in any case, others as far as BATCH_BYTES go."""
    rows = Received.objects.exclude(pk__in=later) if later else Received.objects.all()
    taken: list[Received] = []
    size = 0
    for row in rows.claimed(most):
        size += row.size
        if taken and size > BATCH_BYTES:
            break
        taken.append(row)
    payloads = Payload.objects.in_bulk([row.pk for row in taken]) if taken else {}
    for row in taken:
        if row.pk in payloads:
            row.payload = payloads[row.pk]
    return taken


def _read_alone(pk: int, later: set[int]) -> bool:
    """Understand one row in a transaction of its own. False where it must wait, or somebody else is at it."""
    try:
        with transaction.atomic():
            rows = Received.objects.filter(pk=pk).waiting().select_related("payload")
            row = rows.select_for_update(of=("self",), skip_locked=True).first()
            if row is None:
                return False
            _read(row)
            return True
    except EarlierLetterWaits:
        later.add(pk)
        return False
    except Exception as error:
        if _failed(pk, error) == Received.State.STORED:
            later.add(pk)
            return False
        return True


def _read(row: Received) -> Outcome:
    row.channel = channel_of(row.channel_id)
    # Reasons are kept as words, for administrators: in the company's language, whoever sent the form.
    with translation.override(company.get("language")):
        outcome = _understood(row)
        _settle(row, outcome)
    return outcome


def _understood(row: Received) -> Outcome:
    """What the row says. Released by an administrator, nothing judges it, and if even so it cannot be read, its bytes
    become a file on a ticket that a person reads.
    """
    read = submissions.read if row.via == "form" else letters.read
    if not row.envelope.get(RELEASED):
        return read(row, is_forced=False)
    try:
        with transaction.atomic():
            return read(row, is_forced=True)
    except (EarlierLetterWaits, OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception(
            "Received %s was released and could not be read; it is kept whole on its ticket", row.pk
        )
        return letters.read_whole(row)


def _settle(row: Received, outcome: Outcome) -> None:
    """Write down what became of the row; what people should hear of is recorded."""
    row.state, row.reason, row.error = outcome.state, outcome.reason[:300], ""
    row.ticket, row.message_id, row.settled_at = outcome.ticket, outcome.message_id, now()
    values = [str(row.state), row.reason, row.error, row.ticket_id, row.message_id, row.settled_at]
    run(_SETTLE, [*values, Jsonb(row.envelope), row.pk])
    if row.state == Received.State.IGNORED:
        record(MessageIgnored(received_id=row.pk, channel_id=row.channel_id), by=SYSTEM)
    elif row.state == Received.State.QUARANTINED:
        record(MessageQuarantined(received_id=row.pk, channel_id=row.channel_id), by=SYSTEM)


def _failed(pk: int, error: Exception) -> str:
    """After the rollback: count the attempt; keep aside what cannot be read. Returns the row's state.

    Raises the error when not even that can be written: the row is still stored, and the sweep comes again.
    """
    trace = "".join(traceback.format_exception(error))
    is_passing = isinstance(error, OperationalError | InterfaceError)
    logger.log(logging.INFO if is_passing else logging.ERROR, "Received %s could not be read: %s", pk, error)
    try:
        with transaction.atomic():
            row = Received.objects.select_for_update().get(pk=pk)
            if row.state != Received.State.STORED:
                return row.state
            row.attempts += 1
            row.error = trace[-20_000:].replace("\x00", "")
            if not is_passing or row.attempts >= MOST_ATTEMPTS:
                row.state, row.settled_at = Received.State.QUARANTINED, now()
                row.reason = _(
                    "Tugon could not read this message. Nothing of it is lost: retry it, or release it as it is."
                )
                record(
                    MessageQuarantined(received_id=row.pk, channel_id=row.channel_id, failed=True), by=SYSTEM
                )
            row.save(update_fields=["attempts", "error", "state", "reason", "settled_at"])
            return row.state
    except DatabaseError:
        logger.exception("What went wrong with received %s could not be written down", pk)
        raise error from None
