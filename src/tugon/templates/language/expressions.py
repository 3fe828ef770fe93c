"""What stands in `[[if …]]`: read into a small tree, which answers yes or no. Pure.

either  = both { "or" both }
both    = denied { "and" denied }
denied  = "not" denied | "(" either ")" | test
test    = "tried" words | name [ "is" ["not"] ("known" | "missing" | one {"," one})
                               | "has" ["not"] one {"," one} | ("above" | "below") number ]
one     = a word, a number, or words in quotation marks

A name alone asks whether it has a value that is not "no".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

DEEPEST = 20
"""Brackets and "not" within each other."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<words>"[^"\n]*"|“[^”\n]*”|'[^'\n]*'|‘[^’\n]*’)|(?P<mark>[(),<>=])"""
    r"""|(?P<word>[^\s(),<>="“”'‘’]+)|(?P<bad>\S))"""
)
_SHORT = {
    "plan": "customer.plan",
    "audience": "customer.audience",
    "organisation": "customer.organisation",
    "language": "ticket.language",
    "channel": "ticket.channel",
    "priority": "ticket.priority",
    "status": "ticket.status",
    "side": "ticket.side",
    "tags": "ticket.tags",
    "team": "ticket.team",
}
"""Short names for what conditions ask most."""
_CLOSED = frozenset({"and", "or", "not", "is", "has", "above", "below", "tried", "known", "missing"})


class Broken(Exception):
    """The expression cannot be read; the words say why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list: asked by its key or its words, shown by its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address with the words that show it; the address itself where there are none."""

    url: str
    words: str = ""


Value = str | int | float | bool | Decimal | Choice | Link | Sequence["str | Choice | Link"] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an expression may ask: values by name, what the customer tried already, which facts there are."""

    values: Mapping[str, Value]
    tried: Sequence[str] = ()
    facts: frozenset[str] = frozenset()


class Test:
    """A part of an expression."""

    def holds(self, asked: Asked) -> bool:
        raise NotImplementedError

    def names(self) -> Iterator[str]:
        """The names it asks for."""
        return iter(())

    def proves(self) -> Iterator[str]:
        """The names that surely have a value where it holds."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Either(Test):
    parts: tuple[Test, ...]

    def holds(self, asked: Asked) -> bool:
        return any(part.holds(asked) for part in self.parts)

    def names(self) -> Iterator[str]:
        return (name for part in self.parts for name in part.names())


@dataclass(frozen=True, slots=True)
class Both(Test):
    parts: tuple[Test, ...]

    def holds(self, asked: Asked) -> bool:
        return all(part.holds(asked) for part in self.parts)

    def names(self) -> Iterator[str]:
        return (name for part in self.parts for name in part.names())

    def proves(self) -> Iterator[str]:
        return (name for part in self.parts for name in part.proves())


@dataclass(frozen=True, slots=True)
class Denied(Test):
    part: Test

    def holds(self, asked: Asked) -> bool:
        return not self.part.holds(asked)

    def names(self) -> Iterator[str]:
        return self.part.names()


@dataclass(frozen=True, slots=True)
class Tried(Test):
    phrase: str

    def holds(self, asked: Asked) -> bool:
        return was_tried(self.phrase, asked.tried)


@dataclass(frozen=True, slots=True)
class Known(Test):
    """Whether a variable or fact has a value; bare: a value that is not "no"."""

    name: str
    is_bare: bool = False

    def holds(self, asked: Asked) -> bool:
        value = asked.values.get(self.name)
        if self.is_bare and (value is False or (isinstance(value, Choice) and value.key == "no")):
            return False
        return self.name in asked.facts or value not in (None, "", (), [])

    def names(self) -> Iterator[str]:
        yield self.name

    def proves(self) -> Iterator[str]:
        yield self.name


@dataclass(frozen=True, slots=True)
class Is(Test):
    """One of these, whatever its letter case; of a list, any of them. is_part: as a part of the words."""

    name: str
    wanted: tuple[str, ...]
    is_part: bool = False

    def holds(self, asked: Asked) -> bool:
        said = list(_said(asked.values.get(self.name)))
        if self.is_part and not isinstance(asked.values.get(self.name), list | tuple):
            return any(word.casefold() in one for word in self.wanted for one in said)
        return any(word.casefold() in said for word in self.wanted)

    def names(self) -> Iterator[str]:
        yield self.name

    def proves(self) -> Iterator[str]:
        yield self.name


@dataclass(frozen=True, slots=True)
class Beyond(Test):
    name: str
    number: Decimal
    is_above: bool

    def holds(self, asked: Asked) -> bool:
        value = asked.values.get(self.name)
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            return False
        if number is None or number.is_nan():
            return False
        return number > self.number if self.is_above else number < self.number

    def names(self) -> Iterator[str]:
        yield self.name

    def proves(self) -> Iterator[str]:
        yield self.name


def read(text: str) -> Test:
    """The expression of a text. Raises Broken."""
    reader = _Reader(text)
    if reader.at_end:
        raise Broken(_("it asks nothing: write what it depends on, like: plan is premium"))
    test = reader.either()
    if not reader.at_end:
        raise Broken(_("“{words}” is not understood here").format(words=reader.peek()))
    return test


def was_tried(phrase: str, steps: Sequence[str]) -> bool:
    """Whether one of the steps says the phrase: all of its words, in whatever form, in one step."""
    wanted = _stems(phrase)
    return bool(wanted) and any(wanted <= _stems(step) for step in steps)


def _stems(words: str) -> frozenset[str]:
    """The words by their first five letters, without the smallest: "clearing the caches" is "clear cache"."""
    found = re.findall(r"\w+", words.casefold())
    return frozenset(word[:5] for word in found if word not in _SMALL)


_SMALL = frozenset(
    {"a", "an", "the", "my", "your", "to", "of", "in", "on", "and", "or", "i", "you", "it"}
    | {"ang", "ng", "sa", "mga", "na", "ko", "mo", "yung", "iyong", "aking", "at", "po"}
)


def _said(value: Value) -> Iterator[str]:
    if isinstance(value, bool):
        yield from ("yes", "true") if value else ("no", "false")
    elif isinstance(value, Choice):
        yield from (value.key.casefold(), value.words.casefold())
    elif isinstance(value, Link):
        yield value.url.casefold()
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _said(one)
    elif value is not None:
        yield str(value).casefold()


class _Reader:
    """Reads from the left; each rule of the grammar is one method."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.place = 0
        self.depth = 0

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.tokens)

    def peek(self) -> str:
        return self.tokens[self.place][1] if not self.at_end else ""

    def takes(self, *words: str) -> bool:
        """Whether the next word is one of these; then it is passed over."""
        if self.at_end or self.tokens[self.place][0] == "words":
            return False
        if self.tokens[self.place][1].casefold() in words:
            self.place += 1
            return True
        return False

    def either(self) -> Test:
        parts = [self.both()]
        while self.takes("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Test:
        parts = [self.denied()]
        while self.takes("and"):
            parts.append(self.denied())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def denied(self) -> Test:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Broken(_("it is nested too deeply"))
        try:
            if self.takes("not"):
                return Denied(self.denied())
            if self.takes("("):
                inner = self.either()
                if not self.takes(")"):
                    raise Broken(_("a closing bracket is missing"))
                return inner
            return self.test()
        finally:
            self.depth -= 1

    def test(self) -> Test:
        if self.takes("tried"):
            return Tried(self.one())
        name = self.name()
        if self.takes("is", "="):
            return self.is_test(name)
        if self.takes("has"):
            is_denied = self.takes("not")
            found = Is(name, self.several(), is_part=True)
            return Denied(found) if is_denied else found
        if self.takes("above", ">"):
            return Beyond(name, self.number(), is_above=True)
        if self.takes("below", "<"):
            return Beyond(name, self.number(), is_above=False)
        return Known(name, is_bare=True)

    def is_test(self, name: str) -> Test:
        is_denied = self.takes("not")
        if self.takes("known"):
            found: Test = Known(name)
        elif self.takes("missing"):
            found, is_denied = Known(name), not is_denied
        else:
            found = Is(name, self.several())
        return Denied(found) if is_denied else found

    def name(self) -> str:
        kind, word = self._next(_("the name of a variable"))
        if kind != "word" or not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_-]+){0,5}", word.casefold()):
            raise Broken(_("“{words}” is no name of a variable").format(words=word))
        if word.casefold() in _CLOSED:
            raise Broken(_("“{words}” is not understood here").format(words=word))
        return _SHORT.get(word.casefold(), word.casefold())

    def several(self) -> tuple[str, ...]:
        found = [self.one()]
        while self.takes(","):
            found.append(self.one())
        return tuple(found)

    def one(self) -> str:
        kind, word = self._next(_("what it is compared with"))
        if kind == "mark" or (kind == "word" and word.casefold() in _CLOSED):
            raise Broken(
                _("“{words}” is not understood here; put words in quotation marks").format(words=word)
            )
        return word

    def number(self) -> Decimal:
        _kind, word = self._next(_("a number"))
        try:
            number = Decimal(word)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise Broken(_("“{words}” is no number").format(words=word))
        return number

    def _next(self, wanted: str) -> tuple[str, str]:
        if self.at_end:
            raise Broken(_("it ends where {wanted} is expected").format(wanted=wanted))
        self.place += 1
        return self.tokens[self.place - 1]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(text.strip()):
        kind = match.lastgroup or ""
        if kind == "bad":
            raise Broken(
                _("a quotation mark at “{words}” is not closed").format(
                    words=text[match.start() :].strip()[:40]
                )
            )
        yield kind, match[kind][1:-1].strip() if kind == "words" else match[kind]
