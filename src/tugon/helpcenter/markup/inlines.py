"""Words and their marks within a block, in one form: marks in a fixed order, none twice, none around white space."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..addresses import article_link, file_id
from .tree import Node

ORDER = ("a", "strong", "em", "s", "u", "sub", "sup", "kbd", "code")
"""From the outermost to the innermost."""
_SAME = {
    "b": "strong",
    "i": "em",
    "del": "s",
    "strike": "s",
    "ins": "u",
    "tt": "code",
    "samp": "code",
    "cite": "em",
    "dfn": "em",
    "var": "em",
}
_SPACE = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
_INVISIBLE = str.maketrans({"\ufeff": None, "\u200b": None, "\u00ad": None})
_BOLD = re.compile(r"(?<![-\w])font-weight:\s*(bold|bolder|[6-9]00)", re.I)
_NORMAL = re.compile(r"(?<![-\w])font-weight:\s*(normal|400)", re.I)
_SLANTED = re.compile(r"(?<![-\w])font-style:\s*(italic|oblique)", re.I)
_ADDRESS = re.compile(r"^(https?://|mailto:|tel:|/|#)[^\s\"<>\\]+$", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, or one picture or line break, with the marks on it (name → value; of links the address)."""

    content: str
    marks: tuple[tuple[str, str], ...]
    leaf: str = ""
    alt: str = ""
    title: str = ""

    @property
    def is_space(self) -> bool:
        return not self.leaf and not self.content.strip()


def inline(
    children: list[Node | str], left_out: Counter[str], *, breaks: bool = True, pictures: bool = True
) -> list[Node | str]:
    """What stands within one block, built anew. breaks, pictures: whether the block may hold them."""
    pieces: list[Piece] = []
    for one in children:
        _collect(one, {}, pieces, left_out)
    if not breaks:
        pieces = [Piece(" ", one.marks) if one.leaf == "br" else one for one in pieces]
    if not pictures:
        pieces = [Piece(one.alt, one.marks) if one.leaf == "img" else one for one in pieces]
    return _nest(_joined(_trimmed(pieces)), 0)


def is_empty(content: list[Node | str]) -> bool:
    """Whether nobody would see anything."""
    return not any(
        one.strip() if isinstance(one, str) else one.tag == "img" or not is_empty(one.children)
        for one in content
    )


def _collect(one: Node | str, marks: dict[str, str], out: list[Piece], left_out: Counter[str]) -> None:
    if isinstance(one, str):
        words = _SPACE.sub(" ", one.translate(_INVISIBLE))
        if words:
            out.append(Piece(words, _in_order(marks)))
        return
    if one.tag == "br":
        out.append(Piece("", (), "br"))
    elif one.tag == "img":
        _picture(one, marks, out, left_out)
    else:
        inner = _with_marks(one, marks, left_out)
        for child in one.children:
            _collect(child, inner, out, left_out)


def _picture(one: Node, marks: dict[str, str], out: list[Piece], left_out: Counter[str]) -> None:
    source, alt = one.attributes.get("src", "").strip(), " ".join(one.attributes.get("alt", "").split())[:500]
    if file_id(source) is not None:
        title = " ".join(one.attributes.get("title", "").split())
        link = {name: value for name, value in marks.items() if name == "a"}
        out.append(Piece(source, _in_order(link), "img", alt, title))
        return
    left_out["image"] += 1
    if alt:
        out.append(Piece(alt, _in_order(marks)))


def _with_marks(one: Node, marks: dict[str, str], left_out: Counter[str]) -> dict[str, str]:
    style = one.attributes.get("style", "")
    name = _SAME.get(one.tag, one.tag)
    inner = dict(marks)
    if name == "a":
        address = _usable(one.attributes.get("href", ""))
        if address:
            inner["a"] = address
        elif one.attributes.get("href", "").strip():
            left_out["link"] += 1
    elif name in ORDER and not (name == "strong" and _NORMAL.search(style)):
        inner[name] = ""
    if _BOLD.search(style) and name != "a":
        inner["strong"] = ""
    if _SLANTED.search(style):
        inner["em"] = ""
    return inner


def _usable(address: str) -> str:
    """The address as it is kept, or ""."""
    address = address.strip()[:2000]
    named = article_link(address)
    if named is not None:
        return named.href
    return address if _ADDRESS.match(address) else ""


def _in_order(marks: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, marks[name]) for name in ORDER if name in marks)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """One space at most between words, none at the edges of a line, and marks hug their words."""
    spaced: list[Piece] = []
    for one in pieces:
        if one.leaf:
            spaced.append(one)
            continue
        body = one.content.strip()
        if not body:
            spaced.append(Piece(" " if " " in one.content else one.content, ()))
            continue
        before, after = (
            one.content[: len(one.content) - len(one.content.lstrip())],
            one.content[len(one.content.rstrip()) :],
        )
        spaced += [Piece(before, ())] if before else []
        spaced.append(Piece(body, one.marks))
        spaced += [Piece(after, ())] if after else []
    return _without_edges(spaced)


def _without_edges(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for one in pieces:
        if one.is_space and (not out or out[-1].leaf == "br" or out[-1].is_space):
            if out and out[-1].is_space and "\xa0" in one.content:
                out[-1] = Piece("\xa0", ())
            continue
        if one.leaf == "br":
            while out and out[-1].is_space:
                out.pop()
            if not out:
                continue
        out.append(one)
    while out and (out[-1].is_space or out[-1].leaf == "br"):
        out.pop()
    return out


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Words that carry the same marks are one piece; white space between them carries those both sides share."""
    for place, one in enumerate(pieces):
        if one.is_space and 0 < place < len(pieces) - 1:
            before, after = pieces[place - 1], pieces[place + 1]
            shared = tuple(mark for mark in before.marks if mark in after.marks)
            shared = tuple(
                mark for mark in shared if mark[0] not in ("code", "kbd") or before.marks == after.marks
            )
            pieces[place] = Piece(one.content, shared)
    out: list[Piece] = []
    for one in pieces:
        if out and not one.leaf and not out[-1].leaf and out[-1].marks == one.marks:
            out[-1] = Piece(out[-1].content + one.content, one.marks)
        else:
            out.append(one)
    return out


def _nest(pieces: list[Piece], depth: int) -> list[Node | str]:
    """Pieces side by side to elements within each other."""
    out: list[Node | str] = []
    place = 0
    while place < len(pieces):
        one = pieces[place]
        if len(one.marks) <= depth:
            out.append(_leaf(one))
            place += 1
            continue
        mark, end = one.marks[depth], place
        while end < len(pieces) and len(pieces[end].marks) > depth and pieces[end].marks[depth] == mark:
            end += 1
        attributes = {"href": mark[1]} if mark[0] == "a" else {}
        out.append(Node(mark[0], attributes, _nest(pieces[place:end], depth + 1)))
        place = end
    return out


def _leaf(one: Piece) -> Node | str:
    if one.leaf == "br":
        return Node("br")
    if one.leaf == "img":
        title = {"title": one.title} if one.title else {}
        return Node("img", {"src": one.content, "alt": one.alt, **title})
    return one.content
