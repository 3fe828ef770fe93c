"""What the coach knows of the conversation that a draft belongs to, and what the company asks of drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from .reading import Reading


class Kind(StrEnum):
    """What is being written. Templates and articles are read without a customer in mind."""

    REPLY = "reply"
    TEMPLATE = "template"
    ARTICLE = "article"


class Mode(StrEnum):
    """Whether a check speaks, and whether its remark keeps a reply from being sent."""

    OFF = "off"
    ON = "on"
    REQUIRED = "required"


class Said(Protocol):
    """A statement that something else contradicts: `words` at [start, end); `current` is what holds."""

    @property
    def words(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def current(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Against:
    """A statement of the draft that a published text contradicts. source: its title."""

    words: str
    start: int
    end: int
    current: str
    source: str = ""


def _no_contradictions(_text: str, _language: str) -> list[Said]:
    return []


def _no_verdict(_address: str) -> str:
    return ""


@dataclass(frozen=True)
class Context:
    """customer_words: what the customer wrote since our last reply; earlier: what they wrote before.

    language: BCP 47, in which the customer is answered; empty where unknown. mood: −1 to 1, None where nobody read it.
    tried: steps they did, in words. contradictions, articles: statements of (text, language) that a fact, or a
    published article, contradicts. dead: why an address leads nowhere; empty where it may lead somewhere.
    jargon, stiff: language → term → plain words. forbidden: language → words that are never written.
    is_first: nobody answered before.
    next_at: a promised moment in the customer's words, for an insert. fills: names that are filled in at sending.
    """

    kind: Kind = Kind.REPLY
    customer_name: str = ""
    agent_name: str = ""
    language: str = ""
    customer_words: str = ""
    earlier: str = ""
    mood: float | None = None
    tried: tuple[str, ...] = ()
    stays_open: bool = True
    is_first: bool = True
    next_at: str = ""
    contradictions: Callable[[str, str], list[Said]] = _no_contradictions
    articles: Callable[[str, str], list[Against]] = _no_contradictions  # type: ignore[assignment]
    dead: Callable[[str], str] = _no_verdict
    needs_sources: bool = False
    fills: frozenset[str] = frozenset()
    jargon: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stiff: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forbidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    longest_sentence: int = 30
    modes: Mapping[str, Mode] = field(default_factory=dict)

    @cached_property
    def asked(self) -> Reading:
        """What the customer said, read once."""
        return Reading(self.customer_words)

    @cached_property
    def speech(self) -> str:
        """The language in which inserts are written: en or fil."""
        language = self.language or self.asked.language.language or "en"
        return "fil" if language.split("-")[0] in ("fil", "tl") else "en"

    def mode(self, check: str) -> Mode:
        return self.modes.get(check, Mode.ON)
