"""Where one installation keeps its data: files, secrets, the embedded database, logs.

In a checkout this is `<checkout>/var`, so that two checkouts never meet; an installed program keeps to the XDG data
directory of the person who runs it (or /var/lib/tugon for root). TUGON_HOME says otherwise.
"""

import os
import sys
from pathlib import Path


def checkout() -> Path | None:
    """The root of the source checkout this program runs from, or None when it was installed."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() and (root / "src" / "tugon").is_dir() else None


def home() -> Path:
    """The data directory. It may not exist yet; `prepared_home()` makes it."""
    named = os.environ.get("TUGON_HOME")
    if named:
        return Path(named).expanduser().absolute()
    root = checkout()
    if root:
        return root / "var"
    if os.geteuid() == 0:
        return Path("/var/lib/tugon")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tugon"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tugon"


def prepared_home() -> Path:
    """The data directory, made if needed. Others may pass through it (the database runs as another user when we are
    root) but not list it; what is private inside has its own stricter mode."""
    place = home()
    place.mkdir(parents=True, exist_ok=True, mode=0o711)
    return place


def private(place: Path) -> Path:
    """A directory that only its owner may enter, made if needed."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place
