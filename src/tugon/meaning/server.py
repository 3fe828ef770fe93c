"""The warm process: holds the provider and the vectors, answers on a Unix socket. Killing it harms nothing.

One thread per connection. Queries and passages are computed under two locks, so that somebody who types never waits for
the indexing of articles. While the provider still loads, every question is refused at once.
"""

from __future__ import annotations

import logging
import socket
import socketserver
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
from django.db import DatabaseError, close_old_connections

from tugon.lib.home import private

from . import wire
from .choosing import Choice, chosen, decided
from .embedders import Embedder, MeaningUnavailable
from .matrix import Matrix
from .models import Vector

logger = logging.getLogger(__name__)

MOST_TEXTS = 256
MOST_NEAR = 2_000
KEPT_QUERIES = 2_000
LOOKED_EVERY = 5.0
"""Seconds between looks at what the company decided, and at the shelves."""


class Desk:
    """What all connections share."""

    def __init__(self) -> None:
        self.embedder: Embedder | None = None
        self.patience = 0.0
        self.why_not = "The provider of meaning is still being loaded."
        self._choice: Choice | None = None
        self._matrices: dict[str, Matrix] = {}
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._queries, self._passages = threading.Lock(), threading.Lock()

    def look(self) -> None:
        """Load the provider the company decided on, if it is another than before; read the shelves."""
        choice = decided()
        if choice != self._choice:
            self._load(choice)
        if self.embedder is not None:
            shelves = (
                Vector.objects.filter(model=self.embedder.model).order_by().values_list("shelf", flat=True)
            )
            for shelf in shelves.distinct():
                self._matrix(shelf, self.embedder).refresh()

    def _load(self, choice: Choice) -> None:
        try:
            embedder = chosen(choice)
        except MeaningUnavailable as error:
            logger.warning("No meaning: %s", error)
            self.embedder, self.why_not = None, str(error)
        else:
            self._matrices, self._kept = {}, OrderedDict()
            self.embedder, self.patience = embedder, choice.patience
            logger.info("Meaning by %s, %d numbers", embedder.model, embedder.dimension)
        self._choice = choice

    def answer(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Raises MeaningUnavailable, and ValueError for a question that is none."""
        embedder = self.embedder
        if embedder is None:
            raise MeaningUnavailable(self.why_not)
        about = {"model": embedder.model, "dimension": embedder.dimension}
        match message.get("ask"):
            case "hello":
                stored = {name: len(matrix) for name, matrix in self._matrices.items()}
                return {**about, "patience": self.patience, "stored": stored}, b""
            case "queries":
                rows = [self._query(text, embedder) for text in _texts(message)]
                return about, np.stack(rows).astype("<f4").tobytes() if rows else b""
            case "passages":
                return about, self._passages_of(_texts(message), embedder, half=message.get("half") is True)
            case "nearest":
                return {**about, **self._nearest(message, embedder)}, b""
        raise ValueError("This question is not known.")

    def _query(self, text: str, embedder: Embedder) -> Any:
        known = self._kept.get(text)
        if known is None:
            with self._queries:
                known = embedder.queries([text])[0]
            self._kept[text] = known
            while len(self._kept) > KEPT_QUERIES:
                self._kept.popitem(last=False)
        return known

    def _passages_of(self, texts: list[str], embedder: Embedder, *, half: bool) -> bytes:
        with self._passages:
            found = embedder.passages(texts) if texts else np.empty((0, embedder.dimension), np.float32)
        return found.astype("<f2" if half else "<f4").tobytes()

    def _nearest(self, message: dict[str, Any], embedder: Embedder) -> dict[str, Any]:
        shelf, most = str(message.get("shelf", ""))[:40], int(message.get("most", 10))
        query = self._query(_texts({"texts": [message.get("text")]})[0], embedder)
        matrix = self._matrices.get(shelf)
        if matrix is None:
            return {"near": [], "mean": 0.0, "spread": 0.0}
        return matrix.nearest(query, most=min(max(most, 1), MOST_NEAR))

    def _matrix(self, shelf: str, embedder: Embedder) -> Matrix:
        if shelf not in self._matrices:
            self._matrices[shelf] = Matrix(shelf, model=embedder.model, dimension=embedder.dimension)
        return self._matrices[shelf]


def _texts(message: dict[str, Any]) -> list[str]:
    texts = message.get("texts")
    if (
        not isinstance(texts, list)
        or len(texts) > MOST_TEXTS
        or not all(isinstance(one, str) for one in texts)
    ):
        raise ValueError("The texts are missing or too many.")
    return texts


class _Line(socketserver.BaseRequestHandler):
    """One connection: questions one after the other until the other end has enough."""

    request: socket.socket
    server: Server

    def handle(self) -> None:
        try:
            while (asked := wire.receive(self.request)) is not None:
                self._answer(asked[0])
        except OSError:
            return  # they hung up in the middle, or said what is no message

    def _answer(self, message: dict[str, Any]) -> None:
        try:
            answer, content = self.server.desk.answer(message)
        except (MeaningUnavailable, ValueError, TypeError) as error:
            answer, content = {"refused": str(error)}, b""
        except Exception:
            logger.exception("A question about meaning failed")
            answer, content = {"refused": "It failed; the log of the process says why."}, b""
        wire.send(self.request, answer, content)


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: Path, desk: Desk) -> None:
        self.desk = desk
        self._open: set[socket.socket] = set()
        private(path.parent)
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Line)
        path.chmod(0o600)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in list(self._open):
            self.shutdown_request(connection)


def serve(path: Path | None = None) -> None:
    """Until the process is ended. Listens first, then loads: who asks meanwhile is told so and goes on."""
    desk = Desk()
    with Server(path or wire.socket_path(), desk) as server:
        threading.Thread(target=_look_again_and_again, args=[desk], daemon=True).start()
        server.serve_forever(poll_interval=1.0)


def _look_again_and_again(desk: Desk) -> None:
    while True:
        try:
            close_old_connections()
            desk.look()
        except DatabaseError as error:
            logger.warning("The database does not answer: %s", str(error).strip().splitlines()[0])
        except Exception:
            logger.exception("Looking at the shelves failed")
        time.sleep(FRESH if desk.embedder else LOOKED_EVERY)


FRESH = 1.0
"""Seconds until something indexed is found by its meaning."""
