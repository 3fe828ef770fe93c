"""An LMTP server (RFC 2033) for the company's own mail server: 250 means kept and committed, per recipient.

What cannot be kept now gets 451 and stays in the sender's queue; an address that is not ours gets 550.
"""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ..models import Mailbox
from .arrivals import LARGEST, Arrival, Sink

logger = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd's: every line of every conversation
Answer = TypeVar("Answer")

KEPT = "250 2.0.0 <{}> kept"
NOT_OURS = "550 5.1.1 <{}> is not a mailbox here"
TRY_LATER = "451 4.3.0 <{}> cannot be kept now, try again later"


class _Protocol(LMTP):
    # Letters with endless lines exist; refusing them would lose them. The size of the whole is limited anyway.
    line_length_limit = LARGEST


class _Handler:
    """Answers of one server. Everything that touches the database runs in threads of the loop's executor."""

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    async def handle_RCPT(
        self, _server: LMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        try:
            mailbox = await asyncio.to_thread(_apart, _mailbox_of, address)
        except (DatabaseError, InterfaceError):
            return TRY_LATER.format(_shown(address))
        if mailbox is None:
            return NOT_OURS.format(_shown(address))
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: LMTP, session: Session, envelope: Envelope) -> str:
        """One answer for each recipient, in order, as RFC 2033 §4.2 asks."""
        return await asyncio.to_thread(_apart, self._keep, session, envelope)

    async def handle_exception(self, error: Exception) -> str:
        logger.error("LMTP conversation failed", exc_info=error)
        return "451 4.3.0 Something went wrong here; try again later"

    def _keep(self, session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        answers: dict[int, bool] = {}
        lines = []
        for recipient in envelope.rcpt_tos:
            try:
                mailbox = _mailbox_of(recipient)
                if mailbox is not None and not answers.get(mailbox.channel_id):
                    self.sink(_arrival(mailbox, raw, session, envelope, recipient))
                    answers[mailbox.channel_id] = True
                lines.append((KEPT if mailbox is not None else NOT_OURS).format(_shown(recipient)))
            except Exception as error:
                logger.warning("A letter for %s could not be kept: %s", recipient, error)
                connection.close()
                lines.append(TRY_LATER.format(_shown(recipient)))
        return "\r\n".join(lines)


class LmtpServer(threading.Thread):
    """Listens on a Unix socket ("unix:/run/tugon/lmtp.sock") or a TCP address ("127.0.0.1:8024") until stopped."""

    def __init__(self, listen: str, sink: Sink) -> None:
        super().__init__(name="lmtp", daemon=True)
        self.listen = listen
        self.sink = sink
        self.port = 0
        self.error: OSError | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_asked: asyncio.Event | None = None

    def start(self) -> None:
        """Begin, and return when it listens. Raises OSError when the place is taken or forbidden."""
        super().start()
        self._ready.wait()
        if self.error is not None:
            raise self.error

    def stop(self) -> None:
        if self._loop is not None and self._stop_asked is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop_asked.set)
        self.join(timeout=5)

    def run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop_asked = asyncio.Event()
        try:
            server = await self._open(self._loop)
        except OSError as error:
            self.error = error
            self._ready.set()
            return
        self._ready.set()
        await self._stop_asked.wait()
        server.close()

    async def _open(self, loop: asyncio.AbstractEventLoop) -> asyncio.base_events.Server:
        def protocol() -> _Protocol:
            return _Protocol(
                _Handler(self.sink), data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="tugon", ident="Tugon",
                loop=loop,
            )  # fmt: skip

        if self.listen.startswith("unix:"):
            path = Path(self.listen.removeprefix("unix:"))
            await asyncio.to_thread(_clear, path)
            server: Any = await loop.create_unix_server(protocol, str(path))
            path.chmod(0o660)
            return server  # type: ignore[no-any-return]
        host, _colon, port = self.listen.rpartition(":")
        server = await loop.create_server(protocol, host.strip("[]") or "127.0.0.1", int(port))
        self.port = server.sockets[0].getsockname()[1]
        return server  # type: ignore[no-any-return]


def _apart(work: Callable[..., Answer], *arguments: object) -> Answer:
    """Run database work in a thread that others use too: its connection does not stay behind."""
    close_old_connections()
    try:
        return work(*arguments)
    finally:
        close_old_connections()


def _mailbox_of(address: str) -> Mailbox | None:
    return Mailbox.objects.receiving(address)


def _arrival(mailbox: Mailbox, raw: bytes, session: Session, envelope: Envelope, recipient: str) -> Arrival:
    """With the lines a final delivery adds (RFC 5321 §4.4), so that the envelope is not lost."""
    sender = (envelope.mail_from or "").strip("<>")
    head = f"Return-Path: <{_shown(sender)}>\r\nDelivered-To: {_shown(recipient)}\r\n".encode(
        errors="replace"
    )
    peer = session.peer
    return Arrival(
        channel_id=mailbox.channel_id,
        raw=head + raw,
        via="lmtp",
        envelope={
            "from": sender,
            "to": list(envelope.rcpt_tos),
            "client": str(peer[0]) if isinstance(peer, tuple) else "",
        },
    )


def _shown(address: str) -> str:
    """An address as it may stand in an answer or a header: one line."""
    return "".join(letter for letter in address if letter.isprintable())[:320]


def _clear(path: Path) -> None:
    """Remove the socket a killed process left. One that still answers belongs to somebody: OSError."""
    import socket

    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        return
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as probe:
        try:
            probe.connect(os.fspath(path))
        except OSError:
            path.unlink(missing_ok=True)
            return
    raise OSError(f"Another process listens on {path}")
