"""What came back, before anybody sees it: only text, only citations and links that the house gave. Pure.

Whatever the machine was talked into, its answer can show no link, no address and no number of a stranger as if it were
ours: a citation of an article that was not given, every address written out, and every mark that stands for what only a
stranger wrote is taken out, and each is said. In a translation or a new wording of a text the text's own links return.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from .kinds import OF_STRANGERS
from .masking import Mark, Masks, marks_in, replaced

GONE = "…"
"""Stands where something was taken out."""
_LEADING = frozenset({"link", "e-mail", "phone", "number", "account", "card", "secret", "code", "machine"})
"""Kinds of marks that lead somewhere or must not be repeated."""
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
_FENCED = re.compile(r"\A\s*```[a-z]*\n(.*?)\n?```\s*\Z", re.S)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.I)
_PICTURE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINKED = re.compile(r"\[([^\]\n]{1,300})\]\(([^)\n]{0,2000})\)")
_ADDRESS = re.compile(
    r"\b(?:https?|ftp|javascript|data|mailto|tel):\S{1,2000}|\bwww\.\S{1,500}"
    r"|[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,6}(?!(?:png|jpe?g|heic|webp|gif|pdf|mp[34]|mov|zip|csv|docx?|xlsx?|txt)\b)[a-z]{2,24}\b(?:/\S{0,500})?",
    re.I,
)
_CITED = re.compile(r"( ?)[\[【](\s*\d{1,3}(?:\s*[,;]\s*\d{1,3}){0,9}\s*)[\]】]")
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-/]{0,2}\d){6,18}(?!\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that was taken out. what: "citation", "link", "mark". words: what stood there."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """text: with marks shown and [n] where an article is cited. cited: the numbers, in order. doubtful: numbers in it
    that stand nowhere in the material."""

    text: str
    cited: tuple[int, ...] = ()
    taken: tuple[Taken, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    task: str
    masks: Masks
    given: frozenset[int]
    material: str = ""
    returned: set[str] = field(default_factory=set)
    taken: list[Taken] = field(default_factory=list)
    cited: list[int] = field(default_factory=list)

    def take(self, what: str, words: str) -> str:
        one = Taken(what, " ".join(words.split())[:120])
        if one not in self.taken:
            self.taken.append(one)
        return GONE


def checked(raw: str, *, task: str, masks: Masks, given: Mapping[int, object], material: str) -> Checked:
    """The answer as it may be shown. given: the articles that may be cited, by number. material: all that was sent."""
    work = _Work(task, masks, frozenset(given), material)
    text = _CONTROL.sub("", _THOUGHT.sub("", raw.replace("\r\n", "\n"))).strip()
    whole = _FENCED.match(text)
    text = whole[1].strip() if whole else text
    text = _without_addresses(text, work)
    text = _CITED.sub(lambda found: _citation(found, work), text)
    doubtful = tuple(one for one in dict.fromkeys(_NUMBER.findall(text)) if one not in material)
    text = replaced(text, lambda found: _shown(found, work))
    if task in OF_STRANGERS:  # pieces that were harmless apart may be an address together
        text = _ADDRESS.sub(lambda found: _put_together(found, work), text)
    return Checked(text, tuple(dict.fromkeys(work.cited)), tuple(work.taken), doubtful)


def _without_addresses(text: str, work: _Work) -> str:
    """Markdown's links keep their words; the address, and every address written out, goes."""

    def linked(found: re.Match[str]) -> str:
        words, target = found[1], found[2]
        if any(True for _mark in marks_in(target)) and work.task not in OF_STRANGERS:
            return f"{words} ({target})"
        work.take("link", target or words)
        return words

    text = _PICTURE.sub(lambda found: work.take("link", found[0]), text)
    text = _LINKED.sub(linked, text)
    text = _TAG.sub(lambda found: "" if not _ADDRESS.search(found[0]) else work.take("link", found[0]), text)
    return _ADDRESS.sub(lambda found: _address(found, work), text)


def _address(found: re.Match[str], work: _Work) -> str:
    """A new wording of a text may keep what stood in the text; new words may not."""
    if work.task not in OF_STRANGERS and found[0].rstrip(".,;:!?)") in work.material:
        return found[0]
    return work.take("link", found[0])


def _put_together(found: re.Match[str], work: _Work) -> str:
    words = found[0].rstrip(".,;:!?)")
    if any(words == one or words in one for one in work.returned):
        return found[0]
    return work.take("link", found[0])


def _citation(found: re.Match[str], work: _Work) -> str:
    if not work.given:
        return found[0]  # no articles were sent: "[3]" is what somebody wrote
    kept = []
    for number in (int(one) for one in re.split(r"[,;]", found[2])):
        if number in work.given:
            work.cited.append(number)
            kept.append(f"[{number}]")
        else:
            work.take("citation", f"[{number}]")
    return found[1] + "".join(kept) if kept else ""


def _shown(found: re.Match[str], work: _Work) -> str:
    """The original of a mark, unless it is a stranger's and the answer is new words."""
    mark = work.masks.mark_of(found)
    if mark is None:
        return work.take("mark", found[0])
    if work.task in OF_STRANGERS and _must_go(mark):
        told = found[0] if mark.kind in ("card", "secret", "code") else mark.original
        return work.take("link" if mark.kind == "link" else "mark", told)
    if mark.kind in ("link", "e-mail"):
        work.returned.add(mark.original)
    return mark.original


def _must_go(mark: Mark) -> bool:
    """What leads somewhere and is a stranger's; what is never to be repeated; a name that is an address."""
    if mark.kind in ("card", "secret", "code"):
        return True
    if mark.kind == "person":
        return _ADDRESS.search(mark.original) is not None
    return mark.kind in _LEADING and not mark.is_ours


def as_html(text: str, links: Mapping[int, tuple[str, str]]) -> str:
    """The answer as paragraphs and lists for the composer. links: number → title and address of an article."""
    blocks = [_block(block.strip("\n")) for block in re.split(r"\n\s*\n", text) if block.strip()]
    html = "".join(blocks)

    def link(found: re.Match[str]) -> str:
        numbers = [int(one) for one in re.split(r"[,;]", found[1])]
        known = [links[number] for number in numbers if number in links]
        named = ", ".join(f'<a href="{escape(url)}">{escape(title)}</a>' for title, url in known)
        return f"({named})" if named else found[0]

    return re.sub(r"\[(\d{1,3})\]", link, html) if links else html


_ITEM = re.compile(r"\s*(?:[-*•]|(\d{1,2})[.)])\s+(.*)")


def _block(block: str) -> str:
    lines = block.split("\n")
    html, tag = "", ""
    for line in lines:
        item = _ITEM.fullmatch(line)
        wanted = ("ol" if item[1] else "ul") if item else "p"
        words = _inline(item[2] if item else line)
        if wanted != tag:
            html += (f"</{tag}>" if tag else "") + f"<{wanted}>"
        elif wanted == "p":
            html += "<br>"
        html += f"<li><p>{words}</p></li>" if item else words
        tag = wanted
    return html + f"</{tag}>"


def _inline(words: str) -> str:
    """**Bold** stays; everything else is only words."""
    return re.sub(r"\*\*([^*\n]{1,200})\*\*", r"<strong>\1</strong>", escape(words.lstrip("# ").strip()))
