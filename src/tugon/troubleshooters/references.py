"""What an end may lead to and this package does not know: articles and forms. `project/wiring.py` says who knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Something an end can lead to. key: an article's id or a form's slug, as text."""

    key: str
    title: str
    url: str = ""


Finder = Callable[[str], Iterable[Target]]
"""(language) → all there is to choose from, in the order it is offered."""

Readable = Callable[[int, str, object], Target | None]
"""(article, language, reader) → where it is read, or None where this reader may not."""

_offered: dict[str, Finder] = {}
_readable: list[Readable] = []


def provide(kind: str, finder: Finder) -> None:
    """Say who knows the articles ("article") or the forms ("form"). A repeat replaces."""
    _offered[kind] = finder


def provide_readable(readable: Readable) -> None:
    """Say who knows where an article is read. A repeat replaces."""
    _readable[:] = [readable]


def offered(kind: str, language: str) -> list[Target] | None:
    """Everything of a kind; None where nobody knows, so that nothing is refused for it."""
    finder = _offered.get(kind)
    return list(finder(language)) if finder else None


def article(pk: int, language: str, reader: object) -> Target | None:
    """The article a walk ends with, if this reader may read it."""
    return _readable[0](pk, language, reader) if _readable else None
