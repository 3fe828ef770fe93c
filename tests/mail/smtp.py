"""A real SMTP server in a thread, whose answers the tests write."""

import asyncio
import base64
import email
import email.policy
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "support", "correct-horse"


@dataclass
class Taken:
    """One letter the server took over."""

    sender: str
    recipients: list[str]
    raw: bytes
    connection: int

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.raw, policy=email.policy.default)  # type: ignore[return-value]


@dataclass
class SmtpServer:
    """`answers`: address → the answer to its RCPT. `data_answers`: answers to DATA, used one after the other."""

    answers: dict[str, str] = field(default_factory=dict)
    data_answers: list[str] = field(default_factory=list)
    on_data: Callable[[Taken], None] | None = None
    refused_senders: set[str] = field(default_factory=set)
    requires_sign_in: bool = False
    taken: list[Taken] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    host: str = "127.0.0.1"

    def __enter__(self) -> "SmtpServer":
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._done.set)
        self._thread.join(5)

    async def _run(self) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()

        def protocol() -> SMTP:
            self.connections += 1
            return SMTP(
                _Handler(self, self.connections), authenticator=self._authenticate, auth_require_tls=False,
                auth_required=self.requires_sign_in, enable_SMTPUTF8=True, loop=self._loop, hostname="mx.test",
            )  # fmt: skip

        server = await self._loop.create_server(protocol, self.host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._done.wait()
        server.close()

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        fine = mechanism in ("LOGIN", "PLAIN") and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=fine, handled=False)


class _Handler:
    def __init__(self, server: SmtpServer, connection: int) -> None:
        self.server, self.connection = server, connection

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        self.server.tokens.append(base64.b64decode(args[1]).decode() if len(args) > 1 else "")
        return AuthResult(success="good-token" in self.server.tokens[-1], handled=False)

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.server.refused_senders:
            return "550 5.7.60 Not allowed to send as this sender"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.server.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.server.data_answers.pop(0) if self.server.data_answers else "250 OK: queued"
        if answer.startswith("250"):
            taken = Taken(
                envelope.mail_from or "",
                list(envelope.rcpt_tos),
                envelope.original_content or b"",
                self.connection,
            )
            self.server.taken.append(taken)
            if self.server.on_data is not None:
                await asyncio.to_thread(self.server.on_data, taken)
        return answer
