"""Keeping one mailbox read: connect, read its folders, wait for more (IDLE, RFC 2177), begin again after trouble."""

import logging
import random
import threading
import time

import psycopg
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from imapclient import IMAPClient

from ..models import Mailbox
from ..operations import mailbox_failed, mailbox_works
from .arrivals import NotKept, Sink
from .connections import hang_up, in_words, open_imap
from .errors import MailboxTrouble
from .folders import read_folder
from .locks import MailboxLock, mailbox_lock

logger = logging.getLogger(__name__)

POLL_SECONDS = 20
"""Between two looks at a server without IDLE, and at folders beyond the first."""
IDLE_SECONDS = 60
"""One IDLE at most: a letter that came while we asked what is new would wait as long. RFC 2177 allows 29 minutes."""
FIRST_WAIT, LONGEST_WAIT = 3.0, 600.0
"""Seconds after the first failure, doubled each time, and at most; a quarter of it is chance."""
LOCKED_SECONDS = 10
"""Until the next try when another process reads the mailbox."""


def fetch(mailbox: Mailbox, sink: Sink) -> int | None:
    """Read the mailbox once; returns how many letters were kept, or None when another process is reading it.

    Raises MailboxTrouble (also kept on the mailbox), and NotKept.
    """
    with mailbox_lock(mailbox.pk) as lock:
        if lock is None:
            return None
        try:
            client = open_imap(mailbox)
            try:
                with in_words(mailbox.imap_host, mailbox.imap_port):
                    kept = sum(
                        read_folder(client, mailbox, name, sink, still=lock.is_held)
                        for name in folders(mailbox)
                    )
            finally:
                hang_up(client)
        except MailboxTrouble as trouble:
            mailbox_failed(mailbox, way="in", code=trouble.code, words=trouble.message)
            raise
    mailbox_works(mailbox, way="in")
    return kept


def folders(mailbox: Mailbox) -> list[str]:
    """The folders to read, without the one that read letters are moved to."""
    names = list(mailbox.imap_folders) or ["INBOX"]
    return [name for name in names if not (mailbox.after_fetch == "move" and name == mailbox.move_to)]


class MailboxReader(threading.Thread):
    """Keeps one mailbox read until it is told to stop. Any number may run anywhere; one holds the mailbox's lock."""

    def __init__(self, mailbox_id: int, sink: Sink) -> None:
        super().__init__(name=f"mailbox-{mailbox_id}", daemon=True)
        self.mailbox_id = mailbox_id
        self.sink = sink
        self._stop_asked = threading.Event()
        self._failures = 0

    def stop(self) -> None:
        self._stop_asked.set()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            wait = self._turn()
            if wait:
                self._stop_asked.wait(wait)
        connection.close()

    def _turn(self) -> float:
        """One connection from beginning to end; returns the seconds to wait before the next."""
        mailbox = None
        try:
            close_old_connections()
            mailbox = Mailbox.objects.fetched().filter(pk=self.mailbox_id).first()
            if mailbox is None:
                return float(POLL_SECONDS)
            with mailbox_lock(self.mailbox_id) as lock:
                if lock is None:
                    return float(LOCKED_SECONDS)
                self._read(mailbox, lock)
                return 0.0
        except MailboxTrouble as trouble:
            return self._after(mailbox, trouble)
        except NotKept:
            connection.close()
            logger.exception(
                "A letter of mailbox %s could not be kept; it waits on its server", self.mailbox_id
            )
            return self._pause(longest=60)
        except (DatabaseError, InterfaceError, psycopg.Error) as error:
            connection.close()
            logger.warning("The database does not answer; mail waits on its server. %s", str(error).strip())
            return self._pause(longest=15)
        except Exception:
            logger.exception("Reading mailbox %s stopped", self.mailbox_id)
            return self._pause()

    def _read(self, mailbox: Mailbox, lock: MailboxLock) -> None:
        client = open_imap(mailbox)
        try:
            with in_words(mailbox.imap_host, mailbox.imap_port):
                while self._goes_on(lock):
                    kept = self._read_folders(client, mailbox, lock)
                    mailbox_works(mailbox, way="in")
                    self._failures = 0
                    if not kept:
                        self._wait_for_mail(client, mailbox)
        finally:
            hang_up(client)

    def _read_folders(self, client: IMAPClient, mailbox: Mailbox, lock: MailboxLock) -> int:
        def still() -> bool:
            return self._goes_on(lock)

        return sum(read_folder(client, mailbox, name, self.sink, still=still) for name in folders(mailbox))

    def _goes_on(self, lock: MailboxLock) -> bool:
        return not self._stop_asked.is_set() and lock.is_held()

    def _wait_for_mail(self, client: IMAPClient, mailbox: Mailbox) -> None:
        """Until the server says that something came, or it is time to look anyway."""
        names = folders(mailbox)
        if not client.has_capability("IDLE"):
            self._stop_asked.wait(POLL_SECONDS)
            client.noop()
            return
        if len(names) > 1:
            client.select_folder(names[0], readonly=mailbox.after_fetch == "nothing")
        until = time.monotonic() + (IDLE_SECONDS if len(names) == 1 else POLL_SECONDS)
        client.idle()
        try:
            while time.monotonic() < until and not self._stop_asked.is_set():
                if any(
                    len(line) > 1 and line[1] in (b"EXISTS", b"RECENT")
                    for line in client.idle_check(timeout=1)
                ):
                    break
        finally:
            client.idle_done()

    def _after(self, mailbox: Mailbox | None, trouble: MailboxTrouble) -> float:
        logger.warning("Mailbox %s: %s", mailbox, trouble.message)
        try:
            # A dropped connection is everyday; only what lasts is an alarm.
            if mailbox is not None and (type(trouble) is not MailboxTrouble or self._failures >= 2):
                mailbox_failed(mailbox, way="in", code=trouble.code, words=trouble.message)
        except DatabaseError:
            connection.close()
        return self._pause()

    def _pause(self, *, longest: float = LONGEST_WAIT) -> float:
        self._failures += 1
        wait = min(FIRST_WAIT * 2 ** min(self._failures - 1, 10), longest)
        return wait * random.uniform(0.75, 1.25)  # noqa: S311 - so that many mailboxes do not knock together
