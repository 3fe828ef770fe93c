"""Settings from the environment, typed, and refused at start by name in plain words.

Every reader asks for one variable and says what it is for. Wrong or missing values are collected, so that a person
who starts the program is told everything at once, by `seal()`.
A value may stand in a file: `NAME_FILE=/run/secrets/name` is read where `NAME` is not set (for secrets of containers).
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

YES = {"1", "true", "yes", "on", "y", "t"}
NO = {"0", "false", "no", "off", "n", "f", ""}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class EnvironmentInvalid(Exception):
    """One or more variables cannot be used. `problems` are whole sentences, each naming its variable."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__(
            "Tugon cannot start with these settings:\n" + "\n".join(f"  - {p}" for p in self.problems)
        )


class Environment:
    """Reads typed values out of a mapping such as `os.environ`; remembers what was wrong until `seal()`."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        raw = self._raw(name)
        return default if raw is None else raw

    def required(self, name: str, why: str) -> str:
        """A text that must be given. `why` completes "… is needed"."""
        raw = self._raw(name)
        if not raw:
            self._refuse(name, f"is not set. It is needed {why}")
        return raw or ""

    def flag(self, name: str, default: bool) -> bool:
        raw = self._raw(name)
        if raw is None:
            return default
        if raw.lower() in YES:
            return True
        if raw.lower() not in NO:
            self._refuse(name, f'is "{raw}". Write yes or no')
        return False

    def integer(self, name: str, default: int, *, at_least: int = 0, at_most: int | None = None) -> int:
        raw = self._raw(name)
        if raw is None or raw == "":
            return default
        if not re.fullmatch(r"[+-]?\d{1,18}", raw):
            self._refuse(name, f'is "{raw}". Write a whole number, for example {default}')
            return default
        number = int(raw)
        if number < at_least or (at_most is not None and number > at_most):
            limit = f"at least {at_least}" + (f" and at most {at_most}" if at_most is not None else "")
            self._refuse(name, f"is {number}. It must be {limit}")
            return default
        return number

    def seconds(self, name: str, default: int) -> int:
        """A duration, in seconds. Accepts 90, 90s, 15m, 2h, 30d."""
        raw = self._raw(name)
        if raw is None or raw == "":
            return default
        match = re.fullmatch(r"(\d{1,9})\s*([smhd]?)", raw.lower())
        if not match:
            self._refuse(name, f'is "{raw}". Write a duration such as 90s, 15m, 2h or 30d')
            return default
        return int(match[1]) * UNITS[match[2] or "s"]

    def choice(self, name: str, options: Iterable[str], default: str) -> str:
        raw = self._raw(name)
        allowed = list(options)
        if raw is None or raw == "":
            return default
        if raw not in allowed:
            self._refuse(name, f'is "{raw}". Choose one of: {", ".join(allowed)}')
            return default
        return raw

    def words(self, name: str, default: Iterable[str] = ()) -> list[str]:
        """A list separated by commas."""
        raw = self._raw(name)
        return list(default) if raw is None else [word.strip() for word in raw.split(",") if word.strip()]

    def path(self, name: str, default: Path) -> Path:
        raw = self._raw(name)
        return Path(raw).expanduser().absolute() if raw else default

    def url(self, name: str, default: str = "", *, schemes: Iterable[str] = ("http", "https")) -> str:
        """An address with scheme and host; a closing slash is dropped."""
        raw = self._raw(name)
        if raw is None or raw == "":
            return default
        allowed = list(schemes)
        try:
            parts = urlsplit(raw)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in allowed or not (parts.netloc or parts.path):
            self._refuse(
                name, f"is not an address that begins with {' or '.join(f'{s}://' for s in allowed)}"
            )
            return default
        return raw.rstrip("/")

    def refuse(self, name: str, problem: str) -> None:
        """Add a problem that only the caller can see. `problem` follows the name, without a full stop."""
        self._refuse(name, problem)

    def seal(self) -> None:
        """Raise EnvironmentInvalid with everything that was wrong so far."""
        if self._problems:
            raise EnvironmentInvalid(self._problems)

    def _raw(self, name: str) -> str | None:
        value = self._variables.get(name)
        if value is not None:
            return value.strip()
        file = self._variables.get(f"{name}_FILE")
        if not file:
            return None
        try:
            return Path(file).expanduser().read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            self._refuse(f"{name}_FILE", f'names the file "{file}", which cannot be read: {reason}')
            return None

    def _refuse(self, name: str, problem: str) -> None:
        self._problems.append(f"{name} {problem}.")


def read_dotenv(file: Path) -> dict[str, str]:
    """The assignments of a .env file: NAME=value, # comments, optional quotes and `export`. No expansion.

    A file that does not exist has no assignments.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = {}
    for line in lines:
        match = re.fullmatch(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*", line)
        if match:
            found[match[1]] = _unquoted(match[2])
    return found


def load_dotenv(file: Path) -> None:
    """Put the assignments of a .env file into this process's environment; what is set there already stays."""
    for name, value in read_dotenv(file).items():
        os.environ.setdefault(name, value)


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return re.sub(r"(^|\s+)#.*$", "", value)
