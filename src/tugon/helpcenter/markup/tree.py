"""A document as a small tree of our own: what Lexbor parsed, without what no reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from selectolax.lexbor import LexborNode

from tugon.lib import html as letters

DEEPEST = 40
"""Levels of nesting that are kept; what is deeper joins its ancestor, and its words stay."""

VOID = frozenset({"br", "hr", "img", "col", "wbr", "input", "source", "track"})
SILENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "title",
        "head",
        "meta",
        "link",
        "-comment",
        "iframe",
        "object",
    }
)
_BOOLEAN = frozenset({"controls"})


@dataclass(slots=True)
class Node:
    """An element, or the document itself, whose tag is empty."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> list[Node]:
        """The children that are elements."""
        return [one for one in self.children if isinstance(one, Node)]

    def walk(self) -> Iterator[Node]:
        """Every element below, in the order of the document."""
        for one in self.elements():
            yield one
            yield from one.walk()

    def words(self) -> str:
        """All text below, as it stands."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.children)


def parse(html: str) -> Node:
    """The tree of `html`: any depth is survived, scripts and comments are not in it."""
    top = letters.parse(html)
    root = Node("")
    if top.body is None:
        return root
    waiting: list[tuple[LexborNode, Node, int]] = [(top.body, root, 0)]
    while waiting:
        source, target, depth = waiting.pop()
        later = []
        child = source.first_child
        while child is not None:
            joined = _take(child, target, depth)
            if joined is not None:
                later.append((child, joined, depth + (joined is not target)))
                if joined is target:
                    # Too deep: its words belong here and now, before what follows.
                    target.children.append(child.text(deep=True))
                    later.pop()
            child = child.next
        waiting.extend(reversed(later))
    return root


def _take(child: LexborNode, target: Node, depth: int) -> Node | None:
    """Put one node below `target`; returns where its children belong, None where it has none to look at."""
    tag = child.tag or ""
    if tag == "-text":
        target.children.append(child.text_content or "")
        return None
    if tag in SILENT or tag.startswith(("-", "!")):
        return None
    if depth >= DEEPEST and tag not in VOID:
        return target
    node = Node(tag, {name: value or "" for name, value in child.attributes.items()})
    target.children.append(node)
    return None if tag in VOID else node


def to_html(node: Node) -> str:
    """The tree as HTML. Every word and every value is escaped; nothing is left out."""
    out: list[str] = []
    _write(node, out)
    return "".join(out)


def _write(node: Node, out: list[str]) -> None:
    if node.tag:
        out.append(f"<{node.tag}")
        for name, value in node.attributes.items():
            out.append(f" {name}" if name in _BOOLEAN else f' {name}="{_value(value)}"')
        out.append(">")
    if node.tag in VOID:
        return
    for one in node.children:
        if isinstance(one, str):
            out.append(escape(one, quote=False))
        else:
            _write(one, out)
    if node.tag:
        out.append(f"</{node.tag}>")


def _value(value: str) -> str:
    return escape(value, quote=True).replace("\n", "&#10;")
