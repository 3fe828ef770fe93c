"""Words in messages: whole words and phrases, patterns in linear time, and whether somebody only says thanks. Pure.

A word of a list is compared without letter case and accents. `*` at its beginning or end stands for more letters:
`refund*` finds "refunded", `*bayad` finds "nagbayad". A phrase is words in a row: `log in`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import re2
from django.utils.translation import gettext as _

from tugon.tickets.conditions import Leaf
from tugon.tickets.conditions.fields import Operator

MOST_LETTERS = 20_000
"""Of a message, how much is looked at."""

MOST_PATTERN = 200
MOST_MEMORY = 1 << 20  # bytes, of one compiled pattern

_THANKS_EN = """thanks thank thx ty tysm you so much very great perfect awesome it works working now solved fixed all
good ok
okay cheers appreciate your the for help a lot got noted received have nice day done resolved team"""
_THANKS_FIL = """salamat po maraming marami ulit sa tulong ninyo nyo mo ayos na yan naayos gumana gumagana okey sige
opo oo
naman lang iyan niyo ingat kayo"""
THANKS = frozenset([*_THANKS_EN.split(), *_THANKS_FIL.split()])
"""Words of which a message that only thanks is made."""

GRATITUDE = frozenset(["thanks", "thank", "thx", "ty", "tysm", "salamat", "appreciate", "cheers"])
MOST_THANKS = 14
"""Words; who writes more than this has more to say."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True)
class Words:
    """A text that conditions ask for words (`matching.Answering`)."""

    text: str

    def answers(self, leaf: Leaf) -> bool:
        match leaf.operator:
            case Operator.ANY_OF:
                return self.has(leaf.value)
            case Operator.NONE_OF:
                return not self.has(leaf.value)
            case Operator.CONTAINS:
                return str(leaf.value).casefold() in self.text.casefold()
            case Operator.LACKS:
                return str(leaf.value).casefold() not in self.text.casefold()
            case Operator.MATCHES:
                return pattern(str(leaf.value)).search(self.text[:MOST_LETTERS]) is not None
            case _:
                return False

    def has(self, wanted: Iterable[str]) -> bool:
        """Whether any of the words and phrases stands in the text."""
        return any(self._finds(one) for one in _prepared(tuple(wanted)))

    def found(self, wanted: Iterable[str]) -> list[str]:
        """Those of the words and phrases that stand in the text."""
        return [one.written for one in _prepared(tuple(wanted)) if self._finds(one)]

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(self._line.split())

    @cached_property
    def count(self) -> int:
        return len(self._line.split())

    @cached_property
    def _line(self) -> str:
        """The words with single spaces between and around."""
        return f" {' '.join(_WORD.findall(plain(self.text[:MOST_LETTERS])))} "

    def _finds(self, one: _Wanted) -> bool:
        if one.words:
            return one.words in self._line
        if one.exact:
            return one.exact in self.tokens
        if one.starts:
            return any(token.startswith(one.starts) for token in self.tokens)
        return any(token.endswith(one.ends) if not one.both else one.ends in token for token in self.tokens)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One entry of a list, ready to be looked for: exactly one of exact, starts, ends, words is filled."""

    written: str
    exact: str = ""
    starts: str = ""
    ends: str = ""
    both: bool = False
    words: str = ""


@lru_cache(maxsize=512)
def _prepared(wanted: tuple[str, ...]) -> tuple[_Wanted, ...]:
    return tuple(one for one in map(_entry, wanted) if one is not None)


def _entry(written: str) -> _Wanted | None:
    text = plain(written).strip()
    core = " ".join(_WORD.findall(text))
    if not core:
        return None
    head, tail = text.startswith("*"), text.endswith("*")
    if " " in core or "-" in core:
        return _Wanted(written, words=f"{'' if head else ' '}{core}{'' if tail else ' '}")
    if head:
        return _Wanted(written, ends=core, both=tail)
    return _Wanted(written, starts=core) if tail else _Wanted(written, exact=core)


def plain(text: str) -> str:
    """Lower case without accents: "Hindí Pô" → "hindi po"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def only_thanks(text: str) -> bool:
    """Whether a message says thanks and nothing else: no question, no new matter. Rather no than a wrong yes."""
    if "?" in text or len(text) > 400:
        return False
    words = _WORD.findall(plain(text))
    if not words or len(words) > MOST_THANKS or not GRATITUDE.intersection(words):
        return False
    # A name or two may stand beside the thanks: "Thanks Bea!"
    strange = [word for word in words if word not in THANKS]
    return len(strange) <= 2 and not {"but", "not", "still", "pero", "hindi", "di", "wala", "ayaw"} & set(
        words
    )


@lru_cache(maxsize=256)
def pattern(written: str) -> re2._Regexp:
    """A pattern in RE2's language, which takes time in proportion to the text whatever it says. Letter case is passed
    over. Raises ValueError in words.
    """
    if len(written) > MOST_PATTERN:
        raise ValueError(_("write a pattern of at most {number} letters").format(number=MOST_PATTERN))
    options = re2.Options()
    options.log_errors, options.case_sensitive, options.max_mem = False, False, MOST_MEMORY
    try:
        return re2.compile(written, options)
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        words = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        raise ValueError(
            _("“{pattern}” is no pattern: {reason}").format(pattern=written, reason=words)
        ) from error
