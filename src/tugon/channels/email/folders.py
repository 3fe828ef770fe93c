"""Reading one IMAP folder: which letters are new, and that each is kept before anything is changed on the server.

Order of each batch: fetch without marking (BODY.PEEK), keep and commit, flag or move, remember the UID. Wherever the
process dies, the next start repeats at most one batch, and what is kept twice is one row (RFC 3501 §2.3.1.1 on UIDs).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from tugon.lib.clock import now

from ..models import FolderState, Mailbox
from .arrivals import LARGEST, Arrival, NotKept, Sink
from .errors import FolderMissing
from .notices import too_large, unreadable

BATCH_LETTERS = 20
BATCH_BYTES = 8 * 1024 * 1024
LOOK_AHEAD = 500
"""UIDs whose sizes are asked at once."""
RENUMBERED = -1
"""In `silent_through_uid`: the server gave new UIDs, so they no longer tell what is old."""
CLOCK_DOUBT = timedelta(days=1)
"""How far the mail server's clock may be off before we take its word for a letter's age."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter on the server, not fetched yet. `size` in bytes; `arrived` aware, by the server's clock."""

    uid: int
    size: int
    arrived: datetime | None


def read_folder(
    client: IMAPClient, mailbox: Mailbox, name: str, sink: Sink, *, still: Callable[[], bool] = lambda: True
) -> int:
    """Keep every new letter of the folder; returns how many. `still` is asked before each batch and may end it early.

    Raises FolderMissing, NotKept, and what the connection raises: then nothing unkept was marked.
    """
    state = _open(client, mailbox, name)
    kept = 0
    for batch in _batches(client, mailbox, state):
        if not still():
            break
        kept += _keep(client, mailbox, state, batch, sink)
        _mark(client, mailbox, [letter.uid for letter in batch])
        _advance(state, batch[-1].uid)
    else:
        _advance(state, state.silent_through_uid)
    return kept


def _open(client: IMAPClient, mailbox: Mailbox, name: str) -> FolderState:
    """Select the folder and find where to go on. A folder numbered anew is read again from when we first saw it."""
    try:
        selected = client.select_folder(name, readonly=mailbox.after_fetch == "nothing")
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        if is_there(client, name):
            raise  # the server's own trouble
        folders = ", ".join(str(row[2]) for row in client.list_folders()[:40])
        raise FolderMissing(folder=name, folders=folders) from error
    validity = int(selected.get(b"UIDVALIDITY", 0))
    state, _created = FolderState.objects.get_or_create(mailbox=mailbox, name=name)
    if state.started_at is None:
        highest = _highest(client, selected)
        state.uidvalidity, state.started_at, state.silent_through_uid = validity, now(), highest
        state.last_uid = 0 if mailbox.import_since else highest
    elif state.uidvalidity != validity:
        state.uidvalidity, state.last_uid, state.silent_through_uid = validity, 0, RENUMBERED
    state.checked_at = now()
    state.save()
    return state


def is_there(client: IMAPClient, name: str) -> bool:
    """Whether the account has this folder; INBOX always exists."""
    return name.upper() == "INBOX" or bool(client.folder_exists(name))


def _highest(client: IMAPClient, selected: dict[bytes, Any]) -> int:
    if b"UIDNEXT" in selected:
        return int(selected[b"UIDNEXT"]) - 1
    return max(client.search("ALL"), default=0)


def _new_uids(client: IMAPClient, mailbox: Mailbox, state: FolderState) -> list[int]:
    """UIDs to fetch, ascending. `n:*` also names the last letter when it is older than n, hence the filter."""
    found = [uid for uid in client.search(["UID", f"{state.last_uid + 1}:*"]) if uid > state.last_uid]
    floor = _floor(mailbox, state)
    if floor is not None and any(_is_old(state, uid) for uid in found):
        young = set(client.search(["SINCE", floor.date()]))
        found = [uid for uid in found if uid in young or not _is_old(state, uid)]
    return sorted(found)


def _floor(mailbox: Mailbox, state: FolderState) -> datetime | None:
    """The day before which letters are left alone, where the UID alone does not tell."""
    if mailbox.import_since:
        return datetime(
            mailbox.import_since.year, mailbox.import_since.month, mailbox.import_since.day, tzinfo=UTC
        )
    return state.started_at - CLOCK_DOUBT if state.started_at else None


def _is_old(state: FolderState, uid: int) -> bool:
    """Whether the letter may be older than our connection. After a renumbering any may be."""
    return state.silent_through_uid == RENUMBERED or uid <= state.silent_through_uid


def _batches(client: IMAPClient, mailbox: Mailbox, state: FolderState) -> Iterator[list[Waiting]]:
    """New letters in order of UID, few and small enough to hold in memory; a large one comes alone."""
    uids = _new_uids(client, mailbox, state)
    for start in range(0, len(uids), LOOK_AHEAD):
        batch: list[Waiting] = []
        size = 0
        for letter in _sizes(client, uids[start : start + LOOK_AHEAD]):
            if batch and (len(batch) >= BATCH_LETTERS or size + letter.size > BATCH_BYTES):
                yield batch
                batch, size = [], 0
            batch.append(letter)
            size += letter.size
        if batch:
            yield batch


def _sizes(client: IMAPClient, uids: list[int]) -> list[Waiting]:
    answer = client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
    found = []
    for uid in uids:
        row = answer.get(uid)
        if row is not None:  # else it was deleted meanwhile
            found.append(Waiting(uid, int(row.get(b"RFC822.SIZE", 0)), _aware(row.get(b"INTERNALDATE"))))
    return found


def _aware(moment: datetime | None) -> datetime | None:
    """IMAPClient gives the server's moment in this machine's zone, without naming the zone."""
    return moment.astimezone(UTC) if moment else None


def _keep(client: IMAPClient, mailbox: Mailbox, state: FolderState, batch: list[Waiting], sink: Sink) -> int:
    whole = [letter.uid for letter in batch if letter.size <= LARGEST]
    try:
        contents = client.fetch(whole, ["BODY.PEEK[]"]) if whole else {}
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        contents = {}  # one letter the server itself cannot read must not hold back the others
    kept = 0
    for letter in batch:
        content = contents.get(letter.uid, {}).get(b"BODY[]")
        notice = ""
        if content is None:
            content, notice = _singly(client, letter)
        if content is None:
            continue  # deleted on the server before we came
        arrival = Arrival(
            channel_id=mailbox.channel_id,
            raw=content,
            via="imap",
            place=f"{state.name}:{state.uidvalidity}:{letter.uid}",
            envelope={"notice": notice} if notice else {},
            is_silent=_is_silent(state, letter),
        )
        try:
            sink(arrival)
        except Exception as error:
            raise NotKept(str(error)) from error
        kept += 1
    return kept


def _singly(client: IMAPClient, letter: Waiting) -> tuple[bytes | None, str]:
    """One letter that did not come with its batch: whole if it can be had, else its head with a notice."""
    if letter.size <= LARGEST:
        try:
            row = client.fetch([letter.uid], ["BODY.PEEK[]"]).get(letter.uid)
            return (None, "") if row is None else (row[b"BODY[]"], "")
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return unreadable(_head(client, letter.uid), uid=letter.uid), "unreadable"
    return too_large(_head(client, letter.uid), size=letter.size), "too-large"


def _head(client: IMAPClient, uid: int) -> bytes:
    try:
        return bytes(client.fetch([uid], ["BODY.PEEK[HEADER]"]).get(uid, {}).get(b"BODY[HEADER]", b""))
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return b""


def _is_silent(state: FolderState, letter: Waiting) -> bool:
    """Old mail notifies nobody: what was there at the first connection, or came before it by the server's clock."""
    if 0 < letter.uid <= state.silent_through_uid:
        return True
    started = state.started_at
    return bool(started and letter.arrived and letter.arrived < started - CLOCK_DOUBT)


def _mark(client: IMAPClient, mailbox: Mailbox, uids: list[int]) -> None:
    """Tell the server that the letters are done with, as the mailbox wishes. Refusal is no reason to stop reading."""
    try:
        if mailbox.after_fetch == "seen":
            client.add_flags(uids, [b"\\Seen"], silent=True)
        elif mailbox.after_fetch == "move" and mailbox.move_to:
            _move(client, uids, mailbox.move_to)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        return


def _move(client: IMAPClient, uids: list[int], folder: str) -> None:
    if not is_there(client, folder):
        client.create_folder(folder)
    if client.has_capability("MOVE"):
        client.move(uids, folder)
        return
    client.copy(uids, folder)
    client.add_flags(uids, [b"\\Deleted"], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge(uids)


def _advance(state: FolderState, uid: int) -> None:
    if uid > state.last_uid:
        state.last_uid, state.checked_at = uid, now()
        state.save(update_fields=["last_uid", "checked_at"])
