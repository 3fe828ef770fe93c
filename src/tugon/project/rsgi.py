"""The web process: pages and streams on one port, for granian (`--interface rsgi tugon.project.rsgi:application`)."""

import asyncio
import contextlib
import gc
import os
import signal
from typing import Any

os.environ.setdefault("TUGON_PROCESS", "web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.settings")

from django.conf import settings

from tugon.project.wsgi import application as pages

# The line above sets Django up, which what follows needs.
# isort: split
from tugon.portal.help.warm import at_hand
from tugon.project.bridge import PageBridge
from tugon.project.memory import share_arenas
from tugon.project.parent import signal_on_parents_death
from tugon.realtime.hub import Hub
from tugon.realtime.stream import HEADERS, PATH, Refused, Stream, open_stream

THREADS = int(
    os.environ.get("TUGON_WEB_THREADS", "8")
)  # pages worked on at once; set by `tugon web --threads`
FILES = 11  # of the largest size that one request may bring


class Application:
    """RSGI: https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md"""

    def __init__(self) -> None:
        share_arenas()
        self.hub: Hub | None = None
        self.pages = PageBridge(pages, threads=THREADS, body_limit=settings.MAX_UPLOAD * FILES)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.set_default_executor(self.pages.executor)
        _leave_the_program_alone()
        _end_streams_on_signal(self, loop)
        signal_on_parents_death(signal.SIGTERM)  # a worker must not hold the port alone

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pages.executor.shutdown(wait=False, cancel_futures=True)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.path == PATH and scope.method == "GET":
            await asyncio.get_running_loop().create_task(self._stream(scope, protocol))
        elif ready := at_hand(scope):
            protocol.response_bytes(*ready)
        else:
            await self.pages(scope, protocol)

    def close_streams(self) -> None:
        if self.hub:
            self.hub.close()

    async def _stream(self, scope: Any, protocol: Any) -> None:
        self.hub = self.hub or Hub()
        headers = scope.headers
        try:
            stream = await open_stream(
                self.hub,
                cookies=headers.get("cookie") or "",
                query=scope.query_string,
                last_event_id=headers.get("last-event-id"),
            )
        except Refused as refusal:
            protocol.response_str(
                refusal.status,
                [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")],
                refusal.text,
            )
            return
        try:
            await _until_client_leaves(stream, protocol)
        finally:
            stream.end()


def _leave_the_program_alone() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again during a request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


async def _until_client_leaves(stream: Stream, protocol: Any) -> None:
    transport = protocol.response_stream(200, HEADERS)

    async def send() -> None:
        async for frame in stream.frames():
            await transport.send_bytes(frame)

    sending = asyncio.ensure_future(send())
    gone = asyncio.ensure_future(protocol.client_disconnect())
    await asyncio.wait([sending, gone], return_when=asyncio.FIRST_COMPLETED)
    for task in (sending, gone):
        task.cancel()
    # The client may leave in the middle of a frame: that is its right, and no error.
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await sending


def _end_streams_on_signal(application: Application, loop: asyncio.AbstractEventLoop) -> None:
    """End the streams when granian is told to stop: it waits for open answers, and a stream would never end.

    granian's own handler hangs on the loop's wake-up descriptor, which Python writes beside calling this one.
    """

    def stopping(_signal: int, _frame: Any) -> None:
        loop.call_soon_threadsafe(application.close_streams)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stopping)


application = Application()
