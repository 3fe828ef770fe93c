"""A version as a reader sees it: facts replaced, links led on, headings with places, pictures with their sizes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from tugon.facts import referencing
from tugon.lib.html import in_one_line

from . import addresses, linking, markup
from .markup import Node
from .models import ArticleFile, Kind, Version

_HEADINGS = ("h2", "h3", "h4")
_USABLE = re.compile(r"^(https?://|mailto:|tel:|/|#)", re.I)
_OUTSIDE = re.compile(r"^https?://", re.I)


@dataclass(frozen=True, slots=True)
class Heading:
    """level: 2 to 4. place: the id in the page."""

    level: int
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a guide. number: from 1. words: its first line. html: all of it."""

    number: int
    words: str
    place: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """html: safe to put into a page as it is. contents: the headings in order. steps: of guides, else none."""

    html: str
    contents: tuple[Heading, ...] = ()
    steps: tuple[Step, ...] = ()


def rendered(version: Version, language: str, *, kind: str | None = None) -> Rendered:
    """`version` for a reader of `language`; it changes when a fact does, see `referencing.version()`.

    kind: of the article, read from it if None. At most three queries: facts, addresses of links, sizes of pictures.
    """
    if kind is None:
        kind = version.translation.article.kind
    return render(version.body, language, kind=kind)


def render(body: str, language: str, *, kind: str = Kind.ARTICLE) -> Rendered:
    """`rendered` for words that are no version yet: the preview of a draft. body: canonical HTML."""
    tree = markup.parse(referencing.render_html(body, language))
    elements = list(tree.walk())
    contents = _place_headings(elements)
    steps = _number_steps(tree) if kind == Kind.GUIDE else ()
    _lead_links(elements, language)
    _size_pictures(elements)
    _frame_tables(tree)
    return Rendered(markup.to_html(tree), tuple(contents), tuple(_written(steps)))


def opening(body: str, language: str, *, longest: int = 160) -> str:
    """The first words of a text in one line, for lists and descriptions where there is no summary."""
    words = in_one_line(referencing.render(markup.text(body), language))
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def _place_headings(elements: Iterable[Node]) -> list[Heading]:
    """Give every heading an id of its own words."""
    contents: list[Heading] = []
    used: set[str] = set()
    for one in elements:
        if one.tag not in _HEADINGS:
            continue
        words = " ".join(one.words().split())
        start = slugify(words, allow_unicode=True)[:60].strip("-_") or "part"
        place, number = start, 2
        while place in used or place.startswith("step-"):
            place, number = f"{start}-{number}", number + 1
            if place.startswith("step-"):
                place = f"part-{place}"
        used.add(place)
        one.attributes = {"id": place, **one.attributes}
        contents.append(Heading(int(one.tag[1]), words, place))
    return contents


def _number_steps(tree: Node) -> list[tuple[Node, str]]:
    """Number a guide's steps: the items of its ordered lists on the top level, counted through; where it has no such
    list, its headings of the second level.
    """
    steps: list[tuple[Node, str]] = []
    for block in tree.elements():
        if block.tag != "ol":
            continue
        block.attributes = {"class": "steps"}
        if steps:
            block.attributes["start"] = str(len(steps) + 1)
        for item in block.elements():
            place = f"step-{len(steps) + 1}"
            item.attributes = {"id": place}
            steps.append((item, place))
    if steps:
        return steps
    for block in tree.elements():
        if block.tag == "h2":
            block.attributes["class"] = "step"
            steps.append((block, block.attributes["id"]))
    return steps


def _written(steps: Iterable[tuple[Node, str]]) -> Iterable[Step]:
    for number, (node, place) in enumerate(steps, start=1):
        html = "".join(markup.to_html(one) if isinstance(one, Node) else one for one in _escaped(node))
        words = next((line for line in markup.text(html).splitlines() if line.strip()), "")
        yield Step(number, words.strip(), place, html)


def _escaped(node: Node) -> list[Node | str]:
    return [Node("", {}, [one]) if isinstance(one, str) else one for one in node.children]


def _lead_links(elements: Iterable[Node], language: str) -> None:
    """Links to articles become addresses; one that leads nowhere becomes plain words, so that nobody clicks in vain."""
    links = [one for one in elements if one.tag == "a"]
    named = {id(one): addresses.article_link(one.attributes.get("href", "")) for one in links}
    targets = linking.targets({link.key for link in named.values() if link}, language)
    for one in links:
        link, href = named[id(one)], one.attributes.get("href", "")
        if link is not None:
            href = targets.get(link.key, "")
            href += f"#{link.place}" if href and link.place else ""
        if not _USABLE.match(href):
            one.tag, one.attributes = "span", {}
            continue
        one.attributes = {"href": href}
        if _OUTSIDE.match(href):
            one.attributes |= {"rel": "noopener nofollow"}


def _size_pictures(elements: Iterable[Node]) -> None:
    """Width and height, so that the page does not jump while pictures come; they come when they are scrolled to."""
    shown = [
        (one, addresses.file_id(one.attributes.get("src", "")))
        for one in elements
        if one.tag in ("img", "video")
    ]
    if not shown:
        return
    rows = ArticleFile.objects.filter(pk__in={pk for _one, pk in shown}).values_list(
        "pk", "file__width", "file__height"
    )
    sizes = {pk: (width, height) for pk, width, height in rows}
    for one, pk in shown:
        width, height = sizes.get(pk or 0, (None, None))
        if width and height:
            one.attributes |= {"width": str(width), "height": str(height)}
        if one.tag == "img":
            one.attributes |= {"loading": "lazy", "decoding": "async"}
        else:
            one.attributes |= {"preload": "metadata", "playsinline": ""}


def _frame_tables(node: Node) -> None:
    """A wide table scrolls within its frame, by keyboard too, and never makes the page scroll sideways."""
    for place, one in enumerate(node.children):
        if not isinstance(one, Node):
            continue
        if one.tag == "table":
            node.children[place] = Node(
                "div", {"class": "table-frame", "tabindex": "0", "role": "group"}, [one]
            )
            for cell in one.walk():
                if cell.tag == "th":
                    cell.attributes.setdefault("scope", "col" if _is_in_head(one, cell) else "row")
        else:
            _frame_tables(one)


def _is_in_head(table: Node, cell: Node) -> bool:
    head = next((one for one in table.elements() if one.tag == "thead"), None)
    return head is not None and any(one is cell for one in head.walk())
