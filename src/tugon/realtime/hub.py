"""One LISTEN connection per web process, and the screens it tells."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import psycopg
from django.db import connections

from tugon.realtime.publish import CHANNEL

logger = logging.getLogger(__name__)

QUIET = 0.1  # seconds a topic is held back after it was told
MEMORY = 120.0  # seconds of topics kept for screens that were rendered before they began to listen
MEMORY_SIZE = 10_000  # topics
PENDING = 32  # names a screen may be behind; beyond, it is told to fetch everything
BACKOFF = (0.1, 0.3, 1.0, 2.0, 5.0)  # seconds between attempts to reconnect
SILENCE = 20.0  # seconds without a notification after which the connection is probed


class Listener:
    """One open screen. What it has not read yet is a set of its own topics, so it can only stay small."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = set(topics)
        self.closing = False
        self._pending: dict[str, None] = {}
        self._resync = False
        self._news = asyncio.Event()

    def tell(self, topic: str) -> None:
        if topic in self.topics and not self._resync:
            self._pending[topic] = None
            if len(self._pending) > PENDING:
                self.tell_resync()
            self._news.set()

    def tell_resync(self) -> None:
        self._resync = True
        self._pending.clear()
        self._news.set()

    def close(self) -> None:
        self.closing = True
        self._news.set()

    async def news(self, timeout: float) -> list[str] | None:
        """The topics that changed since the last call, waiting for at most `timeout` seconds; None is resync."""
        try:
            await asyncio.wait_for(self._news.wait(), timeout)
        except TimeoutError:
            return []
        self._news.clear()
        resync, topics = self._resync, list(self._pending)
        self._resync = False
        self._pending.clear()
        return None if resync else topics


class Hub:
    """Hears NOTIFY and tells the listeners. Lives on one event loop; begins to listen with its first listener."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self._everyone: set[Listener] = set()
        self._recent: OrderedDict[str, float] = OrderedDict()
        self._cooling: dict[str, bool] = {}
        self._complete_since: float | None = None
        self._task: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self.closing = False

    async def add(self, listener: Listener, *, since: float | None = None) -> None:
        """Tell this listener from now on, and of what was published after `since` (Unix time, seconds).

        Waits until the database is heard, for at most 2 s: later, the reconnection tells everyone `resync`.
        """
        self._everyone.add(listener)
        for topic in listener.topics:
            self._listeners.setdefault(topic, set()).add(listener)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._listen())
        try:
            await asyncio.wait_for(self._connected.wait(), 2.0)
        except TimeoutError:
            return
        if since is not None:
            self._catch_up(listener, since)

    def remove(self, listener: Listener) -> None:
        self._everyone.discard(listener)
        for topic in listener.topics:
            self._forget(topic, listener)

    def narrow(self, listener: Listener, topics: set[str]) -> None:
        """Tell this listener of nothing but these topics any more."""
        for topic in listener.topics - topics:
            self._forget(topic, listener)
        listener.topics &= topics

    def told(self, topics: Iterable[str]) -> None:
        """These topics changed. One that was told less than QUIET ago is told again when that time is over."""
        now = time.time()
        for topic in topics:
            self._recent[topic] = now
            self._recent.move_to_end(topic)
            if topic in self._cooling:
                self._cooling[topic] = True
            elif topic in self._listeners:
                self._tell(topic)
        self._trim(now)

    def close(self) -> None:
        """End every stream and stop listening. May be called twice."""
        self.closing = True
        for listener in self._everyone:
            listener.close()
        if self._task:
            self._task.cancel()

    def _catch_up(self, listener: Listener, since: float) -> None:
        if self._complete_since is None or since < self._complete_since:
            listener.tell_resync()
            return
        for topic in listener.topics:
            if self._recent.get(topic, 0.0) >= since:
                listener.tell(topic)

    def _forget(self, topic: str, listener: Listener) -> None:
        listeners = self._listeners.get(topic)
        if listeners:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[topic]

    def _tell(self, topic: str) -> None:
        self._cooling[topic] = False
        asyncio.get_running_loop().call_later(QUIET, self._cooled, topic)
        for listener in self._listeners.get(topic, ()):
            listener.tell(topic)

    def _cooled(self, topic: str) -> None:
        if self._cooling.pop(topic, False) and not self.closing:
            self._tell(topic)

    def _trim(self, now: float) -> None:
        while self._recent:
            topic, at = next(iter(self._recent.items()))
            if at > now - MEMORY and len(self._recent) <= MEMORY_SIZE:
                break
            del self._recent[topic]
            self._complete_since = max(self._complete_since or at, at)

    async def _listen(self) -> None:
        """Listen for ever; after a break, everyone is told to fetch everything."""
        attempt = 0
        while not self.closing:
            began = time.monotonic()
            try:
                await self._hear()
            except (psycopg.Error, OSError) as error:
                if self._connected.is_set() or attempt == 0:
                    logger.warning("Live updates wait for the database: %s", str(error).strip())
            if self._connected.is_set() and time.monotonic() - began > 10:
                attempt = 0
            self._connected.clear()
            await asyncio.sleep(BACKOFF[min(attempt, len(BACKOFF) - 1)])
            attempt += 1

    async def _hear(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            **_connection_parameters(), autocommit=True
        ) as heard:
            await heard.execute(f"LISTEN {CHANNEL}")
            again = self._complete_since is not None
            self._recent.clear()
            self._complete_since = time.time()
            self._connected.set()
            if again:
                for listener in self._everyone:
                    listener.tell_resync()
            while True:
                async for notification in heard.notifies(timeout=SILENCE):
                    self.told(notification.payload.split())
                await heard.execute("SELECT 1")


def _connection_parameters() -> dict[str, Any]:
    """How to reach Django's database, without what only Django's own connections want."""
    parameters = dict(connections["default"].get_connection_params())
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    return parameters | {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "application_name": f"{parameters.get('application_name', 'tugon')}-listen",
    }
