"""The processes of a running Tugon: their names, their commands, and when each is needed.

Any number of each but the database may run, on any number of machines, against one PostgreSQL.
"""

import importlib.util
import sys
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Process:
    """One kind of process. `command` ends itself cleanly on SIGTERM; `environment` is added to ours."""

    name: str
    purpose: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def processes(*, host: str, port: int, web_workers: int) -> list[Process]:
    """What `tugon up` runs beside the database. host, port: where pages are served."""
    found = [
        Process(
            "web", "serves pages and live updates", web_command(host=host, port=port, workers=web_workers)
        ),
        Process("worker", "does the jobs: mail out, rules by the clock, reports", worker_command()),
        # glibc keeps what each thread once used; two arenas keep the process at half its size.
        Process(
            "meaning",
            "turns texts into vectors, for search",
            meaning_command(),
            {"MALLOC_ARENA_MAX": "2"},
        ),
    ]
    if mail_module():
        found.append(
            Process("mail", "fetches and receives mail", _module("tugon.project.cli", "mail", "serve"))
        )
    return found


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    return _module("tugon.project.serve", "--host", host, "--port", str(port), "--workers", str(workers))


def worker_command(*options: str) -> list[str]:
    return _module("tugon.project.work", *options)


def meaning_command() -> list[str]:
    return _module("tugon.project.mean")


def mail_module() -> str | None:
    """The module with the commands of `tugon mail`, or None where this build has none."""
    for name in ("tugon.project.mail_commands", "tugon.channels.email.commands"):
        if importlib.util.find_spec(name):
            return name
    return None


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]
