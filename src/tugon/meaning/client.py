"""How web and worker ask the warm process. Quick to give up: without an answer everything goes on by words alone.

After a failure nobody asks for `REST_SECONDS`, so that an absent process costs a search nothing (a missing socket is
noticed in microseconds; a process that hangs costs three timeouts in that time).
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import wire
from .embedders import Embedder, MeaningUnavailable

if TYPE_CHECKING:
    from .embedders import Vectors

QUERY_SECONDS = 0.15
PASSAGES_SECONDS = 60.0
HELLO_SECONDS = 0.15
REST_SECONDS = 3.0
MOST_TIMEOUTS = 3
"""In a row. One late answer on a busy machine is no reason to do without meaning."""

Answer = tuple[dict[str, Any], bytes]

_local = threading.local()
_rests_until = 0.0
_timeouts = 0
_known: tuple[str, int, float] | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Stored texts near a question: key → cosine, averaged over the vectors of the key. mean and spread (standard
    deviation) are those of the whole shelf: a cosine alone says little, how far it stands out says much.
    """

    near: dict[int, float] = field(default_factory=dict)
    mean: float = 0.0
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class WarmEmbedder:
    """`Embedder` of the warm process."""

    model: str
    dimension: int
    patience: float = QUERY_SECONDS

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._asked("queries", texts, seconds=self.patience * max(1, len(texts)))

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._asked("passages", texts, seconds=PASSAGES_SECONDS)

    def _asked(self, what: str, texts: Sequence[str], *, seconds: float) -> Vectors:
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), np.float32)
        message, content = ask({"ask": what, "texts": list(texts)}, seconds=seconds)
        if message.get("model") != self.model:
            forget()
            raise MeaningUnavailable("The model was changed meanwhile.")
        return np.frombuffer(content, "<f4").reshape(len(texts), self.dimension)


def embedder() -> Embedder | None:
    """The warm process's provider, or None where it is absent, still loading, or rests after a failure."""
    global _known
    if _known is None:
        try:
            hello, _none = ask({"ask": "hello"}, seconds=HELLO_SECONDS)
        except MeaningUnavailable:
            return None
        _known = (str(hello["model"]), int(hello["dimension"]), float(hello.get("patience", QUERY_SECONDS)))
    return None if time.monotonic() < _rests_until else WarmEmbedder(*_known)


def nearest(shelf: str, text: str, *, most: int) -> Neighbours:
    """The stored texts of a shelf nearest to what is asked, best first; none where there is no meaning now."""
    return nearest_later(shelf, text, most=most)()


def nearest_later(shelf: str, text: str, *, most: int) -> Callable[[], Neighbours]:
    """Ask now, and go on with other work while the process thinks; call what is returned, on this thread, for the
    answer. Never raises.
    """
    message = {"ask": "nearest", "shelf": shelf, "text": text, "most": most}
    try:
        if _known is None and embedder() is None:
            return Neighbours
        answered = ask_later(message, seconds=_known[2] if _known else QUERY_SECONDS)
    except MeaningUnavailable:
        return Neighbours

    def answer() -> Neighbours:
        try:
            found, _none = answered()
        except MeaningUnavailable:
            return Neighbours()
        near = {int(key): float(score) for key, score in found.get("near", ())}
        return Neighbours(near, float(found.get("mean", 0)), float(found.get("spread", 0)))

    return answer


def halves(texts: Sequence[str]) -> tuple[str, list[bytes]]:
    """The model, and vectors of passages as they are stored: float16, little-endian. For the worker, which needs no
    numbers of its own. Raises MeaningUnavailable.
    """
    message, content = ask({"ask": "passages", "texts": list(texts), "half": True}, seconds=PASSAGES_SECONDS)
    size = len(content) // max(1, len(texts))
    return str(message["model"]), [
        content[at : at + size] for at in range(0, len(content), size)
    ] if size else []


def ask(message: dict[str, Any], *, seconds: float = QUERY_SECONDS, patiently: bool = False) -> Answer:
    """One question, one answer, over this thread's connection. Raises MeaningUnavailable.

    patiently: ask even while the process rests (for the doctor).
    """
    return ask_later(message, seconds=seconds, patiently=patiently)()


def ask_later(
    message: dict[str, Any], *, seconds: float = QUERY_SECONDS, patiently: bool = False
) -> Callable[[], Answer]:
    """Ask now; what is returned waits for the answer. Both raise MeaningUnavailable."""
    if time.monotonic() < _rests_until and not patiently:
        raise MeaningUnavailable("The process for meaning did not answer a moment ago.")
    until = time.monotonic() + seconds
    with _resting_after_failure():
        connection = _asked(message, until)

    def answer() -> Answer:
        global _timeouts
        with _resting_after_failure():
            found = _answered(connection, message, until)
        _timeouts = 0
        if "refused" in found[0]:
            raise MeaningUnavailable(str(found[0]["refused"]))
        return found

    return answer


def forget() -> None:
    """Begin anew: no rest, no connection, no known model. For tests, and after a change of the model."""
    global _known, _rests_until, _timeouts
    _known, _rests_until, _timeouts = None, 0.0, 0
    _hang_up()


@contextmanager
def _resting_after_failure() -> Iterator[None]:
    global _rests_until, _timeouts
    try:
        yield
    except OSError as error:
        _hang_up()
        _timeouts = _timeouts + 1 if isinstance(error, TimeoutError) else MOST_TIMEOUTS
        if _timeouts >= MOST_TIMEOUTS:
            _timeouts, _rests_until = 0, time.monotonic() + REST_SECONDS
        raise MeaningUnavailable("The process for meaning does not answer.") from error


def _asked(message: dict[str, Any], until: float) -> socket.socket:
    """Send on the kept connection; a new one where the process was started again meanwhile."""
    if getattr(_local, "is_waiting", False):
        _hang_up()  # somebody asked here and never took the answer
    connection, is_fresh = _connection()
    connection.settimeout(max(0.001, until - time.monotonic()))
    try:
        wire.send(connection, message)
    except OSError:
        if is_fresh:
            raise
        _hang_up()
        return _asked(message, until)
    _local.is_waiting = True
    return connection


def _answered(connection: socket.socket, message: dict[str, Any], until: float) -> Answer:
    """The answer; where the process closed a connection that was open before, it is asked once more on a new one."""
    connection.settimeout(max(0.001, until - time.monotonic()))
    try:
        answer = wire.receive(connection)
    except TimeoutError:
        raise
    except OSError:
        answer = None
    _local.is_waiting = False
    if answer is not None:
        return answer
    _hang_up()
    connection = _asked(message, until)
    connection.settimeout(max(0.001, until - time.monotonic()))
    answer = wire.receive(connection)
    _local.is_waiting = False
    if answer is None:
        raise wire.Broken("the process hung up")
    return answer


def _connection() -> tuple[socket.socket, bool]:
    kept: socket.socket | None = getattr(_local, "connection", None)
    if kept is not None and getattr(_local, "process", 0) == os.getpid():
        return kept, False
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(QUERY_SECONDS)
    try:
        connection.connect(str(wire.socket_path()))
    except OSError:
        connection.close()
        raise
    _local.connection, _local.process = connection, os.getpid()
    return connection, True


def _hang_up() -> None:
    kept: socket.socket | None = getattr(_local, "connection", None)
    if kept is not None:
        kept.close()
        _local.connection = None
    _local.is_waiting = False
