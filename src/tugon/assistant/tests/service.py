"""A small OpenAI-compatible service on this machine, well-behaved or not, for tests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Service(ThreadingHTTPServer):
    """says: the words of its answers. manner: how it behaves. heard: what it was asked, with headers and path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says = "ready"
        self.manner = "well"
        self.key = ""
        self.heard: list[dict[str, Any]] = []
        self.written = 0
        self.gone = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *_parts: Any) -> None:
        """Tests are quiet."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append(
            {"path": self.path, "headers": dict(self.headers), "asked": json.loads(body)}
        )
        if self.server.key and self.headers.get("Authorization") != f"Bearer {self.server.key}":
            return self._send(401, {"error": {"message": "Incorrect API key provided"}})
        try:
            getattr(self, f"_{self.server.manner}")()
        except (BrokenPipeError, ConnectionResetError):
            self.server.gone.set()

    def _send(self, status: int, content: Any, **headers: str) -> None:
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _well(self) -> None:
        self._send(200, {"choices": [{"message": {"role": "assistant", "content": self.server.says}}]})

    def _slow(self) -> None:
        time.sleep(1.2)
        self._well()

    def _silent(self) -> None:
        self.server.gone.wait(10)

    def _nonsense(self) -> None:
        self._send(200, b"<html>Welcome to nginx!</html>")

    def _other(self) -> None:
        self._send(200, {"choices": []})

    def _deep(self) -> None:
        self._send(200, b"[" * 200_000)

    def _quota(self) -> None:
        self._send(429, {"error": {"message": "You exceeded your current quota"}})

    def _broken(self) -> None:
        self._send(503, b"overloaded")

    def _unknown(self) -> None:
        self._send(404, {"error": {"message": "The model does not exist"}})

    def _elsewhere(self) -> None:
        self._send(307, b"", Location=f"{self.server.address}/elsewhere")

    def _huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(10_000_000))
        self.end_headers()
        for _part in range(1_000):
            self.wfile.write(b" " * 10_000)
            self.server.written += 10_000

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)


@contextmanager
def serving() -> Iterator[Service]:
    server = Service()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.gone.set()
        server.shutdown()
        server.server_close()
