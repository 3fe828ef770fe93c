"""What a text says in plain words about amounts: “within **30** days”, “tatlumpung araw”, “₱1,000”, “5 to 10 days”.

Pure. Formatting (tags, Markdown, hard spaces) is forgiven and positions are those of the text as it was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from . import numerals
from .units import BYTES, SECONDS

_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|br|tr|td|th|table|blockquote|section|article|figure|dd|dt)\b[^<>]*>", re.I
)
_HIDDEN = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|&(?:nbsp|ensp|emsp|#160);|[*_`~|\u200b]|https?://\S+", re.I)
_DASH = r"\s*(?:-|–|—|\bto\b|\bor\b|\band\b|\bhanggang\b|\bo\b|\bat\b)\s*"
_UNIT_WORDS = {
    "business_day": r"(?:business|working|banking|work|week)[\s-]?days?"
    r"|araw\s+(?:ng\s+(?:trabaho|pasok)|na\s+may\s+pasok)",
    "minute": r"min(?:ute)?s?\b|minuto",
    "hour": r"hours?|hrs?\b|oras",
    "day": r"(?:calendar\s+)?days?|dias?|araw",
    "week": r"weeks?|linggo",
    "month": r"months?|buwan",
    "year": r"years?|taon",
    "second": r"sec(?:ond)?s?\b|segundo",
    "KB": r"kb\b|kilobytes?",
    "MB": r"mb\b|megabytes?|megs?\b",
    "GB": r"gb\b|gigabytes?|gigs?\b",
    "TB": r"tb\b|terabytes?",
    "Mbps": r"mbps\b|megabits?\s+per\s+second",
    "px": r"px\b|pixels?",
    "file": r"files?\b|videos?\b",
    "device": r"devices?\b|screens?\b",
    "person": r"people\b|persons?\b|seats?\b|users?\b|tao\b",
    "time": r"times\b|beses\b",
    "item": r"items?\b",
    "%": r"%|per\s?cent\b|porsiyento|porsyento|bahagdan",
    "PHP": r"pesos?\b|piso\b|php\b",
    "USD": r"(?:us\s+)?dollars?\b|dolyar\b|usd\b",
    "EUR": r"euros?\b|eur\b",
}
_SIGNS = {
    "₱": "PHP",
    "php": "PHP",
    "p": "PHP",
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
}
BOUND = re.compile(
    r"\b(?:within|up\s+to|at\s+most|at\s+least|no\s+(?:more|less|later)\s+than|maximum|minimum|max|from|as\s+(?:long|much|many)"
    r"\s+as|loob\s+ng|hanggang|hindi\s+(?:hihigit|bababa|lalampas)\s+sa|mula|pinakamatagal|by)\W*(?:\w+\W+){0,2}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount that a text states: from `low` to `high` of `unit`, at [start, end) of the text.

    measure: what it can be compared with: "time", "business_day", "bytes", a currency, "%", or the unit itself. low and
    high are in the measure's smallest unit (seconds, kB). is_bound: said as a limit, as in “up to 10”.
    """

    measure: str
    low: Decimal
    high: Decimal
    start: int
    end: int
    is_bound: bool = False


def masked(text: str) -> str:
    """The text with everything that is not words blanked; as long as the text. Ends of blocks are ends of lines."""
    text = _BLOCK.sub(lambda match: "\n" + " " * (len(match[0]) - 1), text)
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text).replace("\u00a0", " ").replace("\u202f", " ")


def statements(plain: str) -> Iterator[Statement]:
    """Every amount with a unit in a masked text, in order."""
    for match in _amount().finditer(plain):
        unit = _unit_of(match)
        low = _number(match["low"])
        high = _number(match["high"]) if match["high"] else low
        if unit is None or low is None or high is None:
            continue
        measure, scale = measured(unit)
        is_bound = bool(BOUND.search(plain[max(0, match.start() - 60) : match.start()]))
        yield Statement(measure, low * scale, max(low, high) * scale, match.start(), match.end(), is_bound)


def measured(unit: str) -> tuple[str, int]:
    """(what the unit is compared by, how many of the smallest it is)."""
    if unit in SECONDS:
        return "time", SECONDS[unit]
    if unit in BYTES:
        return "bytes", BYTES[unit]
    return unit, 1


@cache
def _amount() -> re.Pattern[str]:
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    number = rf"(?:{digits}|\b{numerals.pattern()}\b)"
    aside = rf"(?:\s*\(\s*{number}\s*\))?"
    signs = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
    units = "|".join(f"(?P<u{place}>{words})" for place, words in enumerate(_UNIT_WORDS.values()))
    return re.compile(
        rf"(?<![\w.,])(?:(?P<sign>{signs})\s?)?(?P<low>{number}){aside}"
        rf"(?:(?:{_DASH})(?:(?:{signs})\s?)?(?P<high>{number}){aside})?"
        rf"(?:\s*-?\s*(?:na\s+|ng\s+|full\s+)?(?:{units}))?(?!\w)",
        re.IGNORECASE,
    )


def _unit_of(match: re.Match[str]) -> str | None:
    for place, unit in enumerate(_UNIT_WORDS):
        if match[f"u{place}"]:
            return unit
    return _SIGNS[match["sign"].lower()] if match["sign"] else None


def _number(words: str) -> Decimal | None:
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    number = numerals.value_of(words)
    return None if number is None else Decimal(number)
