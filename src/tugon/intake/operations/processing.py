"""Understanding what is stored: one transaction per letter, each letter by one worker, nothing lost when it fails."""

import logging
import time
import traceback

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import letters, submissions
from ..events import MessageIgnored, MessageQuarantined
from ..lookups import Channels, EarlierLetterWaits
from ..models import Received
from ..outcomes import Outcome

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""How often a letter is tried again after the database refused for the moment (deadlock, timeout)."""

RELEASED = "released"
"""Key in the envelope of what an administrator let through."""

_ROUNDS = 20
_PAUSE = 0.1  # seconds


def process(received: Received) -> Received:
    """Understand one row now, waiting for whoever is at it. What is settled already stays as it is.

    Never raises because of the content: what cannot be read becomes quarantined. Returns the row as it is afterwards.
    """
    pk = received.pk
    try:
        with transaction.atomic():
            row = Received.objects.select_related("payload").select_for_update(of=("self",)).get(pk=pk)
            if row.state == Received.State.STORED:
                row.channel = Channels().get(row.channel_id)
                _settle(row, _understood(row))
            return row
    except EarlierLetterWaits:
        pass
    except Exception as error:
        _failed(pk, error)
    return Received.objects.select_related("ticket").get(pk=pk)


def process_waiting(*, limit: int | None = None) -> int:
    """Understand everything that waits, oldest first, passing over what other workers are at. Returns how many.

    limit: at most so many. A letter that answers one still waiting comes after it.
    """
    done, later, rounds, channels = 0, set[int](), 0, Channels()
    while limit is None or done < limit:
        outcome = _next(later, channels)
        if outcome == "read":
            done += 1
        elif outcome == "none" and later and rounds < _ROUNDS:
            rounds += 1
            later.clear()
            time.sleep(_PAUSE)
        elif outcome == "none":
            break
    return done


def _next(later: set[int], channels: Channels) -> str:
    """Claim and understand one row. Returns "read", "later" (its id is added to `later`) or "none"."""
    pk = None
    try:
        with transaction.atomic():
            row = (
                Received.objects.exclude(pk__in=later).claimed()
                if later
                else Received.objects.all().claimed()
            )
            if row is None:
                return "none"
            pk = row.pk
            row.channel = channels.get(row.channel_id)
            _settle(row, _understood(row))
            return "read"
    except EarlierLetterWaits:
        assert pk is not None
        later.add(pk)
        return "later"
    except Exception as error:
        if pk is None:
            raise
        if _failed(pk, error) == Received.State.STORED:
            later.add(pk)
            return "later"
        return "read"


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
    row.save(update_fields=["state", "reason", "error", "ticket", "message", "settled_at", "envelope"])
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
