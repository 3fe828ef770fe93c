"""Pure: what somebody typed, as search understands it."""

from __future__ import annotations

from dataclasses import dataclass

from .phrases import MOST_LETTERS, MOST_WORDS, ROOT_MARK, normal, roots, within


@dataclass(frozen=True, slots=True)
class Asked:
    """text: cleaned, as typed. words: as compared. is_open: the last word may still be being typed."""

    text: str
    words: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def normal(self) -> str:
        return " ".join(self.words)

    def runs(self) -> list[str]:
        """Every run of words that may be a known phrase."""
        return within(list(self.words))

    def roots(self) -> list[str]:
        """The roots of its words as Filipino ones, marked as the index marks them."""
        return [ROOT_MARK + root for root in dict.fromkeys(roots(self.normal).split())]


def understand(typed: str, *, is_open: bool = False) -> Asked:
    """Never fails. Only the first MOST_LETTERS and MOST_WORDS count.

    is_open: results while typing; a blank at the end says that the last word is whole.
    """
    text = " ".join(typed[:MOST_LETTERS].replace("\0", " ").encode("utf-8", "replace").decode().split())
    words = tuple(normal(text).split()[:MOST_WORDS])
    return Asked(text, words, is_open and bool(words) and not typed[-1:].isspace())
