"""What may stand in a contact route, checked and made uniform. Pure but for the company's country."""

import re
from collections.abc import Iterable
from typing import Any

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.facts.values import ValueRefused, phone
from tugon.lib import opening
from tugon.lib.errors import Invalid

from .errors import RouteInvalid
from .models import ContactRoute

_KINDS = ContactRoute.Kind
_COUNTRIES = frozenset(str(code) for code in Locale("en").territories if re.fullmatch(r"[A-Z]{2}", str(code)))


def clean(details: dict[str, Any]) -> dict[str, Any]:
    """Every field of a route, checked: phones as E.164, hours as `lib.opening` writes them. Raises RouteInvalid."""
    kind = str(details.get("kind", ""))
    if kind not in _KINDS.values:
        raise RouteInvalid(
            reason=_("“{kind}” is no way to reach somebody: mail, phone, chat, form, web.").format(kind=kind)
        )
    hours, zone = _hours(str(details.get("hours", "")).strip(), str(details.get("zone", "")).strip())
    return {
        "kind": kind,
        "value": _value(kind, " ".join(str(details.get("value", "")).split())),
        "hours": hours,
        "zone": zone,
        "languages": languages_of(details.get("languages", []), RouteInvalid),
        "countries": countries_of(details.get("countries", []), RouteInvalid),
        "position": int(details.get("position") or 0),
    }


def countries_of(codes: Iterable[str], refusal: type[Invalid]) -> list[str]:
    """ISO 3166 codes, upper case, each once."""
    found = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    wrong = [code for code in found if code not in _COUNTRIES]
    if wrong:
        raise refusal(reason=_("“{code}” is no country. Write two letters, like PH.").format(code=wrong[0]))
    return found


def languages_of(codes: Iterable[str], refusal: type[Invalid]) -> list[str]:
    """BCP 47 codes, lower case, each once."""
    found = list(dict.fromkeys(code.strip().lower() for code in codes if code.strip()))
    for code in found:
        try:
            Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            raise refusal(
                reason=_("“{code}” is no language. Write a code like en or fil.").format(code=code)
            ) from None
    return found


def _value(kind: str, value: str) -> str:
    if kind == _KINDS.PHONE:
        try:
            return phone(value, company.get("region"))
        except ValueRefused as refusal:
            raise RouteInvalid(reason=str(refusal)) from refusal
    if kind == _KINDS.MAIL:
        try:
            validate_email(value)
        except ValidationError:
            raise RouteInvalid(reason=_("Write an e-mail address like name@example.org.")) from None
        return value
    if not re.fullmatch(r"https?://[^\s/<>\"']+(/[^\s<>\"']*)?", value) or len(value) > 300:
        raise RouteInvalid(reason=_("Write an address that begins with https://"))
    return value


def _hours(hours: str, zone: str) -> tuple[str, str]:
    if not hours:
        return "", ""
    try:
        week = opening.read(hours)
    except opening.HoursRefused as refusal:
        raise RouteInvalid(
            reason=_("“{words}” is not understood. Write like: Mon–Fri 08:00–20:00; Sat 09:00–13:00").format(
                words=refusal
            )
        ) from None
    zone = zone or company.get("zone")
    if opening.zone_or_none(zone) is None:
        raise RouteInvalid(
            reason=_("“{words}” is no time zone. Write one like Asia/Manila.").format(words=zone)
        )
    return opening.write(week, language=""), zone
