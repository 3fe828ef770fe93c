"""How web and worker speak with the warm process: one message is a line of JSON and, where it says so, raw bytes.

Both ends check sizes before they believe them; a broken message ends its connection and nothing else.
"""

from __future__ import annotations

import json
import os
import socket
import struct
from pathlib import Path
from typing import Any

from tugon.lib.home import home

HEAD = struct.Struct("<II")
MOST_JSON = 4_000_000
MOST_BYTES = 64_000_000


class Broken(ConnectionError):
    """The other end said something that is no message, or ended in the middle of one."""


def socket_path() -> Path:
    """Where the process listens: TUGON_MEANING_SOCKET, else in a private directory of the home."""
    return Path(os.environ.get("TUGON_MEANING_SOCKET") or home() / "run" / "meaning.sock")


def send(to: socket.socket, message: dict[str, Any], content: bytes = b"") -> None:
    """Raises OSError, also when the time that the socket allows is over."""
    head = json.dumps(message).encode()
    to.sendall(HEAD.pack(len(head), len(content)) + head + content)


def receive(source: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None where the other end has closed. Raises OSError, Broken."""
    first = source.recv(HEAD.size)
    if not first:
        return None
    sizes = first + _exactly(source, HEAD.size - len(first))
    json_size, size = HEAD.unpack(sizes)
    if json_size > MOST_JSON or size > MOST_BYTES:
        raise Broken("a message is too large")
    try:
        message = json.loads(_exactly(source, json_size))
    except ValueError as error:
        raise Broken("a message is not JSON") from error
    if not isinstance(message, dict):
        raise Broken("a message is not an object")
    return message, _exactly(source, size)


def _exactly(source: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = source.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise Broken("a message ends early")
        parts += part
    return bytes(parts)
