"""What slow and greedy clients may cost: bodies beyond the bounds are refused, and no thread waits for ever."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from tugon.project import bridge


class Client:
    """One request over RSGI: sends `parts`; takes what is streamed to it, or nothing at all."""

    def __init__(
        self, *parts: bytes, takes: bool = True, gate: asyncio.Event | None = None, **headers: str
    ) -> None:
        self.parts, self.takes, self.gate = parts, takes, gate
        self.answer: tuple[int, str] = (0, "")
        self.scope = SimpleNamespace(
            headers=headers, http_version="1.1", server="localhost:80", method="POST", path="/", query_string="",
            client="127.0.0.1:9", scheme="http", authority="",
        )  # fmt: skip

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._sent()

    async def _sent(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            yield part
        if self.gate:
            await self.gate.wait()

    def response_str(self, status: int, headers: Any, text: str) -> None:
        self.answer = (status, text)

    def response_bytes(self, status: int, headers: Any, content: bytes) -> None:
        self.answer = (status, content.decode())

    def response_stream(self, status: int, headers: Any) -> "Client":
        return self

    async def send_bytes(self, part: bytes) -> None:
        if not self.takes:
            await asyncio.Event().wait()


class Page(list[bytes]):
    streaming = False

    def close(self) -> None:
        pass


def echo(environ: dict[str, Any], start: Callable[..., None]) -> Page:
    start("200 OK", [])
    return Page([environ["wsgi.input"].read()])


def pages(application: Any = echo) -> bridge.PageBridge:
    return bridge.PageBridge(application, threads=1, body_limit=100)


def run(story: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: where browser tests ran before, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()


LENGTH: dict[str, Any] = {"transfer-encoding": "chunked"}


def test_a_body_reaches_the_page_whole_and_is_no_longer_held() -> None:
    web, client = pages(), Client(b"ab", b"cd", **LENGTH)
    run(web(client.scope, client))
    assert client.answer == (200, "abcd")
    assert web.held == 0


@pytest.mark.parametrize(("parts", "status"), [((b"x" * 60, b"x" * 60), 413), ((b"abc",), 400)])
def test_what_is_too_large_or_broken_is_refused_and_not_held(parts: tuple[bytes, ...], status: int) -> None:
    web, client = pages(), Client(*parts, **{**LENGTH, "content-length": "4"} if status == 400 else LENGTH)
    run(web(client.scope, client))
    assert (client.answer[0], web.held) == (status, 0)


def test_all_clients_together_are_bounded_and_there_is_room_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "HELD", 100)

    async def story() -> tuple[Client, Client, Client]:
        gate = asyncio.Event()
        slow, second, later = (
            Client(b"x" * 80, gate=gate, **LENGTH),
            Client(b"x" * 80, **LENGTH),
            Client(b"x" * 80, **LENGTH),
        )
        first = asyncio.ensure_future(web(slow.scope, slow))
        while web.held < 80:
            await asyncio.sleep(0)
        await web(second.scope, second)
        gate.set()
        await first
        await web(later.scope, later)
        return slow, second, later

    web = pages()
    assert [client.answer[0] for client in run(story())] == [200, 503, 200]
    assert web.held == 0


def test_a_download_that_nobody_takes_gives_its_thread_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "SEND_WAIT", 0.05)
    ended = threading.Event()

    class Download(Page):
        streaming = True

        def __iter__(self) -> Iterator[bytes]:
            while True:
                yield b"x" * 1000

        def close(self) -> None:
            ended.set()

    def endless(environ: dict[str, Any], start: Callable[..., None]) -> Page:
        start("200 OK", [("Content-Length", "9999999")])
        return Download()

    client = Client(takes=False, **LENGTH)
    run(asyncio.wait_for(pages(endless)(client.scope, client), 10))
    assert ended.is_set()
