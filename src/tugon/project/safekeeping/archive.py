"""The archive: written part by part, with checksums; read back with every byte checked."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1 << 20
Progress = Callable[[int], None]  # called with bytes just done


class BackupBroken(Exception):
    """The file is not a whole, unchanged backup; the words say how."""


@dataclass
class Manifest:
    """What a backup holds. parts: name → sha256 and size in bytes. rows: table → count. made_at: RFC 3339, UTC."""

    made_at: str
    version: str
    rows: dict[str, int]
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def files(self) -> int:
        return sum(name.startswith("files/") for name in self.parts)


class Writer:
    """Adds parts to an archive; `close(manifest)` finishes it."""

    def __init__(self, out: IO[bytes], progress: Progress) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self.progress = progress
        self.parts: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """size: bytes; the content must be exactly as long."""
        watched = _Hashing(content, self.progress)
        self._tar.addfile(_entry(name, size), watched)  # type: ignore[arg-type]
        self.parts[name] = {"sha256": watched.hexdigest(), "size": size}

    def close(self, manifest: Manifest) -> None:
        manifest.parts = self.parts
        text = json.dumps(manifest.__dict__, indent=1).encode()
        self._tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        self._tar.close()


def read(file: Path, *, progress: Progress, take: Callable[[str, IO[bytes]], None] | None = None) -> Manifest:
    """Read a whole archive, check every part, and return its manifest.

    take: called with the name and content of each part, whose checksum is known only afterwards: what it keeps counts
    only if this returns. Raises BackupBroken, FileNotFoundError.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(file, mode="r|") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or not _is_plain(entry.name):
                    raise BackupBroken(f"{file} holds something that no backup holds: {entry.name}")
                if entry.name == MANIFEST:
                    manifest = Manifest(**json.loads(content.read()))
                    continue
                watched = _Hashing(content, progress)
                if take is not None:
                    take(entry.name, watched)  # type: ignore[arg-type]
                while watched.read(PIECE):
                    pass
                found[entry.name] = {"sha256": watched.hexdigest(), "size": entry.size}
    except (tarfile.TarError, EOFError, ValueError, TypeError) as error:
        raise BackupBroken(f"{file} is damaged or is not a backup of Tugon: {error}") from None
    return _checked(file, manifest, found)


@contextmanager
def finished_or_nothing(file: Path) -> Iterator[IO[bytes]]:
    """Write beside `file` and move it into place when all is on disk. Readable by the owner only."""
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(draft).rename(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _checked(file: Path, manifest: Manifest | None, found: dict[str, dict[str, Any]]) -> Manifest:
    if manifest is None:
        raise BackupBroken(f"{file} ends too early: it was not written to its end, or not copied whole.")
    if manifest.format != FORMAT:
        raise BackupBroken(
            f"{file} was written by another version of Tugon ({manifest.version}); use that one."
        )
    for name in sorted(manifest.parts.keys() | found.keys()):
        if found.get(name) != manifest.parts.get(name):
            raise BackupBroken(f"{file} is damaged: {name} is not what was written. Use another backup.")
    return manifest


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


def _is_plain(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


class _Hashing:
    """A reader that hashes what passes and reports it."""

    def __init__(self, content: IO[bytes], progress: Progress) -> None:
        self._content, self._progress, self._hash = content, progress, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._hash.update(piece)
        self._progress(len(piece))
        return piece

    def hexdigest(self) -> str:
        return self._hash.hexdigest()
