"""A version as a reader sees it: facts replaced, links led on, headings numbered for the table of contents."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Version


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 2 to 4. place: the id in the page."""

    level: int
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a guide. number: from 1."""

    number: int
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """html: safe to put into a page as it is. contents: the headings in order. steps: of guides, else none."""

    html: str
    contents: tuple[Heading, ...] = ()
    steps: tuple[Step, ...] = ()


def rendered(version: Version, language: str) -> Rendered:
    """`version` for a reader of `language`."""
    return Rendered(version.body)
