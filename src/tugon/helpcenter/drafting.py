"""From how a ticket was solved to the beginning of an article, without what is the customer's own. Pure.

What is certain to be personal goes: addresses, numbers, the names that are given. A person still reads the draft
before anybody else does, and the words say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from . import markup
from .content import LONGEST_TITLE
from .models import Kind

_MAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.UNICODE)
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"]+[?&#][^\s<>\"]*", re.I)
_SECRET = re.compile(
    r"\bhttps?://[^\s<>\"]*/(?:[\w-]*-)?(?=[A-Za-z0-9_]*\d)[A-Za-z0-9_]{16,}[^\s<>\"]*", re.I
)
"""An address that lets in whoever knows it, as the one by which a customer follows a request."""
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-/]{0,2}\d){6,18}(?![\w])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b")
_IP = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")
_ORDER = re.compile(
    r"\b((?:order|booking|ticket|case|invoice|transaction|reference|ref|receipt|account)\b"
    r"(?:\s*(?:no|number|id|nr)\b\.?)?\s*[:#]?\s*)(#?(?=[\w-]*\d)[A-Za-z0-9][\w-]{3,30})",
    re.I,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|kumusta|magandang \w+|good (?:morning|afternoon|evening))\b[^\n.!?]{0,60}[,!.\n]\s*",
    re.I,
)
_TITLES = r"(?:(?:mr|mrs|ms|dr|sir|ma'?am|madam|g|gng|bb)\.?\s+)?"


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a problem was solved, in plain text. done: a line is a step."""

    title: str
    symptom: str = ""
    cause: str = ""
    done: str = ""
    prevention: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What `create_article` and `write_draft` take. removed: how many personal things were taken out."""

    title: str
    kind: str
    body: str
    exact_phrases: tuple[str, ...] = ()
    removed: int = 0


def from_resolution(
    resolution: Resolution, *, names: Iterable[str] = (), keep_order_numbers: bool = False
) -> Beginning:
    """The beginning of an article. names: of the customer and whoever else wrote, user names too: they are taken out.

    keep_order_numbers: where what looks like one is a name of a product.
    """
    cleaner = _Cleaner(names, keep_order_numbers)
    steps = [cleaner.clean(line) for line in _lines(_GREETING.sub("", resolution.done))]
    parts = [
        *_part("", cleaner.clean(_GREETING.sub("", resolution.symptom))),
        *_part(_("Why it happens"), cleaner.clean(resolution.cause)),
        *_steps(_("What to do"), [step for step in steps if step]),
        *_part(_("So that it does not happen again"), cleaner.clean(resolution.prevention)),
    ]
    error = cleaner.clean(resolution.error)
    title = " ".join(cleaner.clean(resolution.title).split())[:LONGEST_TITLE]
    kind = Kind.GUIDE if len(steps) > 1 else Kind.ARTICLE
    return Beginning(
        title, kind, markup.clean("".join(parts)), (error,) if error else (), removed=cleaner.removed
    )


def without_personal(text: str, *, names: Iterable[str] = (), keep_order_numbers: bool = False) -> str:
    """`text` without mail addresses, phone, card and account numbers, order numbers, IP addresses and these names."""
    return _Cleaner(names, keep_order_numbers).clean(text)


class _Cleaner:
    def __init__(self, names: Iterable[str], keep_order_numbers: bool) -> None:
        self.removed = 0
        self.keep_order_numbers = keep_order_numbers
        self.names = _names(names)

    def clean(self, text: str) -> str:
        text = self._replace(_MAIL, _("[e-mail address]"), text)
        text = self._replace(_ADDRESS, _("[link]"), text)
        text = self._replace(_SECRET, _("[link]"), text)
        text = self._replace(_IBAN, _("[account number]"), text)
        text = _IP.sub(lambda found: self._gone(_("[network address]")), text)
        text = _DIGITS.sub(self._number, text)
        if not self.keep_order_numbers:
            text = _ORDER.sub(lambda found: found[1] + self._gone(_("[number]")), text)
        if self.names is not None:
            text = self._replace(self.names, _("[name]"), text)
        return re.sub(r"[ \t]{2,}", " ", text).strip()

    def _replace(self, pattern: re.Pattern[str], words: str, text: str) -> str:
        return pattern.sub(lambda found: self._gone(words), text)

    def _number(self, found: re.Match[str]) -> str:
        """A card or telephone number; a date stays."""
        if _DATE.fullmatch(found[0]):
            return found[0]
        digits = sum(letter.isdigit() for letter in found[0])
        return self._gone(_("[card number]") if digits >= 13 else _("[phone number]"))

    def _gone(self, words: str) -> str:
        self.removed += 1
        return words


def _names(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names, and each of their parts of three letters and more: "Ana Santos", "Santos", "Ana"."""
    parts: set[str] = set()
    for name in names:
        clean = " ".join(name.split())
        if len(clean) >= 2:
            parts |= {clean, *(part for part in clean.split() if len(part) >= 3)}
    if not parts:
        return None
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(
        rf"(?<!\w){_TITLES}@?(?:{'|'.join(map(re.escape, longest_first))})(?:['’]s)?(?!\w)", re.IGNORECASE
    )


def _lines(text: str) -> list[str]:
    """Steps: one a line, without the bullets and numbers typed in front."""
    lines = (re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s*", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _part(heading: str, text: str) -> list[str]:
    if not text:
        return []
    paragraphs = [f"<p>{escape(one).replace(chr(10), '<br>')}</p>" for one in re.split(r"\n\s*\n", text)]
    return [*([f"<h2>{escape(heading)}</h2>"] if heading else []), *paragraphs]


def _steps(heading: str, steps: list[str]) -> list[str]:
    if len(steps) < 2:
        return _part(heading, steps[0] if steps else "")
    items = "".join(f"<li>{escape(step)}</li>" for step in steps)
    return [f"<h2>{escape(heading)}</h2>", f"<ol>{items}</ol>"]
