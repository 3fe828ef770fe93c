"""Long work told to whoever waits at the terminal: a bar where somebody watches, else a line every few seconds."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

EVERY = 5.0
"""Seconds between two lines, where there is no terminal to draw a bar on."""


class Telling:
    """with Telling("Bringing the database up to date", steps=40) as told: told.step("tickets")

    Everything goes to stderr. words: what is being done now, in a few words.
    """

    def __init__(self, title: str, *, steps: int) -> None:
        self._title, self._steps, self._done = title, steps, 0
        self._last = time.monotonic()
        console = Console(file=sys.stderr)
        self._bar: Progress | None = None
        if console.is_terminal:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self._bar = Progress(*columns, console=console, transient=True)

    def __enter__(self) -> Telling:
        if self._bar is not None:
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=self._steps)
        else:
            self._line(f"{self._title} …")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        if kind is None:
            self._line(f"{self._title}: done.")

    def says(self, words: str) -> None:
        """What is done now, told at once."""
        if self._bar is not None:
            self._bar.update(self._task, description=f"{self._title}: {words}")
        else:
            self._line(f"  {words} …")

    def step(self, words: str = "") -> None:
        """One step further."""
        self._done += 1  # the number of steps may have been a guess
        self._steps = max(self._steps, self._done)
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, total=self._steps)
        elif time.monotonic() - self._last >= EVERY:
            self._line(f"  {self._progress}{f' ({words})' if words else ''} …")

    @property
    def _progress(self) -> str:
        return f"{self._done} of {self._steps}" if self._done < self._steps else str(self._done)

    def _line(self, words: str) -> None:
        self._last = time.monotonic()
        print(words, file=sys.stderr, flush=True)  # noqa: T201
