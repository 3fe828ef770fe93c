"""Who reacts to which fact. `project/wiring.py` fills this at start; nobody else registers.

Two kinds. A *consequence* runs in the same transaction, in its own savepoint: pure database work. An *effect* talks to
the world, so it becomes one job, enqueued in the transaction and run after commit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

Consequence = Callable[[Any, Any], None]
"""Called with (fact, event)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A job to enqueue: `defer(fact, event)` puts it into the queue within the transaction."""

    name: str
    defer: Callable[[Any, Any], None]


_consequences: dict[type[Any], list[tuple[str, Consequence]]] = {}
_effects: dict[type[Any], list[Effect]] = {}


def when(*facts: type[Any], then: Consequence, name: str = "") -> None:
    """React to these facts in the same transaction, in the order of registration. A repeat does nothing."""
    label = name or f"{then.__module__}.{then.__qualname__}"
    for fact in facts:
        entries = _consequences.setdefault(fact, [])
        if all(label != existing for existing, _ in entries):
            entries.append((label, then))


def after(*facts: type[Any], enqueue: Callable[[Any, Any], None], name: str = "") -> None:
    """Enqueue one job for these facts, delivered only if the transaction commits. A repeat does nothing."""
    label = name or f"{enqueue.__module__}.{enqueue.__qualname__}"
    for fact in facts:
        entries = _effects.setdefault(fact, [])
        if all(label != existing.name for existing in entries):
            entries.append(Effect(label, enqueue))


_muted: ContextVar[tuple[str, ...]] = ContextVar("muted", default=())
_silenced: ContextVar[tuple[str, ...]] = ContextVar("silenced", default=())


@contextmanager
def without(*prefixes: str) -> Iterator[None]:
    """Within, no job is enqueued and reactions whose names begin so stay quiet, in this thread only. For who replays
    many facts at once and does afterwards, for all of them together, what was left out.
    """
    before = _muted.set(prefixes)
    try:
        yield
    finally:
        _muted.reset(before)


def consequences_of(fact: type[Any]) -> list[tuple[str, Consequence]]:
    entries, muted = _consequences.get(fact, []), _muted.get() + _silenced.get()
    return [entry for entry in entries if not entry[0].startswith(muted)] if muted else entries


@contextmanager
def silenced(*prefixes: str) -> Iterator[None]:
    """Within, reactions whose names begin so stay quiet, in this thread only; jobs are enqueued as ever."""
    before = _silenced.set(prefixes)
    try:
        yield
    finally:
        _silenced.reset(before)


def effects_of(fact: type[Any]) -> list[Effect]:
    return [] if _muted.get() else _effects.get(fact, [])


def table() -> dict[str, list[str]]:
    """Fact name → names of its reactions in order, for the documentation page and the tests."""
    names: dict[str, list[str]] = {}
    for cls, entries in _consequences.items():
        names.setdefault(cls.__name__, []).extend(label for label, _ in entries)
    for cls, effects in _effects.items():
        names.setdefault(cls.__name__, []).extend(effect.name for effect in effects)
    return names
