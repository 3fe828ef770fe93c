"""One question to an OpenAI-compatible service: POST <address>/chat/completions. Everything about the answer is
bounded: its seconds, its bytes, its depth. The address is the administrator's own choice and may be in the house;
redirects are not followed, so that key and words go to the address they were meant for and to no other.
"""

from __future__ import annotations

import json
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import Trouble

MOST_BYTES = 1_000_000
MOST_LETTERS = 60_000
"""Of an answer: nothing asked here needs more."""
PATIENCE = 0.25
"""Seconds between two looks whether it was cancelled."""
_CODES = {
    401: "wrong-key",
    403: "wrong-key",
    402: "quota",
    404: "no-model",
    408: "no-answer",
    413: "too-long",
    429: "quota",
}


@dataclass(frozen=True, slots=True)
class Service:
    """seconds: the longest that an answer may take, all in all."""

    address: str
    model: str
    key: str = ""
    seconds: float = 60.0

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


def ask(
    service: Service,
    messages: Sequence[Mapping[str, str]],
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """The text of the answer. Raises Trouble with a code; "cancelled" when `is_cancelled` said so.

    The asking runs in a thread of its own that is left to itself when time is up: it reads no more and ends.
    """
    stop, answers = threading.Event(), queue.SimpleQueue[bytes | Trouble]()
    threading.Thread(target=_fetch, args=(service, messages, stop, answers), daemon=True).start()
    deadline = time.monotonic() + service.seconds
    try:
        while True:
            try:
                answer = answers.get(timeout=PATIENCE)
            except queue.Empty:
                if is_cancelled():
                    raise Trouble("cancelled") from None
                if time.monotonic() > deadline:
                    raise Trouble("no-answer") from None
                continue
            if isinstance(answer, Trouble):
                raise answer
            return text_of(answer)
    finally:
        stop.set()


def text_of(content: bytes) -> str:
    """The words of an answer's JSON. Raises Trouble."""
    try:
        message = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise Trouble("nonsense") from None
    if isinstance(message, list):
        message = "".join(str(part.get("text", "")) for part in message if isinstance(part, dict))
    if not isinstance(message, str) or not message.strip():
        raise Trouble("nonsense")
    if len(message) > MOST_LETTERS:
        raise Trouble("too-big")
    return message.encode("utf-8", "replace").decode().replace("\x00", "")


def _fetch(
    service: Service,
    messages: Sequence[Mapping[str, str]],
    stop: threading.Event,
    answers: queue.SimpleQueue[bytes | Trouble],
) -> None:
    try:
        answers.put(_content(service, messages, stop))
    except Trouble as trouble:
        answers.put(trouble)
    except urllib.error.HTTPError as error:
        answers.put(_refusal(error))
    except TimeoutError:
        answers.put(Trouble("no-answer"))
    except urllib.error.URLError as error:
        code = "no-answer" if isinstance(error.reason, TimeoutError) else "unreachable"
        answers.put(Trouble(code, str(error.reason)[:200]))
    except Exception as error:  # whatever a stranger's server does, somebody waits for this queue
        answers.put(Trouble("unreachable", str(error)[:200]))


def _content(service: Service, messages: Sequence[Mapping[str, str]], stop: threading.Event) -> bytes:
    asked = {"model": service.model, "messages": list(messages), "stream": False}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if service.key:
        headers["Authorization"] = f"Bearer {service.key}"
    address = service.address.rstrip("/") + "/chat/completions"
    request = urllib.request.Request(address, json.dumps(asked).encode(), headers, method="POST")  # noqa: S310
    content = bytearray()
    with _opener.open(request, timeout=service.seconds) as answer:
        while not stop.is_set():
            part = answer.read1(65_536)
            if not part:
                return bytes(content)
            content += part
            if len(content) > MOST_BYTES:
                raise Trouble("too-big")
    raise Trouble("cancelled")


def _refusal(error: urllib.error.HTTPError) -> Trouble:
    with error:
        if 300 <= error.code < 400:
            return Trouble("redirected", error.headers.get("Location", "")[:200])
        code = _CODES.get(error.code) or ("broken" if error.code >= 500 else "refused")
        return Trouble(code, f"{error.code} {_said(error)}".strip())


def _said(error: urllib.error.HTTPError) -> str:
    """What the service says about it, short, if it says it as these services do."""
    try:
        told: Any = json.loads(error.read(20_000))["error"]
        return str(told["message"] if isinstance(told, dict) else told)[:200]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return str(error.reason)[:100]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key goes to the address it was given for, and to no other."""

    def redirect_request(self, *_args: Any, **_names: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)
