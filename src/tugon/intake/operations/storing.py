"""Keeping the bytes. Nothing here understands them: whatever can be stored is stored and committed."""

import hashlib
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from tugon.channels.email.arrivals import Arrival
from tugon.channels.email.parsing import headers
from tugon.channels.models import Channel
from tugon.database.inserting import run
from tugon.lib.clock import now

from ..models import Received
from ..tasks import wake_worker

logger = logging.getLogger(__name__)

_HEAD = 262_144
"""Bytes in which the headers are looked for."""

_INSERT = """
WITH kept AS (
  INSERT INTO intake_received (channel_id, via, place, fingerprint, sha256, size, sender, subject, letter_id, client,
    state, envelope, is_silent, received_at, reason, error, attempts)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', 0)
  ON CONFLICT (fingerprint, channel_id) DO NOTHING
  RETURNING id
), bytes AS (
  INSERT INTO intake_payload (received_id, content)
  SELECT id, given.content FROM kept, (VALUES (%s::bytea)) AS given (content) WHERE given.content IS NOT NULL
)
SELECT id FROM kept
"""

_MBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the head of a letter says, as far as the ledger needs it. Empty where it cannot be read."""

    letter_id: str = ""
    sender: str = ""
    subject: str = ""
    body_at: int = 0
    identity: bytes = field(default=b"", repr=False)
    """What tells this letter from others besides its body: the Message-ID, or without one From, Date and Subject."""


def store(
    channel: Channel | int,
    raw: bytes,
    *,
    via: str,
    place: str = "",
    envelope: Mapping[str, Any] | None = None,
    is_silent: bool = False,
) -> Received:
    """Keep a letter's bytes: when this returns, they are committed (outside a transaction of the caller).

    via: imap, lmtp, pipe, webhook or sandbox. place: folder and UID, or a provider's id. envelope: SMTP sender and
    recipients. is_silent: imported, nobody is notified. The same letter again on the same channel returns the row it
    already has, also when its ticket was deleted since. Raises DatabaseError when it could not be kept.
    """
    arrived = _arrived(raw)
    print_ = fingerprint(raw, arrived)
    row = Received(
        channel_id=channel if isinstance(channel, int) else channel.pk,
        via=via[:10],
        place=place[:200],
        fingerprint=print_,
        sender=arrived.sender[:320],
        subject=arrived.subject[:300],
        letter_id=arrived.letter_id[:500] or f"<{print_[:40]}@missing-id.invalid>",
        envelope=dict(envelope or {}),
        is_silent=is_silent,
    )
    return keep(row, raw)


def receive(arrival: Arrival) -> Received:
    """`store` for the transports: what `channels.email` hands over."""
    return store(
        arrival.channel_id,
        arrival.raw,
        via=arrival.via,
        place=arrival.place,
        envelope=arrival.envelope,
        is_silent=arrival.is_silent,
    )


def keep(row: Received, content: bytes, *, wakes: bool = True, with_bytes: bool = True) -> Received:
    """Insert a ledger row with its bytes, or return the one that has the same fingerprint on the same channel.

    wakes: a worker is told; not where the caller reads the row itself at once. with_bytes: False where the row says it
    all, as for a provider's report.
    """
    row.sha256, row.size, row.received_at = hashlib.sha256(content).hexdigest(), len(content), now()
    kept = row if _inserted(row, content if with_bytes else None) else _known(row)
    if wakes and kept.state == Received.State.STORED:
        transaction.on_commit(wake_worker, robust=True)
    return kept


def _inserted(row: Received, content: bytes | None) -> bool:
    """Insert the row, with its bytes if given: one statement, which stands whole or not at all. False where the letter
    is there already.
    """
    values = [
        *(row.channel_id, row.via, row.place, row.fingerprint, row.sha256, row.size, row.sender, row.subject),
        *(row.letter_id, row.client, row.state, Jsonb(row.envelope), row.is_silent, row.received_at, content),
    ]
    found = run(_INSERT, values)
    if not found:
        return False
    row.pk, row._state.adding, row._state.db = found[0][0], False, connection.alias
    return True


def _known(row: Received) -> Received:
    return Received.objects.get(fingerprint=row.fingerprint, channel_id=row.channel_id)


def fingerprint(raw: bytes, arrived: Arrived | None = None) -> str:
    """One value for one letter, whichever way it came: SHA-256 over what identifies it and its body.

    Routes add headers above and change line ends; both are left out.
    """
    arrived = arrived or _arrived(raw)
    body = raw[arrived.body_at :].replace(b"\r\n", b"\n").rstrip()
    return hashlib.sha256(arrived.identity + b"\x00" + body).hexdigest()


def _arrived(raw: bytes) -> Arrived:
    try:
        return _read_head(raw)
    except Exception:
        logger.exception("The head of a letter could not be read; it is kept all the same")
        return Arrived(identity=b"unreadable")


def _read_head(raw: bytes) -> Arrived:
    line = _MBOX_LINE.match(raw)
    start = line.end() if line else 0
    head = headers.split(raw, start, min(len(raw), start + _HEAD))
    ids = headers.message_ids(head.raw("message-id"))
    sender = headers.addresses(head.raw("from"))
    letter_id = ids[0] if ids else ""
    identity = letter_id.encode(errors="replace")
    if not identity:
        said = [_plain(head.raw(name)) for name in ("from", "date", "subject")]
        identity = b"\x1f".join(said) if any(said) else raw[: head.start]
    return Arrived(
        letter_id=letter_id,
        sender=sender[0].address.lower() if sender else "",
        subject=" ".join(head.text("subject").split()),
        body_at=head.start,  # after the empty line
        identity=identity,
    )


def _plain(value: bytes | None) -> bytes:
    return b" ".join((value or b"").split())
