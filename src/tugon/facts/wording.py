"""The words of a typed value in a language. Pure: value in, words out."""

from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
from babel import Locale, UnknownLocaleError, dates, numbers

from tugon.lib import opening

from .kinds import Kind
from .units import with_unit


def form(kind: Kind, value: dict[str, Any], language: str) -> str:
    """ "14 days", "5–10 araw ng trabaho", "₱249", "12%", "December 1, 2026". value: as `values.read` made it."""
    if kind in (Kind.TEXT, Kind.ADDRESS):
        return str(value.get("text", ""))
    if kind == Kind.LINK:
        return str(value.get("url", ""))
    if kind == Kind.PHONE:
        return _phone(str(value.get("number", "")))
    if kind == Kind.DATE:
        return dates.format_date(date.fromisoformat(value["date"]), "long", locale=locale_of(language))
    if kind == Kind.HOURS:
        return _hours(value, language)
    return _amount(kind, value, language)


def locale_of(language: str) -> Locale:
    """Babel's locale; English where it knows none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _amount(kind: Kind, value: dict[str, Any], language: str) -> str:
    low, high = Decimal(value["amount"]), Decimal(value.get("to", value["amount"]))
    unit = str(value.get("unit", ""))
    if kind == Kind.MONEY:
        shown = [_money(one, unit, language) for one in dict.fromkeys((low, high))]
        return "–".join(shown)
    shown = [_number(one, language) for one in dict.fromkeys((low, high))]
    if kind == Kind.PERCENT:
        return f"{'–'.join(shown)}%"
    return with_unit("–".join(shown), unit, is_one=low == high == 1, language=language)


def _number(amount: Decimal, language: str) -> str:
    return str(numbers.format_decimal(amount, format="#,##0.######", locale=locale_of(language)))


def _money(amount: Decimal, currency: str, language: str) -> str:
    is_whole = amount == amount.to_integral_value()
    locale = locale_of(language)
    return str(
        numbers.format_currency(
            amount,
            currency,
            locale=locale,
            format="¤#,##0" if is_whole and locale.language in ("en", "fil") else None,
            currency_digits=not is_whole or locale.language not in ("en", "fil"),
        )
    )


def _hours(value: dict[str, Any], language: str) -> str:
    week = opening.read(str(value["hours"]))
    zone = opening.zone_or_none(str(value.get("zone", "")))
    shown = opening.write(week, language=language)
    return f"{shown} ({dates.get_timezone_location(zone, locale=locale_of(language))})" if zone else shown


def _phone(number: str) -> str:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
