"""The blocks of the vocabulary: headings, paragraphs, lists, tables, code, quotations, callouts, figures."""

from __future__ import annotations

import re
from collections import Counter

from ..addresses import file_id
from .inlines import inline, is_empty
from .tree import Node

CALLOUTS = ("note", "tip", "warning")
CONTAINERS = frozenset(
    """
    div section article center header footer main address details body dl dd dt fieldset form nav tbody tr td th thead
    tfoot table caption figcaption li summary colgroup
    """.split()  # noqa: SIM905
)
_BLOCKS = CONTAINERS | set(
    "p h1 h2 h3 h4 h5 h6 ul ol pre blockquote aside figure hr video".split()  # noqa: SIM905
)
_VIDEO = re.compile(r"\.(mp4|m4v|webm|ogv|mov)$", re.I)
_LANGUAGE = re.compile(r"language-([a-z0-9+#-]{1,20})", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b]")


class Builder:
    """Builds one document. left_out counts what could not be kept; shift: levels that headings move down."""

    def __init__(self, left_out: Counter[str], shift: int) -> None:
        self.left_out, self.shift = left_out, shift

    def blocks(self, children: list[Node | str]) -> list[Node]:
        """Blocks of what may be anything; words between blocks become paragraphs."""
        out: list[Node] = []
        loose: list[Node | str] = []
        for one in children:
            if isinstance(one, str) or not _holds_block(one):
                loose.append(one)
                continue
            out += self.paragraph(loose)
            loose = []
            out += self.block(one)
        return out + self.paragraph(loose)

    def block(self, node: Node) -> list[Node]:
        tag = node.tag
        if tag == "p":
            return self.blocks(node.children) if _any_block(node) else self.paragraph(node.children)
        if tag[0] == "h" and tag[1:].isdigit():
            return self.heading(node)
        if tag in ("ul", "ol"):
            return self.listing(node)
        if tag == "table":
            return self.table(node)
        if tag == "pre":
            return self.code(node)
        if tag == "hr":
            return [Node("hr")]
        if tag == "figure":
            return self.figure(node)
        if tag == "video":
            return self.picture(node, "")
        if _callout(node):
            return self.boxed("aside", node, {"data-callout": _callout(node)})
        if tag == "blockquote":
            return self.boxed("blockquote", node, {})
        if tag in ("dt", "summary"):
            return self.paragraph([Node("strong", {}, node.children)])
        return self.blocks(node.children)

    def paragraph(self, children: list[Node | str]) -> list[Node]:
        content = inline(children, self.left_out)
        if len(content) == 1 and isinstance(content[0], Node) and content[0].tag == "img":
            return self.picture(content[0], content[0].attributes.get("title", ""))
        for one in content:
            _forget_titles(one)
        return [Node("p", {}, content)] if not is_empty(content) else []

    def heading(self, node: Node) -> list[Node]:
        if _any_block(node) or any(one.tag == "img" for one in node.walk()):
            return self.blocks(node.children)
        content = inline(node.children, self.left_out, breaks=False)
        level = min(4, max(2, int(node.tag[1]) + self.shift))
        return [Node(f"h{level}", {}, content)] if not is_empty(content) else []

    def listing(self, node: Node) -> list[Node]:
        items: list[Node] = []
        for one in node.children:
            if isinstance(one, Node) and one.tag in ("ul", "ol") and items:
                items[-1].children += self.listing(one)  # as word processors nest: beside the item, not in it
                continue
            if isinstance(one, str) and not one.strip():
                continue
            given = one.children if isinstance(one, Node) and one.tag == "li" else [one]
            content = self.blocks(given)
            if content:
                items.append(Node("li", {}, tight(content)))
        start = node.attributes.get("start", "")
        numbered = node.tag == "ol" and start.isdecimal() and start.isascii() and 1 < int(start[:6]) < 10_000
        attributes = {"start": str(int(start))} if numbered else {}
        return [Node(node.tag, attributes, list(items))] if items else []

    def table(self, node: Node) -> list[Node]:
        rows = [self.row(one) for one in _rows(node)]
        rows = [row for row in rows if row.children]
        caption = next((one for one in node.elements() if one.tag == "caption"), None)
        before = self.blocks(caption.children) if caption else []
        if not any(cell.children for row in rows for cell in row.elements()):
            return before
        head = [rows[0]] if all(cell.tag == "th" for cell in rows[0].elements()) else []
        parts = [Node("thead", {}, list(head))] if head else []
        if rows[len(head) :]:
            parts.append(Node("tbody", {}, list(rows[len(head) :])))
        return [*before, Node("table", {}, list(parts))]

    def row(self, node: Node) -> Node:
        cells = [one for one in node.elements() if one.tag in ("td", "th")]
        return Node("tr", {}, [self.cell(one) for one in cells])

    def cell(self, node: Node) -> Node:
        spans = {}
        for name in ("colspan", "rowspan"):
            value = node.attributes.get(name, "")
            if value.isdecimal() and value.isascii() and 1 < int(value[:4]) <= 50:
                spans[name] = str(int(value))
        return Node(node.tag, spans, tight(self.blocks(node.children)))

    def code(self, node: Node) -> list[Node]:
        words = _CONTROL.sub("", _lines(node)).strip("\n")
        if not words.strip():
            return []
        classes = " ".join(one.attributes.get("class", "") for one in [node, *node.walk()])
        found = _LANGUAGE.search(classes)
        attributes = {"class": f"language-{found[1].lower()}"} if found else {}
        return [Node("pre", {}, [Node("code", attributes, [words])])]

    def boxed(self, tag: str, node: Node, attributes: dict[str, str]) -> list[Node]:
        content = self.blocks(node.children)
        return [Node(tag, attributes, list(content))] if content else []

    def figure(self, node: Node) -> list[Node]:
        shown = [one for one in node.walk() if one.tag in ("img", "video")]
        captions = [one for one in node.elements() if one.tag == "figcaption"]
        if len(shown) != 1:
            return self.blocks(node.children)
        rest = [one for one in node.children if one not in captions and one is not shown[0]]
        if any((one if isinstance(one, str) else one.words()).strip() for one in rest):
            return self.blocks(node.children)
        caption = [child for one in captions for child in [*one.children, " "]]
        return self.picture(shown[0], shown[0].attributes.get("title", ""), caption)

    def picture(self, node: Node, title: str, caption: list[Node | str] | None = None) -> list[Node]:
        """A picture or a film that stands by itself, with its caption."""
        words = inline(caption or [title], self.left_out, breaks=False, pictures=False)
        source = node.attributes.get("src", "").strip()
        if file_id(source) is None:
            self.left_out["image"] += 1
            alt = " ".join(node.attributes.get("alt", "").split())
            return [Node("p", {}, words or [alt])] if words or alt else []
        if node.tag == "video" or _VIDEO.search(source):
            shown = Node("video", {"src": source, "controls": ""})
            if is_empty(words):
                words = inline([node.attributes.get("alt", "")], self.left_out)
        else:
            shown = Node(
                "img", {"src": source, "alt": " ".join(node.attributes.get("alt", "").split())[:500]}
            )
        below = [] if is_empty(words) else [Node("figcaption", {}, words)]
        return [Node("figure", {}, [shown, *below])]


def document(root: Node, left_out: Counter[str]) -> Node:
    """The document built anew. Headings begin at the second level: the first is the article's title."""
    shift = 1 if any(one.tag == "h1" for one in root.walk()) else 0
    return Node("", {}, list(Builder(left_out, shift).blocks(root.children)))


def tight(content: list[Node]) -> list[Node | str]:
    """In items and cells the first paragraph needs no tag when it is the only one."""
    paragraphs = [one for one in content if one.tag == "p"]
    simple = all(one.tag in ("ul", "ol") for one in content[1:])
    if content and content[0].tag == "p" and len(paragraphs) == 1 and simple:
        return [*content[0].children, *content[1:]]
    return list(content)


def _holds_block(node: Node) -> bool:
    return node.tag in _BLOCKS or _any_block(node)


def _any_block(node: Node) -> bool:
    return any(one.tag in _BLOCKS for one in node.walk())


def _callout(node: Node) -> str:
    """The kind of a callout, or "" where the node is none."""
    if node.tag not in ("aside", "div", "blockquote"):
        return ""
    kind = node.attributes.get("data-callout", "").lower()
    if not kind and node.tag == "aside":
        named = node.attributes.get("class", "").lower()
        kind = next((one for one in CALLOUTS if one in named), "note")
    return kind if kind in CALLOUTS else ("note" if kind else "")


def _rows(table: Node) -> list[Node]:
    """The rows of this table, not of one within."""
    out: list[Node] = []
    for one in table.elements():
        if one.tag == "tr":
            out.append(one)
        elif one.tag in ("thead", "tbody", "tfoot"):
            out += [row for row in one.elements() if row.tag == "tr"]
    return out


def _lines(node: Node) -> str:
    return "".join(
        one if isinstance(one, str) else "\n" if one.tag == "br" else _lines(one) for one in node.children
    )


def _forget_titles(one: Node | str) -> None:
    if isinstance(one, Node):
        one.attributes.pop("title", None)
        for child in one.children:
            _forget_titles(child)
