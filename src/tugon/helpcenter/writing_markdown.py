"""The canonical tree as Markdown. Every block is read back; where it would say something else, it stays HTML."""

from __future__ import annotations

import re
from collections.abc import Callable

from .markup import Node, to_html

_SPECIAL = re.compile(r"([\\`*_~\[\]<>|])")
_ENTITY = re.compile(r"&(?=#?[a-zA-Z0-9]{1,31};)")
_FACT = re.compile(r"(\{\{\s*[a-z][a-z0-9_.]*\s*\}\})")
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+(?=\s*$)|-{2,}(?=\s*$)|(?<!\\)!(?=\[))")
_NUMBER_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_MARKS = {"strong": "**", "em": "*", "s": "~~"}


class Writer:
    """read: what the Markdown will be read with, to see that it says the same."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read

    def document(self, tree: Node) -> str:
        parts = [self._sure(block) for block in tree.elements()]
        text = self._joined(tree.elements(), parts)
        if text and self.read(text) != to_html(tree):
            text = "\n\n".join(_raw(block) for block in tree.elements())
        return f"{text}\n" if text else ""

    def _joined(self, blocks: list[Node], parts: list[str]) -> str:
        """Two lists of a kind side by side would be one: a comment stands between them."""
        out: list[str] = []
        for place, (block, part) in enumerate(zip(blocks, parts, strict=True)):
            if place and block.tag in ("ul", "ol") and blocks[place - 1].tag == block.tag:
                out.append("<!-- -->")
            out.append(part)
        return "\n\n".join(out)

    def _sure(self, block: Node) -> str:
        text = self.block(block)
        return text if self.read(text) == to_html(block) else _raw(block)

    def block(self, node: Node) -> str:
        tag = node.tag
        if tag in ("h2", "h3", "h4"):
            return "#" * int(tag[1]) + " " + self.inline(node)
        if tag == "p":
            return _guarded(self.inline(node))
        if tag in ("ul", "ol"):
            return self.listing(node)
        if tag == "pre":
            return _fenced(node)
        if tag == "hr":
            return "---"
        if tag == "blockquote":
            return _quoted(self.blocks(node))
        if tag == "aside":
            return _quoted(f"[!{node.attributes.get('data-callout', 'note')}]\n{self.blocks(node)}")
        if tag == "table":
            return self.table(node)
        if tag == "figure":
            return self.figure(node)
        return to_html(node)

    def blocks(self, node: Node) -> str:
        """What stands in a box or an item: blocks, or words without a tag of their own."""
        blocks = _wrapped(node)
        return self._joined(blocks, [self.block(one) for one in blocks])

    def listing(self, node: Node) -> str:
        items = node.elements()
        loose = any(
            one.tag not in ("ul", "ol") for item in items for one in item.elements() if _is_block(one)
        )
        number = int(node.attributes.get("start", "1"))
        lines = []
        for place, item in enumerate(items):
            mark = f"{number + place}. " if node.tag == "ol" else "- "
            body = self.blocks(item) if loose else self._tight(item)
            lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
        text = ("\n\n" if loose else "\n").join(lines)
        return re.sub(r"[ ]+(?=\n)", lambda found: found[0] if len(found[0]) == 2 else "", text)

    def _tight(self, item: Node) -> str:
        parts = [self.block(one) for one in _wrapped(item)]
        return "\n".join(parts)

    def table(self, node: Node) -> str:
        rows = [one for one in node.walk() if one.tag == "tr"]
        cells = [[self.inline(cell).replace("\n", " ") for cell in row.elements()] for row in rows]
        if not cells or node.elements()[0].tag != "thead":
            return to_html(node)
        lines = ["| " + " | ".join(row) + " |" for row in cells]
        lines.insert(1, "|" + " --- |" * len(cells[0]))
        return "\n".join(lines)

    def figure(self, node: Node) -> str:
        shown, caption = node.elements()[0], node.elements()[1:]
        words = "".join(one.words() for one in caption)
        title = ' "' + words.replace("\\", "\\\\").replace('"', '\\"') + '"' if words else ""
        return f"![{_text(shown.attributes.get('alt', ''))}]({_address(shown.attributes['src'])}{title})"

    def inline(self, node: Node) -> str:
        return "".join(
            _text(one) if isinstance(one, str) else self.mark(one)
            for one in node.children
            if not _is_block(one)
        )

    def mark(self, node: Node) -> str:
        tag = node.tag
        if tag == "br":
            return "\\\n"
        if tag == "img":
            return f"![{_text(node.attributes.get('alt', ''))}]({_address(node.attributes['src'])})"
        if tag == "code":
            return _ticked(node)
        inner = self.inline(node)
        if tag == "a":
            return f"[{inner}]({_address(node.attributes['href'])})"
        if tag in _MARKS:
            return f"{_MARKS[tag]}{inner}{_MARKS[tag]}"
        return f"<{tag}>{inner}</{tag}>"


def _wrapped(node: Node) -> list[Node]:
    """The blocks of an item or box; loose words before them become a paragraph."""
    loose = [one for one in node.children if not _is_block(one)]
    blocks = [one for one in node.elements() if _is_block(one)]
    return [Node("p", {}, loose), *blocks] if loose else blocks


def _is_block(one: Node | str) -> bool:
    return isinstance(one, Node) and one.tag in (
        "p", "h2", "h3", "h4", "ul", "ol", "pre", "hr", "blockquote", "aside", "table", "figure"
    )  # fmt: skip


def _text(words: str) -> str:
    """Words with what Markdown would take for its own written so that it does not. Facts stay as they are."""
    parts = _FACT.split(words)
    return "".join(
        part if place % 2 else _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", part))
        for place, part in enumerate(parts)
    )


def _guarded(text: str) -> str:
    """A paragraph whose lines do not begin like a heading, a list or a rule."""
    lines = text.split("\n")
    return "\n".join(_NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", line)) for line in lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip(" ") if line else ">" for line in text.split("\n"))


def _fenced(node: Node) -> str:
    code = node.elements()[0]
    words = code.words()
    longest = max((len(found) for found in re.findall(r"`{3,}", words)), default=2)
    fence = "`" * (longest + 1)
    language = code.attributes.get("class", "").removeprefix("language-")
    return f"{fence}{language}\n{words}\n{fence}"


def _ticked(node: Node) -> str:
    words = node.words()
    if node.elements() or not words.strip():
        return to_html(node)
    longest = max((len(found) for found in re.findall(r"`+", words)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{ticks}{space}{words}{space}{ticks}"


def _address(address: str) -> str:
    if re.search(r"[\s()<>\\]", address):
        return "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    return _ENTITY.sub("&amp;", address)


def _raw(block: Node) -> str:
    """The block as HTML within Markdown, on one line, so that no empty line ends it."""
    return to_html(block).replace("\n", "&#10;") if block.tag != "pre" else _fenced(block)
