"""Units and their words by language. Languages without words of their own here take Babel's, English last.

Babel's Filipino says “2 mga linggo”; no writer does, so English and Filipino are ours.
"""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.units import UnknownUnitError, format_unit
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DURATIONS: dict[str, str | Promise] = {
    "minute": _("minutes"),
    "hour": _("hours"),
    "day": _("days"),
    "business_day": _("business days"),
    "week": _("weeks"),
    "month": _("months"),
    "year": _("years"),
}
NUMBERS: dict[str, str | Promise] = {
    "": _("no unit"),
    "KB": "KB",
    "MB": "MB",
    "GB": "GB",
    "TB": "TB",
    "Mbps": "Mbps",
    "px": _("pixels"),
    "second": _("seconds"),
    "file": _("files"),
    "device": _("devices"),
    "person": _("people"),
    "time": _("times"),
    "item": _("items"),
}
CURRENCIES = (
    "PHP",
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "SGD",
    "AUD",
    "CAD",
    "HKD",
    "AED",
    "SAR",
    "KRW",
    "IDR",
    "THB",
)

SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_592_000,
    "year": 31_536_000,
}
"""For comparing what different texts say; a month is 30 days. A business day is none of them."""
BYTES = {"KB": 1, "MB": 1_000, "GB": 1_000_000, "TB": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Words:
    """one: after 1. many: after anything else."""

    one: str
    many: str


_SAME = {"KB", "MB", "GB", "TB", "Mbps"}
_WORDS: dict[str, dict[str, Words]] = {
    "en": {
        "minute": Words("minute", "minutes"),
        "hour": Words("hour", "hours"),
        "day": Words("day", "days"),
        "business_day": Words("business day", "business days"),
        "week": Words("week", "weeks"),
        "month": Words("month", "months"),
        "year": Words("year", "years"),
        "px": Words("pixel", "pixels"),
        "second": Words("second", "seconds"),
        "file": Words("file", "files"),
        "device": Words("device", "devices"),
        "person": Words("person", "people"),
        "time": Words("time", "times"),
        "item": Words("item", "items"),
    },
    "fil": {
        "minute": Words("minuto", "minuto"),
        "hour": Words("oras", "oras"),
        "day": Words("araw", "araw"),
        "business_day": Words("araw ng trabaho", "araw ng trabaho"),
        "week": Words("linggo", "linggo"),
        "month": Words("buwan", "buwan"),
        "year": Words("taon", "taon"),
        "px": Words("pixel", "pixel"),
        "second": Words("segundo", "segundo"),
        "file": Words("file", "file"),
        "device": Words("device", "device"),
        "person": Words("tao", "tao"),
        "time": Words("beses", "beses"),
        "item": Words("item", "item"),
    },
}

_TIED = ("4", "6", "9")
"""After apat, anim and siyam Filipino ties the counted word with “na”: the second plural form of CLDR."""
_BY_WORDS = {
    form: unit
    for known in _WORDS.values()
    for unit, words in known.items()
    for form in (words.one, words.many)
}


def with_unit(shown: str, unit: str, *, is_one: bool, language: str) -> str:
    """The amount with its unit: “14 days”, “14 na araw”, “8 GB”. shown: the amount as the language writes it."""
    if not unit:
        return shown
    if unit in _SAME:
        return f"{shown} {unit}"
    words = _WORDS.get(language, {}).get(unit)
    if words is None and unit in SECONDS:
        known = _babel(unit, is_one=is_one, language=language)
        if known:
            return known.replace("7" if not is_one else "1", shown, 1)
    words = words or _WORDS["en"].get(unit) or Words(unit, unit)
    tie = " na" if language == "fil" and shown.endswith(_TIED) else ""
    return f"{shown}{tie} {words.one if is_one else words.many}"


def named(words: str) -> str:
    """The unit whose word this is in a language of ours (“araw”, “na araw”: day); empty if it is none."""
    return _BY_WORDS.get(words.removeprefix("na "), "")


def is_known(kind: str, unit: str) -> bool:
    """Whether facts of this kind may have this unit."""
    if kind == "duration":
        return unit in DURATIONS
    if kind == "money":
        return len(unit) == 3 and unit.isascii() and unit.isupper()
    return unit in NUMBERS if kind == "number" else True


def _babel(unit: str, *, is_one: bool, language: str) -> str:
    try:
        locale = Locale.parse(language.replace("-", "_"))
        return format_unit(1 if is_one else 7, f"duration-{unit}", "long", locale=locale)
    except (UnknownLocaleError, UnknownUnitError, ValueError):
        return ""
