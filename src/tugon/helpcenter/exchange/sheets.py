"""One file: its head and its text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from ..models import Kind, Visibility

_NAME = re.compile(r"^(?P<key>[a-z0-9][a-z0-9_-]{0,79})\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md$")
_LINE = re.compile(r"^([a-z_]+):(?:[ \t]+(.*))?$")
_YES = frozenset({"yes", "true", "1"})


class BadSheet(ValueError):
    """A file that is no article. line: from 1, 0 where it is the whole file."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.line = line


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article in one language. The names of the head are those of the fields; see docs/howto/help-center.md."""

    key: str
    language: str
    title: str
    body: str = ""
    summary: str = ""
    category: str = ""
    section: str = ""
    kind: str = Kind.ARTICLE
    visibility: str = Visibility.PUBLIC
    audiences: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    owner: str = ""
    source: str = ""
    sources: tuple[str, ...] = ()
    slug: str = ""
    review_every_days: str = ""
    state: str = "published"
    out_of_date: str = ""

    @property
    def original_language(self) -> str:
        return self.source or self.language

    @property
    def is_original(self) -> bool:
        return self.original_language == self.language

    @property
    def is_published(self) -> bool:
        return self.state == "published"

    @property
    def is_behind(self) -> bool:
        return self.out_of_date.lower() in _YES


_HEAD = tuple(one.name for one in fields(Sheet) if one.name not in ("body", "language"))
_LISTS = {"audiences": ",", "plans": ",", "terms": ",", "exact": "|", "sources": "|"}
_GLUE = {",": ", ", "|": " | "}
_STATES = ("published", "draft")


def read(name: str, text: str) -> Sheet:
    """The article of a file. name: `<key>.<language>.md`. Raises BadSheet, with the line."""
    found = _NAME.match(name)
    if not found:
        raise BadSheet(
            "the name of an article's file is <key>.<language>.md, in small letters, like refunds.en.md"
        )
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != "---":
        raise BadSheet("the file begins with a line of ---, and the head follows it", 1)
    end = next((place for place in range(1, len(lines)) if lines[place].strip() == "---"), None)
    if end is None:
        raise BadSheet("the head has no end: a second line of --- is missing", 1)
    values = _values(lines[1:end])
    if values.get("key", found["key"]) != found["key"]:
        raise BadSheet(f"the key “{values['key']}” is not that of the file's name", _line_of(lines, "key"))
    if not values.get("title", "").strip():
        raise BadSheet("the title is missing", 1)
    return _checked(found["key"], found["language"], values, "\n".join(lines[end + 1 :]).strip("\n"), lines)


def write(sheet: Sheet) -> str:
    """The file of an article; what says nothing is left out."""
    head = []
    for name in _HEAD:
        value = getattr(sheet, name)
        words = _GLUE[_LISTS[name]].join(map(_one_line, value)) if name in _LISTS else value
        if words:
            head.append(f"{name}: {_one_line(words)}")
    return "---\n" + "\n".join(head) + f"\n---\n\n{sheet.body.strip()}\n"


def _values(lines: Iterable[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=2):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line.rstrip())
        if not found:
            raise BadSheet(f"“{line.strip()[:60]}” is no line of a head: write name: value", number)
        name, value = found[1], found[2] or ""
        if name not in _HEAD:
            raise BadSheet(f"“{name}” is nothing that an article has", number)
        if name in values:
            raise BadSheet(f"“{name}” stands twice", number)
        values[name] = value.strip()
    return values


def _checked(key: str, language: str, values: dict[str, str], body: str, lines: list[str]) -> Sheet:
    given = {name: value for name, value in values.items() if name not in ("key", *_LISTS) and value}
    for name, choices in (("kind", Kind.values), ("visibility", Visibility.values), ("state", _STATES)):
        if given.get(name, choices[0]) not in choices:
            raise BadSheet(f"{name} is one of {', '.join(choices)}", _line_of(lines, name))
    days = given.get("review_every_days", "1")
    if not (days.isdecimal() and 1 <= int(days[:6]) <= 3650):
        raise BadSheet("review_every_days is a number from 1 to 3650", _line_of(lines, "review_every_days"))
    lists = {
        name: tuple(part.strip() for part in values.get(name, "").split(glue) if part.strip())
        for name, glue in _LISTS.items()
    }
    return Sheet(key=key, language=language, body=body, **given, **lists)  # type: ignore[arg-type]


def _line_of(lines: list[str], name: str) -> int:
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{name}:")), 0)


def _one_line(value: str) -> str:
    return " ".join(str(value).split())
