"""Writing a backup while Tugon works."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.core.files.storage import Storage

from tugon.database.tools import Database, row_counts
from tugon.project.safekeeping.archive import Manifest, Writer, finished_or_nothing

Say = Callable[[str, int | None], Callable[[int], None]]
"""Called with what begins and its bytes (None: unknown); returns what to call with bytes just done."""


@dataclass(frozen=True)
class Installation:
    """What is backed up. secret_key: the file made at the first start; None where the key comes from elsewhere."""

    database: Database
    storage: Storage
    home: Path
    secret_key: Path | None


def write(file: Path, installation: Installation, *, say: Say) -> Manifest:
    """Write everything into `file`, which appears only when it is whole. Raises ToolFailed, OSError."""
    database = installation.database
    with finished_or_nothing(file) as out, tempfile.TemporaryFile(dir=file.parent) as dump:
        with database.connect() as connection:
            connection.execute("set transaction isolation level repeatable read, read only")
            row = connection.execute("select pg_export_snapshot()").fetchone()
            assert row is not None
            rows = row_counts(connection)
            done = say("Database", None)

            def keep(piece: bytes) -> None:
                dump.write(piece)
                done(len(piece))

            database.dump(snapshot=str(row[0]), write=keep)
        manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), version("tugon"), rows)
        size = dump.tell()
        dump.seek(0)
        writer = Writer(out, say("Database into the archive", size))
        writer.add("database.dump", dump, size)  # type: ignore[arg-type]
        if installation.secret_key is not None and installation.secret_key.exists():
            with installation.secret_key.open("rb") as key:
                writer.add("secret-key", key, installation.secret_key.stat().st_size)
        _add_files(writer, installation.storage, say)
        writer.close(manifest)
    return manifest


def every_file(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all stored files, folder by folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from every_file(storage, f"{folder}/{name}" if folder else name)


def _add_files(writer: Writer, storage: Storage, say: Say) -> None:
    names = list(every_file(storage))
    sizes = {name: storage.size(name) for name in names}
    writer.progress = say(f"{len(names)} files", sum(sizes.values()))
    for name in names:
        with storage.open(name, "rb") as content:
            writer.add(f"files/{name}", content, sizes[name])  # type: ignore[arg-type]
