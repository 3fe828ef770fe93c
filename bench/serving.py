"""Starting what is measured, each on a free port of this machine, and ending it again."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent


@contextmanager
def started(
    command: list[str], *, env: dict[str, str], port: int | None = None, cwd: Path = ROOT
) -> Iterator[int]:
    """Run a program until the block ends. Yields its process id, once it accepts on the port."""
    process = subprocess.Popen(command, env=env, cwd=cwd, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        if port is not None:
            _wait_for(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start (exit code {process.poll()})")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tugon_env(home: Path) -> dict[str, str]:
    """The proxy count lets every form come from another visitor."""
    return {**os.environ, "TUGON_HOME": str(home), "TUGON_TRUSTED_PROXIES": "1", "TUGON_LOG_LEVEL": "ERROR"}


@contextmanager
def tugon(home: Path) -> Iterator[tuple[int, int]]:
    """`tugon web` with its defaults. Yields port and process id."""
    port = free_port()
    command = [sys.executable, "-m", "tugon.project.serve", "--port", str(port)]
    with started(command, env=tugon_env(home), port=port) as pid:
        yield port, pid


def inside(home: Path, *arguments: str) -> Any:
    """What bench/inside.py answers."""
    command = [sys.executable, str(BENCH / "inside.py"), *arguments]
    done = subprocess.run(
        command, env=tugon_env(home), cwd=BENCH, stdout=subprocess.PIPE, check=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def peer_env(home: Path, database: str) -> dict[str, str]:
    from tugon.database.embedded import EmbeddedServer

    files = home / "peer-files"
    files.mkdir(exist_ok=True)
    return {
        **os.environ,
        "PEER_HOST": str(EmbeddedServer(home).socket),
        "PEER_DATABASE": database,
        "PEER_FILES": str(files),
    }


@contextmanager
def peer(programs: Path, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """django-helpdesk under gunicorn with two workers. Yields port and process id."""
    port = free_port()
    command = [str(programs / "gunicorn"), "--workers", "2", "--bind", f"127.0.0.1:{port}", "--chdir",
               str(BENCH / "peer"), "--log-level", "critical", "helpdesk_site:application"]  # fmt: skip
    with started(command, env=env, port=port) as pid:
        yield port, pid


def peer_work(programs: Path, env: dict[str, str], *arguments: str) -> Any:
    """What bench/peer/work.py answers."""
    command = [str(programs / "python"), str(BENCH / "peer" / "work.py"), *arguments]
    done = subprocess.run(command, env=env, cwd=BENCH / "peer", stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def memory(pid: int) -> tuple[float, float]:
    """RSS and PSS in MB (10⁶ bytes) of a process and all that it started."""
    rss = pss = 0.0
    for one in [pid, *_children(pid)]:
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        rss += _kilobytes(text, "Rss")
        pss += _kilobytes(text, "Pss")
    return rss, pss


def _kilobytes(text: str, name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found.group(1)) * 1024 / 1e6 if found else 0.0


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *_children(int(child))]
    return found
