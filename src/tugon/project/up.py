"""`tugon up`: everything on this machine, from nothing to pages, watched until Ctrl-C."""

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tugon.database.embedded import EmbeddedServer
from tugon.lib.home import prepared_home
from tugon.project.processes import processes
from tugon.project.supervisor import Supervisor, printed

PORTS_TRIED = 50


class CannotStart(Exception):
    """Words for the person at the terminal."""


@dataclass(frozen=True)
class Wish:
    """What was asked for. port_is_fixed: it was named, so another must not be taken instead."""

    host: str
    port: int
    port_is_fixed: bool
    web_workers: int
    demo: bool


def up(wish: Wish) -> None:
    """Run until a signal. Raises CannotStart, DatabaseUnavailable, EnvironmentInvalid."""
    began = time.monotonic()
    home = prepared_home()
    with _only_one(home) as note:
        port = free_port(wish)
        address = os.environ.get("TUGON_BASE_URL") or f"http://{_shown_host(wish.host)}:{port}"
        note(address)
        environment = {"TUGON_BASE_URL": address, "PYTHONUNBUFFERED": "1"}
        foreign = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")
        server = None if foreign else EmbeddedServer(home)
        supervisor = Supervisor(
            processes(host=wish.host, port=port, web_workers=wish.web_workers), server, printed, environment
        )
        with server.leased() if server else contextlib.nullcontext():
            supervisor.start_database()
            try:
                told = _prepared(wish.demo, environment)
            except BaseException:
                supervisor.end()
                raise
            sys.stdout.write(welcome(address, told, seconds=time.monotonic() - began))
            sys.stdout.flush()
            supervisor.run()
    sys.stdout.write("Tugon has stopped.\n")


def free_port(wish: Wish) -> int:
    """The wished port, or the next free one, with the reason on the terminal. Raises CannotStart."""
    for port in range(wish.port, min(wish.port + PORTS_TRIED, 65536)):
        if _is_free(wish.host, port):
            if port != wish.port:
                printed("up", f"Port {wish.port} is taken by another program; using {port} instead.")
            return port
        if wish.port_is_fixed:
            raise CannotStart(
                f"Port {port} is taken by another program. Stop that program, or name another port: "
                f"tugon up --port {port + 1}"
            )
    raise CannotStart(f"No port from {wish.port} to {wish.port + PORTS_TRIED - 1} is free on {wish.host}.")


def welcome(address: str, told: dict[str, Any], *, seconds: float) -> str:
    """What the person at the terminal reads first. told: what `prepare` found."""
    lines = ["", f"  Tugon is starting at {address}  ({seconds:.1f} s so far; Ctrl-C stops it)", ""]
    if told.get("setup_token"):
        lines += ["  Nobody is set up yet. Open this link, which works once, to begin:"]
        lines += [f"    {address}/setup/{told['setup_token']}", ""]
    demo = told.get("demo") or {}
    if demo.get("logins"):
        width = max(len(login["email"]) for login in demo["logins"])
        lines += ["  Sign in as:"]
        for login in demo["logins"]:
            lines.append(
                f"    {login['email']:<{width}}  {login['password']}  {login.get('about', '')}".rstrip()
            )
        lines.append("")
    if demo.get("try_first"):
        lines += ["  What to try first:"]
        for number, step in enumerate(demo["try_first"], 1):
            lines.append(f"    {number}. {step.replace('{address}', address)}")
        lines.append("")
    return "\n".join(lines) + "\n"


def _prepared(demo: bool, environment: dict[str, str]) -> dict[str, Any]:
    """Run tugon.project.prepare; its progress goes to our stderr."""
    command = [sys.executable, "-m", "tugon.project.prepare", *(["--demo"] if demo else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=os.environ | environment)
    if done.returncode != 0:
        raise CannotStart(
            "Tugon could not prepare its database; the reason stands above. No data was changed."
        )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextlib.contextmanager
def _only_one(home: Path) -> Iterator[Any]:
    """One `tugon up` for one data directory. Yields a function that notes our address for whoever comes second."""
    with (home / "up.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"Tugon already runs with this data ({home}): {lock.read().strip()}. Open that address, or stop it "
                "first, or set TUGON_HOME to another directory for a second Tugon."
            ) from None

        def note(address: str) -> None:
            lock.truncate(0)
            lock.write(f"{address} (process {os.getpid()})")
            lock.flush()

        yield note


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CannotStart(
                f"Port {port} needs rights that this user lacks. Name one above 1023."
            ) from None
        except OSError:
            return False
    return True


def _shown_host(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
