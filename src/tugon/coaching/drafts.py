"""The draft as the coach reads it: its words, and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from tugon.lib.html import parse, to_text

from .reading import Reading

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]]{2,1000}|(?<![\w/.:])/[a-z-]{2,16}/help/[\w/-]{2,200}"
)
MOST_LINKS = 50


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address; start is −1 where the words do not stand in the text."""

    href: str
    words: str
    start: int


@dataclass(frozen=True)
class Draft:
    """`text`: plain words as a reader sees them. links: (address, words) of the HTML it was made from."""

    text: str
    given: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of_html(cls, html: str) -> Draft:
        """What the composer holds."""
        tree = parse(html)
        anchors = tree.css("a[href]")[:MOST_LINKS]
        links = tuple((one.attributes.get("href") or "", one.text(strip=True)) for one in anchors)
        return cls(to_text(tree), links)

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.text)

    @cached_property
    def links(self) -> list[Link]:
        """Links of the HTML, and addresses that stand in the words."""
        text = self.reading.text
        found = [Link(href, words, text.find(words) if words else -1) for href, words in self.given]
        known = {one.href.rstrip("/") for one in found}
        for match in list(_ADDRESS.finditer(text))[:MOST_LINKS]:
            href = match[0].rstrip(".,;:!?*")
            if href.rstrip("/") not in known:
                found.append(Link(href, href, match.start()))
        return found
