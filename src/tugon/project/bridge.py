"""Pages and streams on one port, over granian's RSGI.

A page runs on a thread and answers from that thread, so that the event loop is left for streams and pays once per
request. Measured against WSGI, ASGI and a2wsgi by `bench/server.py`; see ADR 2, "one port for pages and streams".
"""

import asyncio
import logging
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

logger = logging.getLogger(__name__)

IN_MEMORY = 1024 * 1024  # bytes of a request's body kept in memory; beyond, it goes to disk
HELD = 2 * 1024**3  # bytes of all bodies on their way at once; strangers must not fill the disk
AT_ONCE = 512 * 1024  # bytes of a file that is answered at once
# Seconds a client may leave a part of its download untaken; its thread serves nobody meanwhile.
SEND_WAIT = 20.0
CHUNK_WAIT = 60.0  # seconds a client may be silent in the middle of its body


class BodyTooLarge(Exception):
    pass


class TooMuchAtOnce(Exception):
    """All clients together send more than is held; later there is room again."""


class BodyBroken(Exception):
    """The client went away, or fell silent, before its body was complete."""


class PageBridge:
    """Runs a WSGI application for RSGI requests on its own threads."""

    def __init__(self, application: Any, *, threads: int, body_limit: int) -> None:
        self.application = application
        self.body_limit = body_limit
        self.held = 0
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._environ = {
            "SCRIPT_NAME": "",
            "SERVER_SOFTWARE": "granian",
            "wsgi.version": (1, 0),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }

    async def __call__(self, scope: Any, protocol: Any) -> None:
        loop = asyncio.get_running_loop()
        headers = scope.headers
        if (
            "content-length" not in headers
            and "transfer-encoding" not in headers
            and scope.http_version == "1.1"
        ):
            await loop.run_in_executor(self.executor, self._answer, scope, protocol, BytesIO(), loop)
            return
        try:
            # A task of its own, because time limits need one and granian's own scheduler gives none.
            body = await loop.create_task(self._receive(protocol, headers.get("content-length")))
        except BodyTooLarge:
            _refuse(protocol, 413, "This is larger than the server accepts. Nothing was stored.")
        except TooMuchAtOnce:
            _refuse(
                protocol,
                503,
                "Too much is being sent at once. Nothing was stored; send it again in a minute.",
            )
        except BodyBroken:
            _refuse(protocol, 400, "The connection broke before everything had arrived. Nothing was stored.")
        else:
            size = body.seek(0, 2)
            body.seek(0)
            try:
                await loop.run_in_executor(self.executor, self._answer, scope, protocol, body, loop)
            finally:
                self.held -= size

    async def _receive(self, protocol: Any, declared: str | None) -> IO[bytes]:
        """The whole body, rewound. A body that ends early never reaches a page."""
        expected = int(declared) if declared and declared.isdecimal() else None
        if expected is not None and expected > self.body_limit:
            raise BodyTooLarge
        body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the page closes it
        size = 0
        try:
            chunks = aiter(protocol)
            while chunk := await asyncio.wait_for(_next(chunks), CHUNK_WAIT):
                size += len(chunk)
                self.held += len(chunk)
                if size > self.body_limit:
                    raise BodyTooLarge
                if self.held > HELD:
                    raise TooMuchAtOnce
                body.write(chunk)
            if expected is not None and size != expected:
                raise BodyBroken
        except BaseException as error:
            body.close()
            self.held -= size
            if isinstance(error, BodyTooLarge | TooMuchAtOnce | BodyBroken) or not isinstance(
                error, Exception
            ):
                raise
            logger.info("A request's body broke off: %r", error)
            raise BodyBroken from error
        return body

    def _answer(self, scope: Any, protocol: Any, body: IO[bytes], loop: asyncio.AbstractEventLoop) -> None:
        """On a page's thread: run the page and answer."""
        head: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            head[:] = [int(status[:3]), [(name.lower(), value) for name, value in headers]]

        try:
            response = self.application(self._environ_of(scope, body), start_response)
            try:
                if getattr(response, "streaming", False) and not _is_small(head[1]):
                    _send_parts(protocol, head[0], head[1], response, loop)
                else:
                    protocol.response_bytes(head[0], head[1], b"".join(response))
            finally:
                response.close()
        except Exception:
            logger.exception("A page failed outside of Django")
            _refuse(protocol, 500, "Something went wrong here. It was logged.")
        finally:
            body.close()

    def _environ_of(self, scope: Any, body: IO[bytes]) -> dict[str, Any]:
        host, _, port = (scope.server or "localhost:80").rpartition(":")
        environ = {
            **self._environ,
            "REQUEST_METHOD": scope.method,
            # WSGI wants the path's bytes as latin-1 (PEP 3333, "Unicode Issues").
            "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "SERVER_NAME": host,
            "SERVER_PORT": port,
            "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": body,
        }
        for name, value in scope.headers.items():
            if "_" in name:  # could pass for a header of a proxy, once "-" has become "_"
                continue
            key = name.upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = "HTTP_" + key
            if key in environ:
                value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
            environ[key] = value
        if scope.authority and "HTTP_HOST" not in environ:
            environ["HTTP_HOST"] = scope.authority
        return environ


def _is_small(headers: list[tuple[str, str]]) -> bool:
    """True for a file that is cheaper to answer at once than part by part."""
    length = dict(headers).get("content-length", "")
    return length.isdecimal() and int(length) <= AT_ONCE


async def _next(chunks: Any) -> bytes:
    """The next part of a body that is not empty, or b"" at its end."""
    while True:
        try:
            chunk = bytes(await anext(chunks))
        except StopAsyncIteration:
            return b""
        if chunk:
            return chunk


def _send_parts(
    protocol: Any,
    status: int,
    headers: list[tuple[str, str]],
    parts: Iterable[bytes],
    loop: asyncio.AbstractEventLoop,
) -> None:
    """Send a streaming response, waiting for the client; stops where the client has gone."""
    transport = protocol.response_stream(status, headers)

    async def send(part: bytes) -> None:
        await transport.send_bytes(part)

    for part in parts:
        sending = asyncio.run_coroutine_threadsafe(send(part), loop)
        try:
            sending.result(SEND_WAIT)
        except Exception:
            sending.cancel()
            logger.debug("A client went away, or stopped taking, in the middle of a download")
            return


def _refuse(protocol: Any, status: int, text: str) -> None:
    headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
    try:
        protocol.response_str(status, headers, text)
    except Exception:
        logger.debug("A client went away before it was answered")
