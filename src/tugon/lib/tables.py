"""Tables as CSV, as spreadsheets write and read them: any usual encoding and separator, names of columns in line 1.

Cells that a spreadsheet would take for a formula are written with an apostrophe before them, and read without it.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class TableRefused(ValueError):
    """The file is no such table; `reason` is a stable word: empty, large, encoding, columns, lines, form."""

    def __init__(self, reason: str, *, columns: tuple[str, ...] = ()) -> None:
        self.reason, self.columns = reason, columns
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Line:
    """One row. number: the line of the file on which it begins, the names being on line 1."""

    number: int
    cells: dict[str, str] = field(hash=False)


def read(content: bytes, *, needed: tuple[str, ...]) -> list[Line]:
    """The rows below the names. Empty rows are left out; columns nobody knows are kept. Raises TableRefused."""
    if len(content) > MOST_BYTES:
        raise TableRefused("large")
    text = _decoded(content)
    if not text.strip():
        raise TableRefused("empty")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    lines: list[Line] = []
    begin, names = 1, None
    try:
        for row in reader:
            cells = [_plain(cell) for cell in row]
            if names is None:
                names = [name.lower() for name in cells]
            elif any(cells):
                lines.append(Line(begin, dict(zip(names, cells, strict=False))))
            begin = reader.line_num + 1
            if len(lines) > MOST_LINES:
                raise TableRefused("lines")
    except csv.Error as error:
        raise TableRefused("form") from error
    missing = tuple(name for name in needed if name not in (names or []))
    if missing:
        raise TableRefused("columns", columns=missing)
    return lines


def write(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The table as UTF-8 text with a byte order mark, which spreadsheets need to see that it is UTF-8."""
    names = list(columns)
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(names)
    writer.writerows([_safe(str(row.get(name, ""))) for name in names] for row in rows)
    return "\ufeff" + written.getvalue()


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableRefused("encoding")


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _plain(cell: str) -> str:
    words = cell.strip()
    return words[1:] if words[:1] == "'" and words[1:2] in _FORMULA and len(words) > 1 else words


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
