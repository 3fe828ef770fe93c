"""Bringing back a backup, first beside what is here, then in its place."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.core.files import File

from tugon.database.tools import Database, row_counts
from tugon.project.safekeeping.archive import BackupBroken, Manifest, read
from tugon.project.safekeeping.backup import Installation, Say


class RestoreRefused(Exception):
    """Nothing was changed; the words say why and what to do."""


def check(file: Path, *, say: Say) -> Manifest:
    """Read the whole backup and compare every checksum. Raises BackupBroken."""
    return read(file, progress=say("Checking", file.stat().st_size))


def rehearse(file: Path, installation: Installation, *, say: Say) -> Manifest:
    """Restore into a scratch database, compare the rows of every table, and drop it.

    Raises BackupBroken, ToolFailed.
    """
    with _unpacked(file, installation, say) as (manifest, folder), installation.database.scratch() as name:
        _load(installation.database, folder, manifest, name, say)
    return manifest


def restore(file: Path, installation: Installation, *, force: bool, say: Say) -> tuple[Manifest, str | None]:
    """Put the backup in the place of what is here.

    force: replace data that is here. It is kept as a database under the name that is returned (None: there was none).
    Until the last step, which only renames, everything stays as it was.
    Raises RestoreRefused, BackupBroken, ToolFailed.
    """
    database = installation.database
    has_data = _refuse_if_in_use(database, force)
    with _unpacked(file, installation, say) as (manifest, folder), database.scratch() as name:
        _load(database, folder, manifest, name, say)
        _restore_files(folder / "files", installation, manifest, say)
        old = f"{database.name}_before_{datetime.now(UTC):%Y%m%d_%H%M%S}"
        database.put_in_place(name, old_as=old)
        _restore_secret_key(folder / "secret-key", installation)
    if not has_data:
        database.drop(old)
        return manifest, None
    return manifest, old


def _refuse_if_in_use(database: Database, force: bool) -> bool:
    """True if there is data."""
    others = database.others_connected()
    if others:
        raise RestoreRefused(
            f"Tugon is running ({', '.join(sorted(others))}). Stop it, then restore. Nothing was changed."
        )
    with database.connect() as connection:
        found = connection.execute("select to_regclass('public.accounts_agent') is not null").fetchone()
        has_data = False
        if found and found[0]:
            row = connection.execute("select exists (select from accounts_agent)").fetchone()
            has_data = bool(row and row[0])
    if has_data and not force:
        raise RestoreRefused(
            "There is data here already. To replace it, add --force: it is then kept as a database under another "
            "name. Nothing was changed."
        )
    return has_data


@contextlib.contextmanager
def _unpacked(file: Path, installation: Installation, say: Say) -> Iterator[tuple[Manifest, Path]]:
    """The parts of a checked backup in a temporary folder beside the data."""
    with tempfile.TemporaryDirectory(dir=installation.home, prefix="restore-") as name:
        folder = Path(name)

        def keep(part: str, content: IO[bytes]) -> None:
            target = folder / part
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                shutil.copyfileobj(content, out, 1 << 20)

        manifest = read(file, progress=say("Unpacking and checking", file.stat().st_size), take=keep)
        yield manifest, folder


def _load(database: Database, folder: Path, manifest: Manifest, name: str, say: Say) -> None:
    dump = folder / "database.dump"
    done = say("Database", dump.stat().st_size)
    database.load(dump, into=name)
    done(dump.stat().st_size)
    with database.connect(name) as connection:
        rows = row_counts(connection)
    wrong = [
        table
        for table in sorted(rows.keys() | manifest.rows.keys())
        if rows.get(table) != manifest.rows.get(table)
    ]
    if wrong:
        table = wrong[0]
        raise BackupBroken(
            f"{len(wrong)} tables differ after restoring, first {table}: {rows.get(table)} rows instead of "
            f"{manifest.rows.get(table)}. Nothing was changed."
        )


def _restore_files(folder: Path, installation: Installation, manifest: Manifest, say: Say) -> None:
    """Files never change, so those that are here already are left alone."""
    storage = installation.storage
    done = say(
        f"{manifest.files} files", sum(p["size"] for n, p in manifest.parts.items() if n.startswith("files/"))
    )
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        if not storage.exists(name) or storage.size(name) != path.stat().st_size:
            if storage.exists(name):
                storage.delete(name)
            with path.open("rb") as content:
                storage.save(name, File(content))
        done(path.stat().st_size)


def _restore_secret_key(source: Path, installation: Installation) -> None:
    """The key that the stored passwords were sealed with; one that differs is kept beside it."""
    target = installation.secret_key
    if target is None or not source.exists():
        return
    if target.exists() and target.read_bytes() != source.read_bytes():
        target.replace(target.with_name("secret-key.before-restore"))
    shutil.copyfile(source, target)
    target.chmod(0o600)
