"""Typed values: read from what a person types, written back as one would type it, compared. Pure."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _

from tugon.lib import opening

from . import units
from .kinds import AMOUNTS, Kind

LONGEST = 500
_RANGE = re.compile(
    r"^(?P<low>[\d.,\s]+?)(?:\s*(?:-|–|—|to)\s*(?P<high>[\d.,\s]+?))?\s*(?P<unit>[^\d\s.,–—-].*)?$"
)
_UNIT_WORDS = {
    "min": "minute",
    "mins": "minute",
    "hr": "hour",
    "hrs": "hour",
    "working day": "business_day",
    "working days": "business_day",
    "people": "person",
}


class ValueRefused(ValueError):
    """The value cannot be used; the words say what to write instead."""


def read(kind: Kind, unit: str, typed: str, *, region: str = "") -> dict[str, Any]:
    """The typed value as JSON: {"amount", "to", "unit"}, {"date"}, {"hours", "zone"}, {"number"}, {"url"}, {"text"}.

    unit: the fact's own; an amount may carry another of the same kind (“2 weeks”); opening hours take their zone from
    it. region: ISO 3166 of phone numbers without country code. Raises ValueRefused.
    """
    words = typed.strip()
    if not words:
        raise ValueRefused(_("Write a value."))
    if len(words) > LONGEST:
        raise ValueRefused(_("Write at most {number} characters.").format(number=LONGEST))
    if kind in AMOUNTS:
        return _amount(kind, unit, words)
    if kind == Kind.DATE:
        return {"date": _date(words)}
    if kind == Kind.HOURS:
        return _hours(unit, words)
    if kind == Kind.PHONE:
        return {"number": phone(words, region)}
    if kind == Kind.LINK:
        return {"url": _link(words)}
    return {"text": words if kind == Kind.ADDRESS else " ".join(words.split())}


def written(kind: Kind, value: dict[str, Any]) -> str:
    """The value as one would type it; `read` makes the same of it."""
    if kind in AMOUNTS:
        amount = f"{value['amount']}–{value['to']}" if "to" in value else str(value["amount"])
        unit = str(value.get("unit", ""))
        return f"{amount} {unit.replace('_', ' ')}".strip() if kind == Kind.DURATION else amount
    name = {Kind.DATE: "date", Kind.HOURS: "hours", Kind.PHONE: "number", Kind.LINK: "url"}.get(kind, "text")
    return str(value.get(name, ""))


def phone(words: str, region: str = "") -> str:
    """E.164. Raises ValueRefused."""
    try:
        parsed = phonenumbers.parse(words, region or None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise ValueRefused(_("Write the number with its country code, like +63 2 8555 0142."))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def amounts(value: dict[str, Any]) -> tuple[Decimal, Decimal] | None:
    """From and to of an amount, the same where it is no range; None for values of other kinds."""
    if "amount" not in value:
        return None
    low = Decimal(value["amount"])
    return low, Decimal(value.get("to", low))


def _amount(kind: Kind, unit: str, words: str) -> dict[str, Any]:
    match = _RANGE.match(_bare(kind, unit, words))
    if match is None:
        raise ValueRefused(_("Write a number, or two with a dash between: 14, or 5–10."))
    low, high = _decimal(match["low"]), _decimal(match["high"]) if match["high"] else None
    if high is not None and high <= low:
        raise ValueRefused(_("The second number must be larger than the first."))
    if kind == Kind.PERCENT and max(low, high or low) > 1000:
        raise ValueRefused(_("A percentage of more than 1,000 is surely a mistake."))
    said = _unit(kind, match["unit"] or "", unit)
    value: dict[str, Any] = {"amount": _plain(low)}
    if high is not None:
        value["to"] = _plain(high)
    return value | ({"unit": said} if said else {})


def _bare(kind: Kind, unit: str, words: str) -> str:
    """Without signs that say what the kind says already."""
    if kind == Kind.PERCENT:
        return words.replace("%", " ").strip()
    if kind == Kind.MONEY:
        return re.sub(rf"[₱$€£¥]|\b{re.escape(unit)}\b", " ", words).strip()
    return words


def _unit(kind: Kind, said: str, own: str) -> str:
    if kind in (Kind.PERCENT, Kind.MONEY):
        if said:
            raise ValueRefused(_("“{words}” is not understood.").format(words=said.strip()))
        return own if kind == Kind.MONEY else ""
    if not said:
        return own
    word = " ".join(said.lower().split())
    known = units.DURATIONS if kind == Kind.DURATION else units.NUMBERS
    singular = word.removesuffix("s")
    for name in (
        _UNIT_WORDS.get(word, "") or units.named(word),
        word,
        singular,
        word.replace(" ", "_"),
        singular.replace(" ", "_"),
        word.upper(),
    ):
        if name and name in known:
            return name
    raise ValueRefused(_("“{words}” is no unit for this fact.").format(words=said.strip()))


def _decimal(words: str) -> Decimal:
    bare = re.sub(r"[,\s]", "", words)
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise ValueRefused(_("Write a number with a point before its decimals, like 1,250.50.")) from None
    if number > 10**15 or -number.as_tuple().exponent > 6:  # type: ignore[operator]
        raise ValueRefused(_("Write a number below a million billions, with at most six decimals."))
    return number


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _date(words: str) -> str:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise ValueRefused(_("Write the date as year-month-day, like 2026-12-01.")) from None


def _hours(zone: str, words: str) -> dict[str, Any]:
    try:
        week = opening.read(words)
    except opening.HoursRefused as refusal:
        raise ValueRefused(
            _("“{words}” is not understood. Write like: Mon–Fri 08:00–20:00; Sat 09:00–13:00").format(
                words=refusal
            )
        ) from None
    if zone and opening.zone_or_none(zone) is None:
        raise ValueRefused(_("“{words}” is no time zone. Write one like Asia/Manila.").format(words=zone))
    return {"hours": opening.write(week, language=""), **({"zone": zone} if zone else {})}


def _link(words: str) -> str:
    if not re.fullmatch(r"https?://[^\s/<>\"']+(/[^\s<>\"']*)?", words):
        raise ValueRefused(_("Write an address that begins with https://"))
    return words
