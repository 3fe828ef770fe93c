"""A match as the page tells it: ways to reach the processor with what is open now, what they can do, what we can."""

from dataclasses import dataclass
from datetime import datetime

import phonenumbers
from django.utils.translation import gettext as _

from tugon.billing.finding import Match
from tugon.billing.models import ContactRoute
from tugon.lib import opening
from tugon.lib.clock import now
from tugon.pages.formats import language_name

ICONS = {"mail": "mail", "phone": "phone", "chat": "message-circle", "form": "app-window", "web": "globe"}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a processor. href: to tap. is_open: None where no hours are known."""

    kind: str
    icon: str
    label: str
    shown: str
    href: str
    is_open: bool | None
    standing: str
    hours: str
    languages: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the page says about one match."""

    name: str
    about: str
    printed: str
    is_sure: bool
    can: list[tuple[str, bool]]
    have_ready: list[str]
    only_we_can: str
    ways: list[Way]
    languages: str


def told(match: Match, language: str) -> Told:
    """In the reader's language, as of now. Asks nothing."""
    row = match.processor
    return Told(
        name=row.name,
        about=row.about_in(language),
        printed=match.descriptor.pattern if match.descriptor else "",
        is_sure=match.is_sure,
        can=[
            (_("Cancel a subscription"), row.can_cancel),
            (_("Refund a charge"), row.can_refund),
            (_("Send a receipt"), row.can_receipt),
            (_("Change the card"), row.can_update_card),
        ],
        have_ready=row.have_ready_in(language),
        only_we_can=row.only_we_can_in(language),
        ways=[_way(route, language, now()) for route in row.routes.all()],
        languages=_languages(row.languages),
    )


def _way(route: ContactRoute, language: str, at: datetime) -> Way:
    standing = route.standing(at)
    return Way(
        kind=route.kind,
        icon=ICONS[route.kind],
        label={
            "mail": _("Write an e-mail"),
            "phone": _("Call"),
            "chat": _("Chat"),
            "form": _("Fill in their form"),
            "web": _("Visit their website"),
        }[route.kind],
        shown=_number(route.value) if route.kind == "phone" else _address(route.value),
        href={"phone": f"tel:{route.value}", "mail": f"mailto:{route.value}"}.get(route.kind, route.value),
        is_open=standing[0] if standing else None,
        standing=_standing(standing, route, language) if standing else "",
        hours=_hours(route, language),
        languages=_languages(route.languages),
    )


def _standing(standing: tuple[bool, datetime | None], route: ContactRoute, language: str) -> str:
    zone = opening.zone_or_none(route.zone)
    return opening.standing_in_words(*standing, zone=zone, language=language) if zone else ""


def _hours(route: ContactRoute, language: str) -> str:
    zone = opening.zone_or_none(route.zone)
    if not route.hours or zone is None:
        return ""
    return opening.in_words(opening.read(route.hours), zone=zone, language=language)


def _number(value: str) -> str:
    try:
        parsed = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return value
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _address(value: str) -> str:
    """Without the scheme, for reading."""
    return value.removeprefix("https://").removeprefix("http://").rstrip("/")


def _languages(codes: list[str]) -> str:
    return ", ".join(language_name(code) for code in codes)
