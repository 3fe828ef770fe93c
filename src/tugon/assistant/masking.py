"""Words that point at a person are hidden before a text leaves the house, and put back into what returns. Pure.

    masks = Masks(people=["Ana Santos"], known=["ana@mail.example"])
    masks.hide("Ana Santos, ana@mail.example, 0917 555 0101")   # ⟦person 1⟧, ⟦e-mail 1⟧, ⟦phone 1⟧
    masks.show("Dear ⟦person 1⟧")                              # Dear Ana Santos

The same words get the same mark, whatever text they stand in. `show(hide(text)) == text` for every text. What is
hidden: e-mail addresses, web addresses, phone and other long numbers, cards, bank accounts, machine addresses, keys
and passwords, postal addresses, and the names and contact points that are given. Masking is a net with meshes: a name
that nobody gave and no pattern knows goes through, which is why an agent sees the text before it leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

OPEN, CLOSE = "⟦", "⟧"
LEAST_NAME = 2
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "dela",
        "la",
        "las",
        "los",
        "da",
        "di",
        "van",
        "von",
        "der",
        "den",
        "san",
        "santa",
        "jr",
        "sr",
        "mr",
        "mrs",
        "ms",
        "dr",
        "and",
        "of",
    ]
)
"""Parts of names that are ordinary words; hidden within a whole name only."""
_MARK = re.compile(rf"{OPEN}\s*([a-z][a-z-]*)\s+(\d{{1,5}})\s*([a-z]{{0,3}})\s*{CLOSE}", re.I)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_LETTER = r"[^\W\d_]"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sign", re.compile(f"[{OPEN}{CLOSE}]")),
    ("link", re.compile(r"\b(?:https?|ftp)://[^\s<>\"'⟦⟧]{1,2000}|\bwww\.[^\s<>\"'⟦⟧]{3,500}", re.I)),
    ("e-mail", re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    (
        "secret",
        re.compile(
            r"(?i:\b(?:password|passwd|passcode|pin|otp|one[- ]time code|code|token|secret|api key|key)\b)"
            r"(?i:\s*(?:is|are|was|ay|ko ay|po ay|:|=)){1,2}\s*(?P<value>[^\s,;]{4,200})"
        ),
    ),
    (
        "secret",
        re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*|\b(?:sk|pk|rk|ghp|gho|xox[abp]|AKIA)[-_]?[\w-]{12,}"),
    ),
    ("account", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
    ("machine", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b", re.I)),
    (
        "address",
        re.compile(
            rf"\b(?:(?:blk|block|lot|unit|rm|room|no)\.?\s*\d+[\w-]*,?\s+){{0,3}}\d+[\w/-]*\s+(?:{_LETTER}[\w.'-]*\s+){{1,4}}"
            r"(?:st|street|ave|avenue|rd|road|blvd|boulevard|drive|lane|ln|highway|hwy|village|subd|subdivision|kalye)\b\.?"
            rf"(?:,\s*(?:(?:brgy|barangay)\.?\s*)?{_LETTER}[\w.' -]{{1,40}}){{0,4}}(?:,?\s*\d{{4,5}}\b)?",
            re.I,
        ),
    ),
    ("address", re.compile(rf"\b(?:brgy|barangay)\.?\s+{_LETTER}[\w' -]{{1,40}}", re.I)),
    ("number", re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-/]{0,2}\d){6,30}(?!\w)")),
    ("secret", re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,200}(?![\w-])")),
    ("code", re.compile(r"(?<![\w.,])\d{6}(?![\w]|[.,]\d)")),
)
"""In this order: what an earlier one hid, a later one does not see."""


@dataclass(frozen=True, slots=True)
class Mark:
    """kind: what was hidden. is_ours: it stands in words of the house or is known of the customer, not only in what a
    stranger wrote."""

    kind: str
    original: str
    is_ours: bool


class Masks:
    """The marks of one payload."""

    def __init__(self, *, people: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        """people: names of persons, user names too. known: their addresses and numbers, as they are kept."""
        self.marks: dict[str, Mark] = {}
        self._by_words: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._people = [
            " ".join(name.split()) for name in dict.fromkeys(people) if len(name.strip()) >= LEAST_NAME
        ]
        self._known = frozenset(_bare(one) for one in known if _bare(one))
        self._names = [
            (pattern, number) for number, name in enumerate(self._people, 1) for pattern in _patterns_of(name)
        ]
        self._forms: dict[int, int] = {}

    def hide(self, text: str, *, ours: bool = False) -> str:
        """The text with marks. ours: words of the house."""
        pieces: list[tuple[bool, str]] = [(False, text)]
        for kind, pattern in PATTERNS[:3]:
            pieces = self._hidden(pieces, pattern, kind, ours)
        for pattern, number in self._names:
            pieces = self._hidden(pieces, pattern, f"person {number}", ours)
        for kind, pattern in PATTERNS[3:]:
            pieces = self._hidden(pieces, pattern, kind, ours)
        return "".join(words for _is_mark, words in pieces)

    def show(self, text: str) -> str:
        """The text with the originals back. Marks that nobody gave stay as they are."""
        return _MARK.sub(lambda found: self._original(found), text)

    def mark_of(self, found: re.Match[str]) -> Mark | None:
        return self.marks.get(_named(found[1], found[2], found[3]))

    def _original(self, found: re.Match[str]) -> str:
        mark = self.mark_of(found)
        return mark.original if mark else found[0]

    def _hidden(
        self, pieces: list[tuple[bool, str]], pattern: re.Pattern[str], kind: str, ours: bool
    ) -> list[tuple[bool, str]]:
        made: list[tuple[bool, str]] = []
        for is_mark, words in pieces:
            if is_mark:
                made.append((is_mark, words))
                continue
            at = 0
            for found in pattern.finditer(words):
                group = "value" if "value" in pattern.groupindex else 0
                start, end = found.span(group)
                original = found[group]
                real = _really(kind, original)
                if not real:
                    continue
                made += [(False, words[at:start]), (True, self._mark(real, original, ours))]
                at = end
            made.append((False, words[at:]))
        return [piece for piece in made if piece[1]]

    def _mark(self, kind: str, original: str, ours: bool) -> str:
        ours = ours or kind.startswith("person") or _bare(original) in self._known
        name = self._by_words.get((kind, original))
        if name is None:
            name = self._new_name(kind)
            self._by_words[kind, original] = name
            self.marks[name] = Mark(kind.split()[0], original, ours)
        elif ours and not self.marks[name].is_ours:
            self.marks[name] = Mark(kind.split()[0], original, True)
        return name

    def _new_name(self, kind: str) -> str:
        """⟦phone 2⟧; forms of one person's name share its number: ⟦person 1⟧, ⟦person 1b⟧."""
        word, _space, number = kind.partition(" ")
        if number:
            form = self._forms.get(int(number), 0)
            self._forms[int(number)] = form + 1
            return _named(word, number, _letters(form))
        self._counts[word] = self._counts.get(word, 0) + 1
        return _named(word, str(self._counts[word]), "")


def marks_in(text: str) -> Iterable[re.Match[str]]:
    """Every mark in a text, in order."""
    return _MARK.finditer(text)


def replaced(text: str, by: object) -> str:
    """The text with every mark given to `by(match) -> str`."""
    return _MARK.sub(by, text)  # type: ignore[arg-type,call-overload,no-any-return]


def luhn(digits: str) -> bool:
    """Whether the digits end with the check digit of ISO/IEC 7812."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _really(kind: str, original: str) -> str:
    """The kind that a find turns out to be; "" where it is nothing to hide."""
    if kind != "number":
        return kind
    if _DATE.fullmatch(original.strip()):
        return ""
    digits = "".join(sign for sign in original if sign.isdecimal())
    if 13 <= len(digits) <= 19 and luhn(digits):
        return "card"
    return "phone" if 7 <= len(digits) <= 15 else "number"


def _patterns_of(name: str) -> list[re.Pattern[str]]:
    """The whole name first, then each part that is no particle; composed and decomposed letters alike."""
    parts = [part.strip(".,") for part in name.split()]
    parts = [part for part in parts if len(part) >= LEAST_NAME and part.casefold() not in _PARTICLES]
    wanted = dict.fromkeys([name, *(parts if len(name.split()) > 1 else [])])
    return [_pattern(form) for form in wanted]


def _pattern(name: str) -> re.Pattern[str]:
    forms = dict.fromkeys(unicodedata.normalize(way, name) for way in ("NFC", "NFD"))
    spelt = "|".join(r"\s+".join(re.escape(part) for part in form.split()) for form in forms)
    # Two letters are a name only with a capital: "Jo", not "jo" within a Filipino sentence.
    flags = re.I if len(name) > 2 else 0
    return re.compile(rf"(?<!\w)(?:{spelt})(?!\w)", flags)


def _named(kind: str, number: str, form: str) -> str:
    return f"{OPEN}{kind.lower()} {int(number)}{form.lower()}{CLOSE}"


def _letters(form: int) -> str:
    """ "" for the first, then b … z, ba …"""
    letters = ""
    while form:
        form, rest = divmod(form, 26)
        letters = chr(97 + rest) + letters
    return letters


def _bare(value: str) -> str:
    """An address or number as it compares: digits alone for numbers."""
    digits = "".join(sign for sign in value if sign.isdecimal())
    has_letters = any(sign.isalpha() for sign in value)
    return value.strip().casefold() if has_letters else digits.lstrip("0")[-10:]
