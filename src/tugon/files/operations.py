import hashlib
import io
import mimetypes
import secrets
from typing import BinaryIO

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from tugon.company import settings as company
from tugon.lib.clock import now

from .errors import EmptyFile, FileTooLarge, FileTypeRefused
from .models import StoredFile, Upload

REFUSED_TYPES = {
    "application/x-msdownload",
    "application/x-dosexec",
    "application/x-executable",
    "application/vnd.microsoft.portable-executable",
    "application/x-sharedlib",
}
"""Programs: refused from forms and the composer, kept (never shown inline) when they come by mail."""

_TEXT_LIKE = {"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"}


def store(content: bytes | BinaryIO, *, claimed_type: str = "", name: str = "") -> StoredFile:
    """Keep the bytes once and return their row. The same bytes again return the same row.

    claimed_type: used only where the content itself does not tell. The bytes are on disk before the row exists, so a
    row never points at nothing.
    """
    data = content if isinstance(content, bytes) else content.read()
    digest = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(sha256=digest, redacted_at=None).first()
    if known is not None:
        return known
    media_type = sniff(data, claimed_type=claimed_type, name=name)
    width, height = _dimensions(data) if media_type.startswith("image/") else (None, None)
    path = f"files/{digest[:2]}/{digest[2:4]}/{digest}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    row, _created = StoredFile.objects.update_or_create(
        sha256=digest,
        defaults={
            "size": len(data),
            "media_type": media_type,
            "width": width,
            "height": height,
            "storage_name": path,
            "redacted_at": None,
        },
    )
    return row


def upload(content: bytes, *, name: str, owner: str, limit: int | None = None) -> Upload:
    """Keep a file that a form or the composer sends ahead of its message.

    owner: "agent:3", "customer:9" or "session:<hash>". limit: bytes. Raises EmptyFile, FileTooLarge, FileTypeRefused.
    """
    require_fits(len(content), name=name, limit=limit)
    media_type = sniff(content, name=name)
    if media_type in REFUSED_TYPES or not _is_accepted(name, media_type):
        raise FileTypeRefused(name=name, media_type=media_type)
    with transaction.atomic():
        return Upload.objects.create(
            token=secrets.token_urlsafe(24), file=store(content, name=name), name=safe_name(name), owner=owner
        )


def require_fits(size: int, *, name: str, limit: int | None = None) -> None:
    """Ask before the bytes are read into memory. size, limit: bytes. Raises EmptyFile, FileTooLarge."""
    limit = limit or largest()
    if not size:
        raise EmptyFile(name=name)
    if size > limit:
        raise FileTooLarge(name=name, size=_in_words(size), limit=_in_words(limit))


def largest() -> int:
    """The largest file that forms and the composer take, in bytes: the company's choice within the configuration."""
    return min(settings.MAX_UPLOAD, company.get("upload_megabytes") * 1024 * 1024)


def take(tokens: list[str], *, owner: str) -> list[Upload]:
    """The owner's uploads behind these tokens, in order. Others' and expired tokens are passed over."""
    rows = (
        Upload.objects.filter(token__in=tokens, owner=owner)
        .select_related("file")
        .in_bulk(field_name="token")
    )
    return [rows[token] for token in tokens if token in rows]


def redact(file: StoredFile) -> None:
    """Remove the bytes for good; the row stays so that the trace stays."""
    default_storage.delete(file.storage_name)
    file.redacted_at = now()
    file.save(update_fields=["redacted_at"])


def read(file: StoredFile) -> File:
    """The stored bytes, opened for reading. Raises FileNotFoundError when they were redacted or lost."""
    return default_storage.open(file.storage_name, "rb")


def sniff(data: bytes, *, claimed_type: str = "", name: str = "") -> str:
    """The media type by content, else by claim, else application/octet-stream.

    Mark-up that a browser would run is called text/plain unless the content says otherwise: it is never shown inline.
    """
    if data[:2] == b"MZ":
        return "application/x-msdownload"
    if data[:4] == b"\x7fELF":
        return "application/x-executable"
    try:
        guess: str = puremagic.from_string(data[:65536], mime=True, filename=name or None)
    except (puremagic.PureError, ValueError, IndexError):
        guess = ""
    kind = (guess or claimed_type or "application/octet-stream").split(";")[0].strip().lower()
    if kind in _TEXT_LIKE:
        return kind
    return kind if "/" in kind and len(kind) <= 120 else "application/octet-stream"


def safe_name(name: str) -> str:
    """A file name without path, control characters or more than 200 letters; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    if len(clean) > 200:
        stem, dot, ending = clean.rpartition(".")
        clean = f"{stem[: 190 - len(ending)]}{dot}{ending}" if dot and len(ending) < 12 else clean[:200]
    return clean or "file"


def _is_accepted(name: str, media_type: str) -> bool:
    """Whether the company takes such files: by an ending that fits the content, so that renaming does not help."""
    accepted = company.get("upload_types")
    if not accepted:
        return True
    fitting = {ending.lstrip(".") for ending in mimetypes.guess_all_extensions(media_type)}
    own = name.rpartition(".")[2].lower()
    return bool(fitting & set(accepted)) or (not fitting and own in accepted)


def _dimensions(data: bytes) -> tuple[int | None, int | None]:
    from PIL import Image, UnidentifiedImageError  # 8 MB, for who handles pictures

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None, None


def _in_words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"
