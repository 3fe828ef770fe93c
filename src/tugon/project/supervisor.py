"""Keeps processes running: starts them, shows their output with a prefix, starts again what dies, ends all together.

One thread and no Django, so that it is small and a fork is safe. A process that dies is started again after half a
second, then one, two, … up to thirty; having lived for a minute forgives the past.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from tugon.database.embedded import DatabaseUnavailable, EmbeddedServer
from tugon.project.parent import VARIABLE, signal_on_parents_death
from tugon.project.processes import Process

FIRST_DELAY, LONGEST_DELAY, FORGIVEN_AFTER = 0.5, 30.0, 60.0  # seconds
GRACE = 9.0  # seconds to end cleanly before being killed; a worker gives its jobs eight
COLOURS = {"web": 36, "worker": 35, "mail": 33, "meaning": 32, "database": 34}


@dataclass
class Keeper:
    """What is known about one process: the process itself, and when it may be started (monotonic seconds)."""

    process: Process
    popen: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    delay: float = FIRST_DELAY
    unfinished: bytes = b""

    @property
    def name(self) -> str:
        return self.process.name


@dataclass
class Supervisor:
    """Runs `processes` beside the embedded `database` (None: somebody else's) until a signal or `stop()`.

    show: called with a process's name and a line of its output. environment: added to ours for each process.
    on_signals: False where somebody else handles them, and outside the main thread.
    """

    processes: list[Process]
    database: EmbeddedServer | None
    show: Callable[[str, str], None]
    environment: dict[str, str] = field(default_factory=dict)
    on_signals: bool = True

    def __post_init__(self) -> None:
        self._keepers = [Keeper(process) for process in self.processes]
        self._selector = selectors.DefaultSelector()
        self._postgres: subprocess.Popen[bytes] | None = None
        self._stopping = False
        self._database_start_at = 0.0

    def start_database(self, *, patience: float = 60) -> None:
        """Start the embedded server as our child, or accept the one that already runs. patience: seconds.

        Raises DatabaseUnavailable.
        """
        server = self.database
        if server is None:
            return
        with server.locked():
            deadline = time.monotonic() + patience
            while not server.running():
                self._postgres = server.spawn(process_group=0, preexec_fn=_interrupt_on_parents_death)
                if server.wait_until_ready(self._postgres, until=deadline):
                    break
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable(server.why_not_started())
                time.sleep(0.3)
            server.ensure_database()

    def run(self) -> None:
        """Until a signal or `stop()`: SIGINT and SIGTERM end all cleanly; a second one at once."""
        try:
            with self._listening_for_signals() if self.on_signals else contextlib.nullcontext():
                while not self._stopping:
                    self._keep()
                    self._listen(timeout=self._next_start_in())
                self.end()
        finally:
            self._kill_all()
            self._selector.close()

    def stop(self) -> None:
        """End all; `run()` returns when they have ended."""
        self._stopping = True

    @contextlib.contextmanager
    def _listening_for_signals(self) -> Iterator[None]:
        """Signals, also of a child's end, wake us at once through a pipe."""
        wakeup_read, wakeup_write = os.pipe()
        os.set_blocking(wakeup_write, False)
        previous = signal.set_wakeup_fd(wakeup_write, warn_on_full_buffer=False)
        handlers = {which: signal.signal(which, self._on_signal) for which in (signal.SIGINT, signal.SIGTERM)}
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(wakeup_read, selectors.EVENT_READ)
        try:
            yield
        finally:
            signal.set_wakeup_fd(previous)
            for which, handler in handlers.items():
                signal.signal(which, handler)
            self._selector.unregister(wakeup_read)
            os.close(wakeup_read)
            os.close(wakeup_write)

    def _on_signal(self, which: int, _frame: object) -> None:
        if self._stopping:
            self._kill_all()
        self._stopping = True

    def _keep(self) -> None:
        """Notice what has ended, and start what is due. Nothing is started while the database is away."""
        now = time.monotonic()
        if not self._keep_database(now):
            return
        for keeper in self._keepers:
            if keeper.popen is not None and keeper.popen.poll() is not None:
                self._notice_end(keeper, now)
            if keeper.popen is None and now >= keeper.start_at:
                self._start(keeper, now)

    def _keep_database(self, now: float) -> bool:
        server = self.database
        if server is None or (self._postgres is not None and self._postgres.poll() is None):
            return True
        if self._postgres is None and server.running():
            return True  # another command of this home started it
        if now < self._database_start_at:
            return False
        self.show("database", "PostgreSQL has ended; starting it again. Nothing that was committed is lost.")
        try:
            self.start_database(patience=20)
        except DatabaseUnavailable as error:
            self.show("database", str(error))
            self._database_start_at = now + 5
            return False
        self.show("database", "PostgreSQL is back.")
        return True

    def _start(self, keeper: Keeper, now: float) -> None:
        keeper.popen = subprocess.Popen(
            keeper.process.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | self.environment | keeper.process.environment | {VARIABLE: str(os.getpid())},
            process_group=0,  # Ctrl-C reaches only us, and we end them in order
            preexec_fn=_end_on_parents_death,
        )
        keeper.started_at = now
        assert keeper.popen.stdout is not None
        os.set_blocking(keeper.popen.stdout.fileno(), False)
        self._selector.register(keeper.popen.stdout, selectors.EVENT_READ, keeper)

    def _notice_end(self, keeper: Keeper, now: float) -> None:
        assert keeper.popen is not None
        assert keeper.popen.stdout is not None
        self._read(keeper, keeper.popen.stdout)
        self._selector.unregister(keeper.popen.stdout)
        keeper.popen.stdout.close()
        _kill_group(keeper.popen.pid)  # what a killed process leaves behind would hold its port
        if now - keeper.started_at > FORGIVEN_AFTER:
            keeper.delay = FIRST_DELAY
        how = _words(keeper.popen.returncode)
        self.show(keeper.name, f"{how}; starting it again in {keeper.delay:g} s.")
        keeper.popen = None
        keeper.start_at = now + keeper.delay
        keeper.delay = min(keeper.delay * 2, LONGEST_DELAY)

    def _next_start_in(self) -> float:
        now = time.monotonic()
        waits = [keeper.start_at - now for keeper in self._keepers if keeper.popen is None]
        return max(0.02, min([1.0, *waits]))

    def _listen(self, *, timeout: float) -> None:
        for key, _ in self._selector.select(timeout):
            if key.data is None:
                os.read(key.fd, 4096)  # only woke us
            else:
                self._read(key.data, key.fileobj)  # type: ignore[arg-type]

    def _read(self, keeper: Keeper, stream: IO[bytes]) -> None:
        with contextlib.suppress(BlockingIOError, ValueError):
            while chunk := os.read(stream.fileno(), 65536):
                *lines, keeper.unfinished = (keeper.unfinished + chunk).split(b"\n")
                for line in lines:
                    self.show(keeper.name, line.decode(errors="replace").rstrip("\r"))

    def end(self) -> None:
        """The processes first, each in its own time; the database when nobody needs it."""
        for keeper in self._running():
            assert keeper.popen is not None
            keeper.popen.terminate()
        deadline = time.monotonic() + GRACE
        while self._running() and time.monotonic() < deadline:
            self._listen(timeout=0.05)
        self._kill_all()
        for keeper in self._keepers:
            if keeper.popen is not None and keeper.popen.stdout is not None:
                keeper.popen.wait()
                self._read(keeper, keeper.popen.stdout)
                keeper.popen.stdout.close()
        if self.database is not None and self._postgres is not None:
            with self.database.locked(), contextlib.suppress(DatabaseUnavailable):
                self.database.stop()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._postgres.wait(timeout=5)

    def _running(self) -> list[Keeper]:
        return [
            keeper for keeper in self._keepers if keeper.popen is not None and keeper.popen.poll() is None
        ]

    def _kill_all(self) -> None:
        for keeper in self._keepers:
            if keeper.popen is not None:
                _kill_group(keeper.popen.pid)


def printed(name: str, line: str) -> None:
    """One line of a process's output, on our own, with its name before it."""
    colour = COLOURS.get(name, 37)
    prefix = f"\x1b[{colour}m{name:<8} │\x1b[0m" if sys.stdout.isatty() else f"{name:<8} |"
    sys.stdout.write(f"{prefix} {line}\n")
    sys.stdout.flush()


def _words(code: int) -> str:
    if code == 0:
        return "has ended"
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"has ended with an error (code {code})"


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _end_on_parents_death() -> None:
    signal_on_parents_death(signal.SIGTERM)


def _interrupt_on_parents_death() -> None:
    """PostgreSQL takes SIGINT as: end now, cleanly."""
    signal_on_parents_death(signal.SIGINT)
