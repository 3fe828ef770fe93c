"""An SMTP server on this machine only, so that any mail program can write to the demo. Takes mail for our addresses."""

import contextlib
import logging
import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

from tugon.channels.email.arrivals import LARGEST, Arrival, Sink
from tugon.channels.models import Mailbox

from .loading import is_loaded

logger = logging.getLogger(__name__)
HOST, PORT = "127.0.0.1", 2525
PORTS_TRIED = 30


class _Handler:
    """250 means kept and committed; what is not for us gets 550, what cannot be kept now 451."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if await sync_to_async(_mailbox, thread_sensitive=False)(address) is None:
            return "550 5.1.1 This is the demo's server: it takes mail for the demo's addresses only"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        try:
            await sync_to_async(self._keep, thread_sensitive=False)(session, envelope)
        except Exception:
            logger.exception("A letter could not be kept")
            return "451 4.3.0 It cannot be kept now, try again later"
        return "250 2.0.0 Kept"

    def _keep(self, session: Session, envelope: Envelope) -> None:
        close_old_connections()
        mailboxes = {
            found.pk: found for address in envelope.rcpt_tos if (found := Mailbox.objects.receiving(address))
        }
        for mailbox in mailboxes.values():
            self.sink(
                Arrival(
                    channel_id=mailbox.channel_id,
                    raw=envelope.original_content or b"",
                    via="sandbox",
                    envelope={
                        "from": envelope.mail_from or "",
                        "to": list(envelope.rcpt_tos),
                        "client": HOST,
                    },
                )
            )
        close_old_connections()


def listen(sink: Sink, *, port: int = PORT) -> Controller | None:
    """Begin to listen on this machine, on the port or the next free one, and write the place down for the pages.

    None where no demo is loaded, or no port is free.
    """
    if not is_loaded():
        return None
    for candidate in range(port, port + PORTS_TRIED):
        if not _is_free(candidate):
            continue
        server = Controller(
            _Handler(sink), hostname=HOST, port=candidate, data_size_limit=LARGEST, ident="Tugon demo"
        )
        with contextlib.suppress(OSError):
            server.start()
            (settings.HOME / "demo-smtp").write_text(f"{HOST}:{candidate}")
            return server
    logger.warning("The demo's SMTP server found no free port from %s on", port)
    return None


def end(server: Any) -> None:
    """Stop listening; the pages no longer name the place."""
    server.stop()
    (settings.HOME / "demo-smtp").unlink(missing_ok=True)


def _mailbox(address: str) -> Mailbox | None:
    close_old_connections()
    return Mailbox.objects.receiving(address)


def _is_free(port: int) -> bool:
    with contextlib.closing(socket.socket()) as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
