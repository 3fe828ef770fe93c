"""What stands in a body: its words, its links, its pictures."""

from __future__ import annotations

from dataclasses import dataclass

from tugon.lib.html import to_text

from ..addresses import file_id
from .tree import parse


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    words: str


def text(html: str) -> str:
    """The body as a person would read it aloud: paragraphs, bullets, one line per row of a table."""
    return to_text(html) if html else ""


def links(html: str) -> list[Link]:
    """Every link, in the order of the text."""
    return [
        Link(one.attributes.get("href", ""), " ".join(one.words().split())[:300])
        for one in parse(html).walk()
        if one.tag == "a"
    ]


def files(html: str) -> list[int]:
    """Ids of the ArticleFiles shown, in the order of the text."""
    found = (
        file_id(one.attributes.get("src", "")) for one in parse(html).walk() if one.tag in ("img", "video")
    )
    return [pk for pk in found if pk is not None]
