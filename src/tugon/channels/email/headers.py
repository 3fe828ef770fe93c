"""Header lines by hand, so that none can be broken by what people write: RFC 5322, 2047 and 2231.

The standard library folds long unicode names wrongly in some versions and raises on others' addresses; here every
value is one clean line before it is encoded, and every line stays below 78 characters where the standard allows it.
"""

import base64
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from .letters import Person

LONGEST_REFERENCES = 900
"""Characters of a References header; mail servers cut or refuse lines and headers that grow for ever."""

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,480}>")
_ADDRESS = re.compile(
    r"(?:[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]+|\"[^\"\r\n\x00]{1,64}\")@[^\s<>()\[\]\\,;:\"@\x00-\x1f\x7f]+"
)


def one_line(value: str) -> str:
    """The value without control characters and line ends of any kind: it cannot begin another header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())


def unstructured(name: str, value: str) -> str:
    """A header of free words, such as Subject; other than ASCII becomes RFC 2047 words."""
    clean = one_line(value)
    if clean.isascii() and "=?" not in clean and not _has_long_word(clean):
        return _folded(f"{name}:", clean.split(" "))
    return _folded(f"{name}:", _encoded_words(clean))


def people(name: str, persons: Iterable[Person]) -> str:
    """A header of addresses. Whoever has no usable address is left out; empty when nobody is left."""
    shown = [_person(person) for person in persons if is_address(person.address)]
    if not shown:
        return ""
    words: list[str] = []
    for index, parts in enumerate(shown):
        last = index == len(shown) - 1
        words += [*parts[:-1], parts[-1] if last else f"{parts[-1]},"]
    return _folded(f"{name}:", words)


def ids(name: str, values: Iterable[str]) -> str:
    """A header of message ids; what is no message id is left out."""
    words = [value for value in values if _MESSAGE_ID.fullmatch(value) and value.isascii()]
    return _folded(f"{name}:", words) if words else ""


def moment(name: str, value: datetime) -> str:
    return f"{name}: {format_datetime(value)}\r\n"


def plain(name: str, value: str) -> str:
    """A header whose value is ours and ASCII: a token, a URL, a language."""
    clean = one_line(value).encode("ascii", "ignore").decode()
    return f"{name}: {clean[:900]}\r\n" if clean else ""


def is_address(value: str) -> bool:
    """Whether the value can stand between angle brackets: one address and nothing else."""
    return len(value) <= 320 and _ADDRESS.fullmatch(value) is not None


def trimmed(references: Iterable[str], *, longest: int = LONGEST_REFERENCES) -> tuple[str, ...]:
    """References that fit: the first, which names the thread, and the newest; what is left out is in the middle."""
    every = list(dict.fromkeys(value for value in references if _MESSAGE_ID.fullmatch(value)))
    if sum(len(value) + 1 for value in every) <= longest:
        return tuple(every)
    first, room = every[0], longest - len(every[0]) - 1
    last: list[str] = []
    for value in reversed(every[1:]):
        room -= len(value) + 1
        if room < 0 and last:
            break
        last.append(value)
    return (first, *reversed(last))


def _person(person: Person) -> list[str]:
    address = f"<{_ascii_domain(person.address)}>"
    name = one_line(person.name)[:200]
    if not name:
        return [address[1:-1]]
    if name.isascii() and "=?" not in name and not _has_long_word(name):
        if _ATOM.fullmatch(name):
            return [*name.split(" "), address]
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return [*f'"{escaped}"'.split(" "), address]
    return [*_encoded_words(name), address]


def _ascii_domain(address: str) -> str:
    """The domain in its ASCII form (RFC 5891), which every server knows; the local part as it is."""
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _encoded_words(value: str) -> list[str]:
    """RFC 2047 §2: words of at most 75 characters, none of which cuts a character in two."""
    words, piece = [], b""
    for letter in value:
        encoded = letter.encode("utf-8", "replace")
        if len(piece) + len(encoded) > 45:
            words.append(piece)
            piece = b""
        piece += encoded
    words.append(piece)
    return [f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words if word]


def _folded(head: str, words: list[str]) -> str:
    """Lines of at most 78 characters, broken between words only."""
    lines, line = [], head
    for word in words:
        if len(line) + 1 + len(word) > 78 and line != head and line.strip():
            lines.append(line)
            line = ""
        line += f" {word}"
    lines.append(line)
    return "\r\n".join(lines) + "\r\n"


def _has_long_word(value: str) -> bool:
    return any(len(word) > 70 for word in value.split(" "))
