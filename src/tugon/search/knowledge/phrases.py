"""Pure: words as search compares them. Error codes and quoted messages, however they are written, become one form."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from tugon.lib.filipino import root_of

MOST_LETTERS = 400
"""Of what somebody asks. A pasted page is no better a question than its beginning."""
MOST_WORDS = 60
LONGEST_PHRASE = 12
"""Words."""

LEAST_OF_A_ROOT = 4
"""Letters of a word."""

_CODE = re.compile(r"\b([a-z]{1,6}) (\d{1,6})\b")
_WRITTEN_CODE = re.compile(r"\b(?:[A-Z]{1,6}[-_ ]?\d{2,6}|[A-Z][A-Z0-9]+(?:[_-][A-Z0-9]+)+)\b")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def fold(text: str) -> str:
    """Lower case, without accents: Árbol → arbol."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def normal(text: str) -> str:
    """Words apart by one blank, codes as one word: `Error E-204!`, `error e 204` → `error e204`."""
    words = " ".join(_NOT_WORD.sub(" ", fold(text)).split())
    return _CODE.sub(r"\1\2", words)


ROOT_MARK = "~"
"""Before a root, so that it is no word."""


def roots(text: str) -> str:
    """The roots of Filipino words, in their order; words too short to have any are left out."""
    return " ".join(root_of(word) for word in normal(text).split() if len(word) >= LEAST_OF_A_ROOT)


def codes_in(text: str) -> list[str]:
    """Error codes that a text mentions, as `normal` writes them: E-204, HTTP 403, MEDIA_ERR_DECODE."""
    found = dict.fromkeys(normal(match) for match in _WRITTEN_CODE.findall(text))
    return [code for code in found if any(letter.isdigit() for letter in code) or " " in code][:50]


def within(words: list[str]) -> list[str]:
    """Every run of up to LONGEST_PHRASE words, the longest first: what may be a known phrase."""
    longest = min(LONGEST_PHRASE, len(words))
    runs = (
        " ".join(words[at : at + size])
        for size in range(longest, 0, -1)
        for at in range(len(words) - size + 1)
    )
    return list(dict.fromkeys(runs))


def near_forms(word: str) -> list[str]:
    """The word, and it with any one letter left out. Two words that share one differ by one slip of the finger."""
    return list(dict.fromkeys([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]))


def slips(one: str, other: str) -> int:
    """How many slips turn one word into the other: a letter more, less, another, or two swapped (optimal string
    alignment distance)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j - 1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def is_slip(typed: str, word: str) -> bool:
    """Whether `word` may have been meant: one slip, two in a long word; never in numbers."""
    if any(letter.isdigit() for letter in typed) or len(typed) < 4:
        return False
    return 0 < slips(typed, word) <= (2 if len(typed) >= 8 else 1)


def words_of(texts: Iterable[str]) -> Iterator[str]:
    """Every different word worth correcting to, as typed by people: letters only, 4 to 24."""
    seen = set()
    for text in texts:
        for word in fold(text).replace("-", " ").split():
            word = word.strip(".,;:!?()[]\"'“”‘’…/")
            if 4 <= len(word) <= 24 and word.isalpha() and word not in seen:
                seen.add(word)
                yield word
