"""The stream of one screen: `GET /-/stream?topics=ticket:1042,queue:7&since=1795287206.6`.

Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html):
    event: topics   data: names separated by blanks; fetch what shows them
    event: resync   data: empty; fetch everything
    event: refused  data: names this person may not hear of
    event: end      data: `signed-out`; do not come back without signing in
`since` is when the page was rendered (Unix time, seconds), so that nothing is missed between rendering and listening.

Knows no web server: `open_stream` answers or raises Refused, `Stream.frames` yields bytes. No database connection is
held while a stream is open.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from http.cookies import CookieError, SimpleCookie
from typing import TypeVar
from urllib.parse import parse_qs

from django.conf import settings
from django.db import OperationalError, close_old_connections

from tugon.realtime.hub import Hub, Listener
from tugon.realtime.identity import Identity, identity_of
from tugon.realtime.publish import session_topic
from tugon.realtime.topics import Topic, allowed

PATH = "/-/stream"
HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),
    ("x-content-type-options", "nosniff"),
]
TOPICS = 100  # of one stream
STREAMS = 12  # of one session in one process
HEARTBEAT = 15.0  # seconds
RECHECK = 120.0  # seconds after which permission is asked again
RETRY = 2000  # milliseconds until a browser comes back

T = TypeVar("T")
_open: Counter[str] = Counter()


class Refused(Exception):
    """No stream. `status` is HTTP's; the text is for whoever reads the network log."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


async def open_stream(hub: Hub, *, cookies: str, query: str, last_event_id: str | None = None) -> "Stream":
    """Begin to hear the topics of the query as the person of the cookie. Raises Refused 400, 401, 403, 429, 503."""
    if hub.closing:
        raise Refused(503, "The server is stopping. The page will connect again by itself.")
    names, since = _read(query)
    try:
        identity, granted = await in_thread(lambda: _admit(_session_key(cookies), names))
    except OperationalError as error:
        raise Refused(503, "The database does not answer. The page will connect again by itself.") from error
    if identity is None:
        raise Refused(401, "Sign in to get live updates.")
    if not granted:
        raise Refused(403, "You may not follow any of these topics.")
    if _open[identity.session_key] >= STREAMS:
        raise Refused(
            429, "Too many live pages are open in this browser. Close some of them and load this one again."
        )
    stream = Stream(hub, identity, asked=names, granted=granted)
    await stream.begin(since=since, missed=bool(last_event_id))
    return stream


class Stream:
    """One open stream; `frames` ends when the server stops or the person is signed out. `end` must be called."""

    def __init__(self, hub: Hub, identity: Identity, *, asked: set[Topic], granted: set[Topic]) -> None:
        self.hub = hub
        self.identity = identity
        self.refused = asked - granted
        self.session = str(session_topic(identity.session_key))
        self.listener = Listener({str(topic) for topic in granted} | {self.session})

    async def begin(self, *, since: float | None, missed: bool) -> None:
        _open[self.identity.session_key] += 1
        await self.hub.add(self.listener, since=since)
        if missed:
            self.listener.tell_resync()

    def end(self) -> None:
        self.hub.remove(self.listener)
        _open[self.identity.session_key] -= 1
        if _open[self.identity.session_key] <= 0:
            del _open[self.identity.session_key]

    async def frames(self) -> AsyncIterator[bytes]:
        yield f"retry: {RETRY}\n\n".encode()
        if self.refused:
            yield _frame("refused", " ".join(sorted(map(str, self.refused))))
        checked_at = time.monotonic()
        while True:
            news = await self.listener.news(HEARTBEAT)
            if self.listener.closing:
                return
            if time.monotonic() - checked_at > RECHECK or self.session in (news or ()):
                checked_at = time.monotonic()
                try:
                    stands = await self._still_stands()
                except OperationalError:
                    return  # no `end`: the browser comes back, and is asked again
                if not stands:
                    yield _frame("end", "signed-out")
                    return
            yield self._told(news)

    def _told(self, news: list[str] | None) -> bytes:
        if news is None:
            return _frame("resync", "")
        names = [name for name in news if name in self.listener.topics and name != self.session]
        return _frame("topics", " ".join(names)) if names else b":\n\n"

    async def _still_stands(self) -> bool:
        asked = {topic for name in self.listener.topics - {self.session} if (topic := Topic.parse(name))}
        identity, granted = await in_thread(lambda: _admit(self.identity.session_key, asked))
        self.hub.narrow(self.listener, {str(topic) for topic in granted} | {self.session})
        same = identity is not None and identity.agent_id == self.identity.agent_id
        return same and bool(granted)


async def in_thread(work: Callable[[], T]) -> T:
    """Run what asks the database on a thread of the pages, and give its connection back as a request would."""

    def run() -> T:
        close_old_connections()
        try:
            return work()
        finally:
            close_old_connections()

    return await asyncio.to_thread(run)


def _read(query: str) -> tuple[set[Topic], float | None]:
    fields = parse_qs(query)
    names = [name for part in fields.get("topics", ()) for name in part.split(",") if name]
    topics = {topic for name in names if (topic := Topic.parse(name))}
    if not names or len(topics) < len(set(names)) or len(topics) > TOPICS:
        raise Refused(400, f"Name between 1 and {TOPICS} topics, such as ?topics=ticket:1042,queue:7")
    try:
        since = float(fields["since"][0]) if "since" in fields else None
    except ValueError:
        since = 0.0
    return topics, since


def _session_key(cookies: str) -> str | None:
    try:
        morsel = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _admit(session_key: str | None, topics: set[Topic]) -> tuple[Identity | None, set[Topic]]:
    identity = identity_of(session_key)
    return identity, allowed(identity, topics) if identity else set()


def _frame(event: str, data: str) -> bytes:
    """One event. Its id tells a browser that comes back that it has missed something."""
    return f"event: {event}\nid: {time.time():.3f}\ndata: {data}\n\n".encode()
