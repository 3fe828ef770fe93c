"""A text in HTML read into a program: words, variables, facts and conditions, nested as they stand. Pure.

A condition begins and ends within one element, so that leaving it out never tears the mark-up: within a paragraph, or
around whole paragraphs where its marks stand in paragraphs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tugon.helpcenter.markup import Node, parse

from .expressions import Broken, Test, read

LONGEST = 40_000
"""Characters of HTML of one wording."""
MOST_CONDITIONS = 200
DEEPEST = 12
"""Conditions within each other."""

_MARK = re.compile(
    r"\[\[(?P<mark>[^\[\]\n]{0,400})\]\]|\{\{(?P<name>[^{}\n]{0,200})\}\}|(?P<stray>\[\[|\{\{)"
)
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_-]+){0,5}")
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "pre"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be read, and where. paragraph: counted from 1; quote: the words there."""

    paragraph: int
    quote: str
    words: str

    def __str__(self) -> str:
        return _("Paragraph {number}, “{quote}”: {words}.").format(
            number=self.paragraph, quote=self.quote, words=self.words
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A variable or fact to be put in."""

    name: str
    paragraph: int
    quote: str


@dataclass(slots=True)
class Element:
    """Mark-up around other items."""

    node: Node
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Condition:
    """The first branch whose test holds; a branch without a test holds always."""

    quote: str
    paragraph: int
    branches: list[tuple[Test | None, list[Item]]] = field(default_factory=list)


Item = str | Named | Element | Condition


@dataclass(slots=True)
class Program:
    """items: of the whole text. problems: none where it can be filled."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def named(self) -> Iterator[tuple[Named, frozenset[str]]]:
        """Every variable and fact that is put in, with the names that surely have a value there."""
        yield from _named(self.items, frozenset())

    def asked(self) -> Iterator[tuple[str, Condition]]:
        """Every name that a condition asks for, and the condition."""
        yield from _asked(self.items)

    def names(self) -> frozenset[str]:
        """All names: put in or asked for."""
        return frozenset(one.name for one, _proved in self.named()) | {name for name, _if in self.asked()}


def compiled(html: str) -> Program:
    """The program of a text. What is wrong with it stands in `problems`; all of it at once."""
    if len(html) > LONGEST:
        words = _("it has {size} characters; a template may have at most {limit}")
        problem = Problem(1, html[:20], words.format(size=f"{len(html):,}", limit=f"{LONGEST:,}"))
        return Program(problems=[problem])
    return _Compiler().program(parse(html))


def _named(items: list[Item], proved: frozenset[str]) -> Iterator[tuple[Named, frozenset[str]]]:
    for one in items:
        if isinstance(one, Named):
            yield one, proved
        elif isinstance(one, Element):
            yield from _named(one.items, proved)
        elif isinstance(one, Condition):
            for test, inner in one.branches:
                yield from _named(inner, proved | frozenset(test.proves() if test else ()))


def _asked(items: list[Item]) -> Iterator[tuple[str, Condition]]:
    for one in items:
        if isinstance(one, Element):
            yield from _asked(one.items)
        elif isinstance(one, Condition):
            for test, inner in one.branches:
                yield from ((name, one) for name in (test.names() if test else ()))
                yield from _asked(inner)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One `[[…]]`. verb: if, elif, else, end."""

    verb: str
    rest: str
    quote: str
    paragraph: int


class _Compiler:
    def __init__(self) -> None:
        self.paragraph = 1
        self.conditions = 0
        self.problems: list[Problem] = []

    def program(self, root: Node) -> Program:
        items = self.inside(root)
        return Program(items, self.problems)

    def inside(self, node: Node) -> list[Item]:
        """The children of one element as items; every condition that begins among them ends among them."""
        return self.nested(list(self.flat(node)))

    def flat(self, node: Node) -> Iterator[Item | _Mark]:
        for child in node.children:
            if isinstance(child, str):
                yield from self.pieces(child)
                continue
            if child.tag in _BLOCKS and _is_only_marks(child):
                yield from (one for one in self.pieces(child.words()) if isinstance(one, _Mark))
            else:
                yield Element(Node(child.tag, child.attributes), self.inside(child))
            self.paragraph += child.tag in _BLOCKS

    def pieces(self, text: str) -> Iterator[Item | _Mark]:
        place = 0
        for match in _MARK.finditer(text):
            if match.start() > place:
                yield text[place : match.start()]
            place = match.end()
            if match["mark"] is not None:
                yield from self.mark(match["mark"], match[0])
            elif match["name"] is not None:
                yield from self.name(match["name"], match[0])
            else:
                end = "]]" if match[0] == "[[" else "}}"
                self.trouble(text[match.start() :], _("the closing {end} is missing").format(end=end))
        if place < len(text):
            yield text[place:]

    def mark(self, text: str, quote: str) -> Iterator[_Mark]:
        words = " ".join(text.replace("\u00a0", " ").split())
        verb, _blank, rest = words.partition(" ")
        verb, rest = verb.casefold(), rest.strip()
        if verb == "else" and rest.casefold().startswith("if "):
            verb, rest = "elif", rest[3:]
        if verb not in ("if", "elif", "else", "end") or (verb in ("else", "end") and rest):
            self.trouble(quote, _("only [[if …]], [[else if …]], [[else]] and [[end]] are understood"))
            return
        yield _Mark(verb, rest, quote, self.paragraph)

    def name(self, text: str, quote: str) -> Iterator[Named]:
        name = text.replace("\u00a0", " ").strip().casefold()
        if not _NAME.fullmatch(name):
            self.trouble(quote, _("this is no name of a variable or a fact"))
            return
        yield Named(name, self.paragraph, quote)

    def nested(self, flat: list[Item | _Mark]) -> list[Item]:
        """Marks and items in a row as items within conditions."""
        top: list[Item] = []
        open_: list[Condition] = []
        into = top
        for one in flat:
            if not isinstance(one, _Mark):
                into.append(one)
            elif one.verb == "if":
                into = self.begun(one, into, open_)
            elif not open_:
                self.trouble(one.quote, _("no [[if …]] begins before it in the same place"), one.paragraph)
            elif one.verb == "end":
                open_.pop()
                into = open_[-1].branches[-1][1] if open_ else top
            else:
                into = self.branched(one, open_[-1])
        for condition in open_:
            self.trouble(condition.quote, _("its [[end]] is missing in the same place"), condition.paragraph)
        return top

    def begun(self, mark: _Mark, into: list[Item], open_: list[Condition]) -> list[Item]:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS or len(open_) >= DEEPEST:
            self.trouble(mark.quote, _("there are too many conditions"), mark.paragraph)
        condition = Condition(mark.quote, mark.paragraph, [(self.test(mark), [])])
        into.append(condition)
        open_.append(condition)
        return condition.branches[-1][1]

    def branched(self, mark: _Mark, condition: Condition) -> list[Item]:
        if condition.branches[-1][0] is None:
            self.trouble(
                mark.quote, _("it stands after [[else]], where only [[end]] may follow"), mark.paragraph
            )
        condition.branches.append((self.test(mark) if mark.verb == "elif" else None, []))
        return condition.branches[-1][1]

    def test(self, mark: _Mark) -> Test:
        try:
            return read(mark.rest)
        except Broken as broken:
            self.trouble(mark.quote, str(broken), mark.paragraph)
            return Test()

    def trouble(self, quote: str, words: str, paragraph: int = 0) -> None:
        shown = " ".join(quote.split())[:60]
        if len(self.problems) < 20:
            self.problems.append(Problem(paragraph or self.paragraph, shown, words))


def _is_only_marks(node: Node) -> bool:
    """Whether a paragraph says nothing but marks of conditions: it stands for them and is not shown itself."""
    text = node.words().replace("\u00a0", " ").strip()
    if not text.startswith("[[") or any(one.tag == "img" for one in node.walk()):
        return False
    return not _MARK.sub(lambda match: "" if match["mark"] is not None else match[0], text).strip()
