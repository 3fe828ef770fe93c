"""The secret key, made at the first start and kept in the data directory."""

import contextlib
import os
import secrets
from pathlib import Path

from tugon.lib.env import Environment


def secret_key(env: Environment, *, home: Path) -> str:
    """TUGON_SECRET_KEY, or the one in `<home>/secret-key`, made if missing. Several machines need the variable."""
    given = env.text("TUGON_SECRET_KEY")
    if given:
        if len(given) < 32:
            env.refuse(
                "TUGON_SECRET_KEY", "is shorter than 32 characters. Make one with: openssl rand -base64 48"
            )
        return given
    file = home / "secret-key"
    with contextlib.suppress(FileNotFoundError):
        return file.read_text(encoding="ascii").strip()
    return _made(file)


def _made(file: Path) -> str:
    """Written beside and linked into place, so that of two first starts both read the same key."""
    draft = file.with_name(f".secret-key-{os.getpid()}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
    return file.read_text(encoding="ascii").strip()
