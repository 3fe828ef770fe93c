"""Fetching by IMAP from a real server: nothing lost, nothing doubled, nobody disturbed by old mail."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from unittest import mock

import pytest
from tests.mail.conftest import Kept, letter, new_box, signed_in
from tests.mail.dovecot import Dovecot

from tugon.channels.email import folders
from tugon.channels.email.arrivals import NotKept
from tugon.channels.email.errors import ConnectionRefused, FolderMissing, PlainTextRefused, SignInRefused
from tugon.channels.email.imap import MailboxReader, fetch
from tugon.channels.models import FolderState, Mailbox
from tugon.events.models import Event
from tugon.lib import secrets

Deliver = Callable[..., None]
pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """Stands for the end of the process at this point."""


def test_mail_that_arrives_after_connecting_is_fetched_once_in_order(
    box: Mailbox, kept: Kept, deliver: Deliver
) -> None:
    assert fetch(box, kept) == 0
    deliver(box, letter("one"), letter("two"))
    assert fetch(box, kept) == 2
    assert fetch(box, kept) == 0
    assert kept.subjects == ["one", "two"]
    assert not any(one.is_silent for one in kept.arrivals)
    assert [one.via for one in kept.arrivals] == ["imap", "imap"]


def test_mail_older_than_the_connection_is_left_alone_without_a_date(
    box: Mailbox, kept: Kept, deliver: Deliver
) -> None:
    deliver(box, letter("old"))
    assert fetch(box, kept) == 0
    deliver(box, letter("new"))
    fetch(box, kept)
    assert kept.subjects == ["new"]


def test_import_from_a_date_brings_old_mail_silently_and_new_mail_normally(
    dovecot: Dovecot, kept: Kept, deliver: Deliver
) -> None:
    box = new_box(dovecot, import_since=date.today() - timedelta(days=1))
    with signed_in(dovecot, box.imap_user) as client:
        from datetime import datetime

        client.append("INBOX", letter("ancient"), msg_time=datetime(2019, 5, 1, 12, 0))
    deliver(box, letter("yesterday"))
    fetch(box, kept)
    deliver(box, letter("new"))
    fetch(box, kept)
    assert [(subject, one.is_silent) for subject, one in zip(kept.subjects, kept.arrivals, strict=True)] == [
        ("yesterday", True),
        ("new", False),
    ]


def test_a_letter_another_program_has_read_is_fetched_too(box: Mailbox, kept: Kept, deliver: Deliver) -> None:
    fetch(box, kept)
    deliver(box, letter("read on a telephone"), flags=(b"\\Seen",))
    fetch(box, kept)
    assert kept.subjects == ["read on a telephone"]


def test_a_letter_is_marked_only_after_it_was_kept(
    dovecot: Dovecot, box: Mailbox, kept: Kept, deliver: Deliver
) -> None:
    fetch(box, kept)
    deliver(box, letter("one"))
    kept.refuses = lambda _arrival: True
    with pytest.raises(NotKept, match="disk"):
        fetch(box, kept)
    assert _flags(dovecot, box) == {1: ()}
    kept.refuses = lambda _arrival: False
    fetch(box, kept)
    assert kept.subjects == ["one"]
    assert b"\\Seen" in _flags(dovecot, box)[1]


@pytest.mark.parametrize("moment", ["_mark", "_advance"])
def test_death_between_keeping_and_marking_loses_and_doubles_nothing(
    dovecot: Dovecot, box: Mailbox, kept: Kept, deliver: Deliver, moment: str
) -> None:
    fetch(box, kept)
    deliver(box, *[letter(f"letter {number}") for number in range(5)])
    with mock.patch.object(folders, moment, side_effect=Killed), suppress(Killed):
        fetch(box, kept)
    assert FolderState.objects.get(mailbox=box).last_uid == 0
    fetch(box, kept)
    assert kept.subjects == [f"letter {number}" for number in range(5)]
    assert all(b"\\Seen" in flags for flags in _flags(dovecot, box).values())


def test_a_folder_numbered_anew_is_read_again_without_doubles_or_old_mail(
    dovecot: Dovecot, box: Mailbox, kept: Kept, deliver: Deliver
) -> None:
    with signed_in(dovecot, box.imap_user) as client:
        from datetime import datetime

        client.append("INBOX", letter("ancient"), msg_time=datetime(2019, 5, 1, 12, 0))
    fetch(box, kept)
    deliver(box, letter("one"))
    fetch(box, kept)
    before = FolderState.objects.get(mailbox=box).uidvalidity
    dovecot.renumber(box.imap_user)
    _change_validity(dovecot, box)
    deliver(box, letter("two"))
    fetch(box, kept)
    assert FolderState.objects.get(mailbox=box).uidvalidity != before
    assert kept.subjects == ["one", "two"]


def test_two_readers_never_read_one_mailbox_at_once(box: Mailbox, kept: Kept, deliver: Deliver) -> None:
    fetch(box, kept)
    deliver(box, *[letter(f"letter {number}") for number in range(10)])
    seen: list[int | None] = []

    def slowly(arrival: object) -> None:
        if not seen:
            seen.append(fetch(box, kept))
        kept(arrival)  # type: ignore[arg-type]

    assert fetch(box, slowly) == 10
    assert seen == [None]
    assert kept.calls == 10


def test_letters_are_moved_after_they_were_kept_where_the_mailbox_says_so(
    dovecot: Dovecot, kept: Kept, deliver: Deliver
) -> None:
    box = new_box(dovecot, after_fetch="move", move_to="Done")
    fetch(box, kept)
    deliver(box, letter("one"))
    fetch(box, kept)
    with signed_in(dovecot, box.imap_user) as client:
        assert client.select_folder("INBOX")[b"EXISTS"] == 0
        assert client.select_folder("Done")[b"EXISTS"] == 1


def test_nothing_is_touched_where_the_mailbox_says_so(dovecot: Dovecot, kept: Kept, deliver: Deliver) -> None:
    box = new_box(dovecot, after_fetch="nothing")
    fetch(box, kept)
    deliver(box, letter("one"))
    assert fetch(box, kept) == 1
    assert fetch(box, kept) == 0
    assert _flags(dovecot, box) == {1: ()}


def test_several_folders_are_read_each_by_its_own_numbers(
    dovecot: Dovecot, kept: Kept, deliver: Deliver
) -> None:
    box = new_box(dovecot, imap_folders=["INBOX", "Junk"])
    deliver(box, letter("old junk"), folder="Junk")
    fetch(box, kept)
    deliver(box, letter("in the inbox"))
    deliver(box, letter("taken for junk"), folder="Junk")
    assert fetch(box, kept) == 2
    assert kept.subjects == ["in the inbox", "taken for junk"]


def test_of_an_oversize_letter_the_head_and_words_are_kept(
    box: Mailbox, kept: Kept, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(box, kept)
    monkeypatch.setattr(folders, "LARGEST", 5000)
    deliver(box, letter("huge", body="x" * 9000, Content_Type="text/html"), letter("small"))
    assert fetch(box, kept) == 2
    assert kept.subjects == ["huge", "small"]
    assert kept.arrivals[0].envelope == {"notice": "too-large"}
    assert b"It was left in the mailbox" in kept.arrivals[0].raw
    assert b"text/html" not in kept.arrivals[0].raw


def test_large_letters_are_fetched_in_small_batches(
    box: Mailbox, kept: Kept, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(box, kept)
    monkeypatch.setattr(folders, "BATCH_BYTES", 20_000)
    deliver(box, *[letter(f"letter {number}", body="x" * 9000) for number in range(7)])
    assert fetch(box, kept) == 7
    assert kept.subjects == [f"letter {number}" for number in range(7)]


def test_a_wrong_password_is_told_in_words_and_kept_until_it_works_again(box: Mailbox, kept: Kept) -> None:
    Mailbox.objects.filter(pk=box.pk).update(sealed_imap_password=secrets.seal("wrong"))
    box.refresh_from_db()
    with pytest.raises(SignInRefused):
        fetch(box, kept)
    with pytest.raises(SignInRefused):
        fetch(box, kept)
    box.refresh_from_db()
    assert "Type the password again" in box.last_error
    assert box.last_error_at is not None
    assert Event.objects.named("MailboxFailed").count() == 1
    Mailbox.objects.filter(pk=box.pk).update(sealed_imap_password=secrets.seal("correct-horse"))
    fetch(Mailbox.objects.get(pk=box.pk), kept)
    box.refresh_from_db()
    assert (box.last_error, box.last_error_at) == ("", None)
    assert Event.objects.named("MailboxRecovered").count() == 1


def test_a_missing_folder_is_told_with_the_ones_there_are(dovecot: Dovecot, kept: Kept) -> None:
    box = new_box(dovecot, imap_folders=["Support"])
    with pytest.raises(FolderMissing) as caught:
        fetch(box, kept)
    assert "INBOX" in caught.value.message


def test_a_closed_port_is_told_in_words(dovecot: Dovecot, kept: Kept) -> None:
    box = new_box(dovecot, imap_port=1)
    with pytest.raises(ConnectionRefused):
        fetch(box, kept)


def test_a_password_never_leaves_this_machine_unencrypted(dovecot: Dovecot, kept: Kept) -> None:
    box = new_box(dovecot, imap_host="imap.example.org")
    with pytest.raises(PlainTextRefused):
        fetch(box, kept)


def test_a_waiting_reader_gets_a_letter_within_seconds(box: Mailbox, kept: Kept, deliver: Deliver) -> None:
    reader = MailboxReader(box.pk, kept)
    reader.start()
    try:
        assert _eventually(lambda: FolderState.objects.filter(mailbox=box).exists())
        time.sleep(1)  # it waits by IDLE now
        begun = time.monotonic()
        deliver(box, letter("urgent"))
        assert _eventually(lambda: bool(kept.arrivals))
        assert time.monotonic() - begun < 5
    finally:
        reader.stop()
        reader.join(10)


def test_a_reader_goes_on_after_the_ledger_refused(box: Mailbox, kept: Kept, deliver: Deliver) -> None:
    fetch(box, kept)
    refused = threading.Event()

    def once(_arrival: object) -> bool:
        first = not refused.is_set()
        refused.set()
        return first

    kept.refuses = once
    reader = MailboxReader(box.pk, kept)
    with mock.patch("tugon.channels.email.imap.FIRST_WAIT", 0.1):
        reader.start()
        try:
            deliver(box, letter("one"))
            assert _eventually(lambda: bool(kept.arrivals))
        finally:
            reader.stop()
            reader.join(10)
    assert kept.subjects == ["one"]


def _flags(dovecot: Dovecot, box: Mailbox) -> dict[int, tuple[bytes, ...]]:
    with signed_in(dovecot, box.imap_user) as client:
        client.select_folder("INBOX", readonly=True)
        found = client.get_flags(client.search())
        return {uid: tuple(flag for flag in flags if flag != b"\\Recent") for uid, flags in found.items()}


def _change_validity(dovecot: Dovecot, box: Mailbox) -> None:
    """Dovecot takes the time in seconds for a new UIDVALIDITY; make sure that it differs."""
    time.sleep(1.1)


def _eventually(condition: Callable[[], bool], seconds: float = 15) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False
