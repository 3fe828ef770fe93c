"""All mailboxes of a company kept read at once: one thread each, begun, ended and renewed as the settings change."""

import logging
import threading
from typing import Any

from django.db import DatabaseError, close_old_connections, connection

from ..models import Mailbox
from .arrivals import Sink
from .imap import MailboxReader

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5
"""How soon a new or changed mailbox is noticed."""
SETTINGS = (
    "imap_host", "imap_port", "imap_security", "imap_user", "imap_folders", "after_fetch", "move_to", "import_since",
    "sign_in", "sealed_imap_password", "oauth_client_id", "sealed_oauth_client_secret", "oauth_token_url",
)  # fmt: skip
"""Columns whose change begins the reading anew. The tokens are not among them: reading renews those itself."""


def watch(sink: Sink, stop: threading.Event) -> None:
    """Keep every enabled mailbox read until `stop` is set."""
    readers: dict[int, tuple[tuple[Any, ...], MailboxReader]] = {}
    while not stop.is_set():
        try:
            close_old_connections()
            _match(readers, _wanted(), sink)
        except DatabaseError as error:
            connection.close()
            logger.warning("The database does not answer: %s", str(error).strip())
        stop.wait(LOOK_SECONDS)
    for _settings, reader in readers.values():
        reader.stop()
    for _settings, reader in readers.values():
        reader.join(timeout=8)
    connection.close()


def _wanted() -> dict[int, tuple[Any, ...]]:
    rows = Mailbox.objects.fetched().values_list("pk", *SETTINGS)
    return {
        row[0]: tuple(tuple(item) if isinstance(item, list) else item for item in row[1:]) for row in rows
    }


def _match(
    readers: dict[int, tuple[tuple[Any, ...], MailboxReader]], wanted: dict[int, tuple[Any, ...]], sink: Sink
) -> None:
    for pk, (settings, reader) in list(readers.items()):
        if wanted.get(pk) != settings or not reader.is_alive():
            reader.stop()
            del readers[pk]
    for pk, settings in wanted.items():
        if pk not in readers:
            reader = MailboxReader(pk, sink)
            reader.start()
            readers[pk] = (settings, reader)
