"""One way to write each address, number and handle, so that the same person is found again."""

import re

import phonenumbers
from django.utils.translation import gettext as _

from tugon.company import settings as company

from .errors import ContactPointInvalid

_ADDRESS = re.compile(r"[^\s@<>,;\"\\\x00-\x1f]{1,64}@[^\s@<>,;\"\\\x00-\x1f]{1,255}")


def normalise(kind: str, value: str) -> str:
    """The value as it is kept: lower-case address, E.164 number, trimmed handle. Raises ContactPointInvalid."""
    match kind:
        case "email":
            return email_address(value)
        case "phone":
            return phone_number(value, region=company.get("region"))
        case _:
            clean = value.strip().lstrip("@")[:320]
            if not clean:
                raise ContactPointInvalid(value=value, reason=_("write the name used there"))
            return clean


def email_address(value: str) -> str:
    """Lower case, without brackets. Raises ContactPointInvalid."""
    clean = value.strip().strip("<>").lower()
    if not _ADDRESS.fullmatch(clean) or len(clean) > 320:
        raise ContactPointInvalid(
            value=value.strip()[:80], reason=_("give an address such as name@example.com")
        )
    return clean


def phone_number(value: str, *, region: str = "") -> str:
    """E.164, such as +639171234567 (ITU-T E.164). region: ISO 3166 code for numbers written without country code.

    Raises ContactPointInvalid for what no country's numbering plan allows.
    """
    try:
        number = phonenumbers.parse(value, region or None)
    except phonenumbers.NumberParseException:
        reason = _("give a telephone number with its country code, such as +63 917 123 4567")
        raise ContactPointInvalid(value=value.strip()[:40], reason=reason) from None
    if not phonenumbers.is_possible_number(number):
        raise ContactPointInvalid(
            value=value.strip()[:40], reason=_("its length fits no telephone number there")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
