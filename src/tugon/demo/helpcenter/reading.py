"""The articles as written: files of Markdown with a head of `name: value` lines. Pure but for reading the files."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "articles"


class BadSheet(ValueError):
    """A file that is not an article; the message names it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article in one language. source: the language of the original. body: Markdown.

    is_behind: translated from an older version of the original, on purpose.
    """

    key: str
    language: str
    title: str
    summary: str
    category: str
    section: str
    kind: str
    audiences: tuple[str, ...]
    visibility: str
    plans: tuple[str, ...]
    exact: tuple[str, ...]
    terms: tuple[str, ...]
    owner: str
    source: str
    is_behind: bool
    body: str

    @property
    def is_source(self) -> bool:
        return self.language == self.source


@cache
def sheets() -> tuple[Sheet, ...]:
    """All of them, by key and language. Raises BadSheet."""
    return tuple(read(path.name, path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md")))


def read(name: str, text: str) -> Sheet:
    """One file, named `<key>.<language>.md`. Raises BadSheet where the head is missing or says too little."""
    before, opening, rest = text.partition("---\n")
    head, closing, body = rest.partition("\n---\n")
    if before.strip() or not opening or not closing:
        raise BadSheet(f"{name}: no head between two lines of ---")
    values = {}
    for line in head.splitlines():
        word, colon, value = line.partition(":")
        if not colon:
            raise BadSheet(f"{name}: “{line}” is no `name: value`")
        values[word.strip()] = value.strip()
    key, language, _md = name.rsplit(".", 2)
    try:
        return Sheet(
            key=key,
            language=language,
            title=values["title"],
            summary=values["summary"],
            category=values["category"],
            section=values["section"],
            kind=values["kind"],
            audiences=_listed(values.get("audiences", ""), ","),
            visibility=values["visibility"],
            plans=_listed(values.get("plans", ""), ","),
            exact=_listed(values.get("exact", ""), "|"),
            terms=_listed(values.get("terms", ""), ","),
            owner=values["owner"],
            source=values["source"],
            is_behind=values.get("made_from") == "older",
            body=body.strip() + "\n",
        )
    except KeyError as missing:
        raise BadSheet(f"{name}: the head does not say {missing}") from None


def _listed(text: str, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(by) if part.strip())
