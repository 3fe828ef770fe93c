"""What changed from one text to another, word by word. Pure: two canonical bodies in, lines out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from html import escape

from .markup import Node, parse

MOST_WORDS = 4_000
"""Words of one line that are compared one by one; a longer line is shown as taken out and put in."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LEAVES = frozenset({"p", "h2", "h3", "h4", "pre", "hr", "figcaption", "td", "th", "li"})
_INLINE = frozenset({"a", "strong", "em", "s", "u", "sub", "sup", "kbd", "code"})


class State(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Line:
    """One block. kind: the tag it is ("h2", "li", "td", "img" …). depth: lists, boxes and tables around it.

    html: its words, safe as they are, with <ins> and <del> where they changed. label: what the box around says (note).
    """

    state: State
    kind: str
    depth: int
    html: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    lines: tuple[Line, ...]

    @property
    def is_same(self) -> bool:
        return all(line.state is State.SAME for line in self.lines)

    @property
    def added(self) -> int:
        """Lines that are new or changed."""
        return sum(line.state in (State.ADDED, State.CHANGED) for line in self.lines)

    @property
    def removed(self) -> int:
        """Lines that are gone or changed."""
        return sum(line.state in (State.REMOVED, State.CHANGED) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Word:
    """One word with its marks, from the outermost: ("strong", ""), ("a", address)."""

    text: str
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str
    depth: int
    label: str
    words: tuple[_Word, ...]


def compare(old: str, new: str) -> Comparison:
    """The lines of both texts in one order. old, new: canonical HTML."""
    before, after = list(_blocks(parse(old))), list(_blocks(parse(new)))
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            lines += [_line(State.SAME, block) for block in before[a:b]]
        else:
            lines += _replaced(before[a:b], after[c:d])
    return Comparison(tuple(lines))


def compare_words(old: str, new: str) -> str:
    """Two plain texts (titles) as one line of safe HTML with <ins> and <del>."""
    return _words_html(_split(old, ()), _split(new, ()))


def _replaced(before: list[_Block], after: list[_Block]) -> list[Line]:
    """Blocks that stand for each other are compared word by word; the others are gone or new."""
    lines: list[Line] = []
    rest = list(after)
    for block in before:
        place = next((i for i, one in enumerate(rest) if _is_kin(block, one)), None)
        if place is None:
            lines.append(_line(State.REMOVED, block))
            continue
        lines += [_line(State.ADDED, one) for one in rest[:place]]
        other = rest[place]
        del rest[: place + 1]
        html = _words_html(block.words, other.words)
        lines.append(Line(State.CHANGED, other.kind, other.depth, html, other.label))
    return lines + [_line(State.ADDED, one) for one in rest]


def _is_kin(old: _Block, new: _Block) -> bool:
    """Whether the one is the other rewritten: of one kind, and half of the words shared."""
    if old.kind != new.kind or max(len(old.words), len(new.words)) > MOST_WORDS:
        return False
    mine, theirs = ([one.text for one in block.words if not one.text.isspace()] for block in (old, new))
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= 0.4 and matcher.quick_ratio() >= 0.4 and matcher.ratio() >= 0.4


def _blocks(node: Node, depth: int = 0, label: str = "", kind: str = "p") -> Iterator[_Block]:
    loose: list[Node | str] = []
    for one in node.children:
        if isinstance(one, str) or one.tag in _INLINE or one.tag in ("br", "img"):
            loose.append(one)
            continue
        if loose:
            yield _Block(kind, depth, label, tuple(_words(loose, ())))
            loose = []
        if one.tag == "video":
            yield _Block("video", depth, label, (_Word(one.attributes.get("src", "")),))
        elif one.tag == "hr":
            yield _Block("hr", depth, label, (_Word("———"),))
        else:
            inner = one.attributes.get("data-callout", label)
            deeper = depth + (one.tag in ("ul", "ol", "blockquote", "aside", "table"))
            yield from _blocks(one, deeper, inner, one.tag if one.tag in _LEAVES else kind)
    if loose:
        yield _Block(kind, depth, label, tuple(_words(loose, ())))


def _words(children: Sequence[Node | str], marks: tuple[tuple[str, str], ...]) -> Iterator[_Word]:
    for one in children:
        if isinstance(one, str):
            yield from _split(one, marks)
        elif one.tag == "br":
            yield _Word("\n", marks)
        elif one.tag == "img":
            yield _Word(f"[{one.attributes.get('alt') or 'picture'}: {one.attributes.get('src', '')}]", marks)
        else:
            yield from _words(one.children, (*marks, (one.tag, one.attributes.get("href", ""))))


def _split(text: str, marks: tuple[tuple[str, str], ...]) -> tuple[_Word, ...]:
    return tuple(_Word(part, marks) for part in _WORD.findall(text))


def _line(state: State, block: _Block) -> Line:
    html = _html(block.words)
    return Line(state, block.kind, block.depth, html, block.label)


def _words_html(before: Sequence[_Word], after: Sequence[_Word]) -> str:
    out: list[str] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            out.append(_html(before[a:b]))
            continue
        out.append(f"<del>{_html(before[a:b])}</del>" if b > a else "")
        out.append(f"<ins>{_html(after[c:d])}</ins>" if d > c else "")
    return "".join(out)


def _html(words: Sequence[_Word]) -> str:
    """Words side by side with the same marks share their tags. Links show where they lead, but do not lead there."""
    out: list[str] = []
    place = 0
    while place < len(words):
        marks, end = words[place].marks, place
        while end < len(words) and words[end].marks == marks:
            end += 1
        text = escape("".join(one.text for one in words[place:end])).replace("\n", "<br>")
        for name, value in reversed(marks):
            title = f' class="link" title="{escape(value)}"' if name == "a" else ""
            text = f"<{'span' if name == 'a' else name}{title}>{text}</{'span' if name == 'a' else name}>"
        out.append(text)
        place = end
    return "".join(out)
