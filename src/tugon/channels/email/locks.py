"""One reader per mailbox, over all processes and machines: a session lock of PostgreSQL on its own connection.

The lock ends with the process, however it ends. It cannot be held through a pooler in transaction mode; two readers
then only do double work, because what is stored twice is one row.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db import connection

LOCK_SPACE = 0x6D61696C
"""The first half of the advisory lock's key: "mail"."""


class MailboxLock:
    """Held while its connection lives."""

    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self._session = session

    def is_held(self) -> bool:
        """Whether the connection, and with it the lock, still lives. One short query."""
        try:
            self._session.execute("select 1")
        except psycopg.Error:
            return False
        return True


@contextlib.contextmanager
def mailbox_lock(mailbox_id: int) -> Iterator[MailboxLock | None]:
    """The lock of one mailbox, or None when somebody else reads it. Raises psycopg.OperationalError."""
    parameters = connection.get_connection_params()
    known = {
        name: parameters[name]
        for name in ("dbname", "user", "password", "host", "port")
        if parameters.get(name)
    }
    session = psycopg.connect(**known, application_name="tugon-mailbox-lock", autocommit=True)
    try:
        row = session.execute("select pg_try_advisory_lock(%s, %s)", (LOCK_SPACE, mailbox_id)).fetchone()
        yield MailboxLock(session) if row and row[0] else None
    finally:
        session.close()
