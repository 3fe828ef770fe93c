"""What an empty page costs under each way to serve pages and streams on one port.

    .venv/bin/python bench/server.py [--requests 1500] [--rounds 3]

Starts each server on loopback in turn, asks one after the other and then over 8 connections, and prints medians and
ratios to plain WSGI. The client is a bare socket, so that it costs little beside what it measures.
See docs/adr/0002-one-port-for-pages-and-streams.md.
"""

import argparse
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\nAccept: */*\r\n\r\n"
ENDS = (b"ok", b"0\r\n\r\n")  # of a whole answer, and of a chunked one
CANDIDATES = [
    ("granian WSGI (no streams)", "wsgi", "wsgi"),
    ("granian RSGI, our bridge", "rsgi", "rsgi"),
    ("granian ASGI, a2wsgi", "asginl", "a2wsgi"),
    ("granian ASGI, Django's handler", "asginl", "asgi"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    results: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(options.rounds):
        for name, interface, target in CANDIDATES:
            with served(interface, target) as port:
                one_by_one(port, options.requests // 5)
                times = one_by_one(port, options.requests)
                rate = at_once(port, options.requests * 2)
            results.setdefault(name, []).append((times[len(times) // 2], times[int(len(times) * 0.95)], rate))
    report(results)


def report(results: dict[str, list[tuple[float, float, float]]]) -> None:
    medians = {
        name: [statistics.median(column) for column in zip(*rows, strict=True)]
        for name, rows in results.items()
    }
    floor = next(iter(medians.values()))
    print(f"{'':34}{'median':>10}{'p95':>10}{'ratio':>8}{'8 clients':>12}{'ratio':>8}")
    for name, (median, p95, rate) in medians.items():
        latency = f"{median * 1e3:7.2f} ms{p95 * 1e3:7.2f} ms{median / floor[0]:8.1f}"
        print(f"{name:34}{latency}{rate:10.0f}/s{rate / floor[2]:8.2f}")


@contextmanager
def served(interface: str, target: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", interface, "--port", str(port), "--no-ws"),
            *("--log-level", "error", f"server_candidates:{target}"),
        ],
        cwd=Path(__file__).parent,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()


def connect(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=10)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def one_by_one(port: int, count: int) -> list[float]:
    """The seconds of each of `count` requests over one connection, sorted."""
    times = []
    with connect(port) as client:
        for _ in range(count):
            began = time.perf_counter()
            client.sendall(REQUEST)
            answer = b""
            while not answer.endswith(ENDS):
                part = client.recv(65536)
                if not part:
                    raise ConnectionError(f"the server hung up after {answer!r}")
                answer += part
            times.append(time.perf_counter() - began)
    return sorted(times)


def at_once(port: int, count: int, clients: int = 8) -> float:
    """Requests per second over several connections."""
    with selectors.DefaultSelector() as selector:
        for _ in range(clients):
            client = connect(port)
            selector.register(client, selectors.EVENT_READ)
            client.sendall(REQUEST)
        began, done = time.perf_counter(), 0
        while done < count:
            for key, _ in selector.select(timeout=10):
                client = key.fileobj  # type: ignore[assignment]
                part = client.recv(65536)
                if not part:
                    raise ConnectionError("the server hung up")
                if part.endswith(ENDS):
                    done += 1
                    client.sendall(REQUEST)
        rate = done / (time.perf_counter() - began)
        for key in list(selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
    return rate


if __name__ == "__main__":
    main()
