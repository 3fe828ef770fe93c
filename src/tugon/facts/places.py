"""Where facts are used. Packages that hold texts register in `project/wiring.py`; this one knows none of them.

provide("article", finder)          finder(key) yields a Place for each text that names the fact
provide_texts("article", texts)     texts() yields (Place, language, text) of every published text
A kind that gives only its texts is searched for the key in them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .referencing import keys_in


@dataclass(frozen=True, slots=True)
class Place:
    """One text that people read. kind: "article". url: where who may change it goes, without host."""

    kind: str
    title: str
    url: str
    language: str = ""


Finder = Callable[[str], Iterable[Place]]
Texts = Callable[[], Iterable[tuple[Place, str, str]]]

_finders: dict[str, Finder] = {}
_texts: dict[str, Texts] = {}


def provide(kind: str, finder: Finder) -> None:
    """Register who finds the texts of a kind that name a fact. The last one counts."""
    _finders[kind] = finder


def provide_texts(kind: str, all_texts: Texts) -> None:
    """Register who yields the published texts of a kind. The last one counts."""
    _texts[kind] = all_texts


def uses_of(key: str) -> list[Place]:
    """Every text that names the fact, each once, in the order of kinds."""
    found = [place for finder in _finders.values() for place in finder(key)]
    for kind, texts in _texts.items():
        if kind not in _finders:
            found += [place for place, _language, text in texts() if key in keys_in(text)]
    return list(dict.fromkeys(found))


def published() -> Iterator[tuple[Place, str, str]]:
    """(place, language, text) of every published text that was registered."""
    for texts in _texts.values():
        yield from texts()


def withdraw(kind: str) -> None:
    """Forget a kind. For tests."""
    _finders.pop(kind, None)
    _texts.pop(kind, None)
