"""A client that costs little beside what it measures: bare sockets, whole answers, no redirects followed."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Target:
    """One piece of work of a user: one or more requests one after the other (a page and its data).

    requests: made anew for each go, by its number. wanted: the status every answer must have.
    """

    port: int
    requests: Callable[[int], list[bytes]]
    wanted: int = 200
    numbers: Iterator[int] = field(default_factory=count)


@dataclass
class Times:
    """Seconds of single goes, and goes per second of 8 clients, over all rounds."""

    alone: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.alone) * 1e3

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return sorted(self.alone)[int(len(self.alone) * 0.95)] * 1e3

    @property
    def rate(self) -> float:
        return statistics.median(self.rates) if self.rates else 0.0


class Client:
    """One connection, opened again where the server closes it after each answer."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket.sendall(request)
            return self._answer(self.socket)
        except ConnectionError:
            self.close()
            return self.ask(request)

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _answer(self, connection: socket.socket) -> tuple[int, bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            part = connection.recv(262_144)
            if not part:
                raise ConnectionError
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        lower = head.lower()
        parts, size = [body], len(body)
        _, found, rest = lower.partition(b"\r\ncontent-length:")
        length = int(rest.split(b"\r\n", 1)[0]) if found else 0
        while size < length:
            part = connection.recv(262_144)
            if not part:
                raise ConnectionError
            parts.append(part)
            size += len(part)
        if b"\r\nconnection: close" in lower:
            self.close()
        return int(head.split(b" ", 2)[1]), head, b"".join(parts)


def request(
    path: str, *, cookie: str = "", body: bytes | None = None, extra: dict[str, str] | None = None
) -> bytes:
    """A GET, or a POST of a form where there is a body."""
    headers = {"Host": "localhost", "Accept": "*/*", "Accept-Language": "en", **(extra or {})}
    if cookie:
        headers["Cookie"] = cookie
    if body is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\n"
    return (head + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n").encode() + (
        body or b""
    )


def go(client: Client, target: Target) -> float:
    """Do the work once. Returns seconds. Raises AssertionError for an answer that is not what it should be."""
    requests = target.requests(next(target.numbers))
    began = time.perf_counter()
    for one in requests:
        status, head, body = client.ask(one)
        assert status == target.wanted, (one[:200], head, body[:600])
    return time.perf_counter() - began


def alone(target: Target, goes: int) -> list[float]:
    """Seconds of each go, one after the other, after two to warm up."""
    client = Client(target.port)
    for _ in range(2):
        go(client, target)
    times = [go(client, target) for _ in range(goes)]
    client.close()
    return times


def together(target: Target, goes: int, clients: int = 8) -> float:
    """Goes per second of several clients at once."""
    failures: list[BaseException] = []

    def work() -> None:
        client = Client(target.port)
        try:
            for _ in range(max(1, goes // clients)):
                go(client, target)
        except BaseException as error:
            failures.append(error)
        client.close()

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return max(1, goes // clients) * clients / (time.perf_counter() - began)
