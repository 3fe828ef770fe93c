"""Custom fields: what a value must look like to be kept in a row's `fields`."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from .errors import FieldInvalid, FieldUnknown
from .models import CustomField


def clean(on: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are stored, by key; None where the value is empty. One query.

    on: "ticket", "customer" or "organisation". Raises FieldUnknown, FieldInvalid.
    """
    fields = {
        field.key: field for field in CustomField.objects.filter(on=on, key__in=values, archived_at=None)
    }
    for key in values:
        if key not in fields:
            raise FieldUnknown(key=key)
    return {key: clean_value(fields[key], value) for key, value in values.items()}


def clean_value(field: CustomField, value: Any) -> Any:
    """One value as stored: text, number (int or float), true or false, ISO date, choice key or keys, web address."""
    if value in (None, "", []):
        return None
    try:
        return _CLEANERS[field.kind](field, value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise FieldInvalid(value=value, field=field.name_in("en"), reason=str(error)) from error


def _text(_field: CustomField, value: Any) -> str:
    return str(value).strip()[:10_000]


def _number(_field: CustomField, value: Any) -> int | float:
    try:
        number = Decimal(str(value).replace(" ", ""))
    except InvalidOperation as error:
        raise ValueError(_("give a number, such as 12 or 3.5")) from error
    if not number.is_finite():
        raise ValueError(_("give a number, such as 12 or 3.5"))
    return int(number) if number == number.to_integral_value() and abs(number) < 2**53 else float(number)


def _boolean(_field: CustomField, value: Any) -> bool:
    words = {
        "true": True,
        "on": True,
        "yes": True,
        "1": True,
        "false": False,
        "off": False,
        "no": False,
        "0": False,
    }
    text = str(value).strip().lower()
    if text not in words:
        raise ValueError(_("answer yes or no"))
    return words[text]


def _date(_field: CustomField, value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ValueError(_("give a day as year-month-day, such as 2026-11-21")) from error


def _choice(field: CustomField, value: Any) -> str:
    keys = [str(choice["key"]) for choice in field.choices]
    if str(value) not in keys:
        raise ValueError(_("choose one of: {choices}").format(choices=", ".join(keys)))
    return str(value)


def _choices(field: CustomField, value: Any) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(_choice(field, item) for item in items))


def _url(_field: CustomField, value: Any) -> str:
    text = str(value).strip()
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(_("give a web address that starts with https://"))
    return text[:2000]


_CLEANERS: dict[str, Callable[[CustomField, Any], Any]] = {
    CustomField.Kind.TEXT: _text,
    CustomField.Kind.LONG_TEXT: _text,
    CustomField.Kind.NUMBER: _number,
    CustomField.Kind.BOOLEAN: _boolean,
    CustomField.Kind.DATE: _date,
    CustomField.Kind.CHOICE: _choice,
    CustomField.Kind.CHOICES: _choices,
    CustomField.Kind.URL: _url,
}
