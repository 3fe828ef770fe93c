"""Routes as the pages tell them: where they lead, when they are open, how long an answer takes, why one is advised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import phonenumbers
from django.utils.translation import gettext as _

from tugon.advisor.models import Measure, Route
from tugon.advisor.routes import AT_ONCE, FEWEST, WRITTEN, Advised, Standing
from tugon.facts import referencing
from tugon.lib import opening
from tugon.pages.formats import duration, language_name, percent
from tugon.sla.calendars import BusinessHours
from tugon.sla.hours import as_week

ICONS = {
    "article": "book-open",
    "troubleshooter": "list-checks",
    "community": "users",
    "form": "message-square-plus",
    "email": "mail",
    "chat": "message-circle",
    "phone": "phone",
    "social": "share-2",
    "billing": "receipt",
    "video": "video",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One route in the reader's words. kind: a `Route.Kind`. href: where it leads. standing: open or not.

    wait: how long an answer takes.
    """

    kind: str
    name: str
    line: str
    icon: str
    href: str
    shown: str
    is_open: bool
    standing: str
    wait: str
    hours: str
    languages: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the expectations page. promised, achieved, share: words; empty where nothing can be said."""

    way: Way
    promised: str
    achieved: str
    slow: str
    share: str
    asked: int


def way(standing: Standing, language: str, *, take_along: dict[str, str] | None = None) -> Way:
    """take_along: parameters for the form."""
    route = standing.route
    return Way(
        kind=route.kind,
        name=route.name_in(language),
        line=referencing.render(route.line_in(language), language),
        icon=ICONS[route.kind],
        href=_href(standing, language, take_along or {}),
        shown=_shown(standing),
        is_open=standing.is_open,
        standing=_standing(standing, language),
        wait=_wait(standing),
        hours=hours_in_words(standing.hours, language) if standing.hours else "",
        languages=", ".join(language_name(code) for code in route.languages),
    )


def reasons(advised: Advised, language: str) -> list[tuple[str, bool]]:
    """Why this route, the strongest first, and what speaks against it, so that nobody is surprised: each with whether
    it speaks for it.
    """
    said = [words for rule in advised.rules if (words := rule.reason_in(language))]
    told = [(referencing.render(words, language), True) for words in dict.fromkeys(said)]
    standing = advised.standing
    if standing.hours is not None and standing.is_open and standing.route.kind not in AT_ONCE:
        told.append((_("It is open now."), True))
    if advised.choice.is_closed or (not standing.is_open and standing.route.kind in WRITTEN):
        told.append((_("It is closed now; what you write waits for us."), False))
    if advised.choice.is_slow:
        told.append((_("An answer may take longer than you would like."), False))
    if advised.choice.speaks_another:
        told.append(
            (_("It is answered in {languages}.").format(languages=way(standing, language).languages), False)
        )
    return told


def kept(standing: Standing, language: str) -> Kept:
    known = standing.measure
    enough = known is not None and known.answered >= FEWEST
    return Kept(
        way=way(standing, language),
        promised=_at_once(standing) or _open_time(standing.promised),
        achieved=_length(known.middle_seconds) if enough and known else "",
        slow=_length(known.slow_seconds) if enough and known else "",
        share=percent(known.kept / known.asked) if enough and known and known.asked else "",
        asked=known.asked if known else 0,
    )


def latest(standings: list[Standing]) -> datetime | None:
    """Until when the figures count."""
    return max((one.measure.until for one in standings if isinstance(one.measure, Measure)), default=None)


def hours_in_words(hours: BusinessHours, language: str) -> str:
    """ "Mon–Fri 9:00 AM–5:00 PM, time of Manila"."""
    return opening.in_words(as_week(hours), zone=hours.zone, language=language)


def _href(standing: Standing, language: str, take_along: dict[str, str]) -> str:
    address = standing.address.replace("{language}", language)
    if standing.route.kind == Route.Kind.PHONE:
        return f"tel:{address}"
    if standing.route.kind == Route.Kind.EMAIL and "@" in address:
        return f"mailto:{address}"
    if address.startswith("/contact/") and take_along:
        return f"{address}{'&' if '?' in address else '?'}{urlencode(take_along)}"
    return address


def _shown(standing: Standing) -> str:
    """What is worth reading of the address: a number, a mail address."""
    if standing.route.kind == Route.Kind.EMAIL:
        return standing.address
    if standing.route.kind != Route.Kind.PHONE:
        return ""
    try:
        number = phonenumbers.parse(standing.address, None)
    except phonenumbers.NumberParseException:
        return standing.address
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _standing(standing: Standing, language: str) -> str:
    if standing.route.kind in AT_ONCE or standing.hours is None:
        return _("Always there")
    if standing.is_open:
        return _("Open now")
    if standing.opens_at is None:
        return opening.standing_in_words(False, None, zone=standing.hours.zone, language=language)
    zone = standing.hours.zone
    if standing.route.kind in WRITTEN:
        moment = opening.moment_in_words(standing.opens_at, zone=zone, language=language)
        return _("Write at any time; we read it from {moment}").format(moment=moment)
    return opening.standing_in_words(False, standing.opens_at, zone=zone, language=language)


def _wait(standing: Standing) -> str:
    at_once = _at_once(standing)
    if at_once:
        return at_once
    if standing.wait is None:
        return ""
    known = standing.measure
    if known is not None and known.middle_seconds is not None and known.answered >= FEWEST:
        return _("Lately half were answered within {length}").format(length=duration(standing.wait))
    return _("Promised: {length}").format(length=_open_time(standing.promised))


def _at_once(standing: Standing) -> str:
    return _("An answer at once") if standing.route.kind in AT_ONCE else ""


def _open_time(length: timedelta | None) -> str:
    return _("{length} of opening time").format(length=duration(length)) if length else ""


def _length(seconds: int | None) -> str:
    return duration(timedelta(seconds=seconds)) if seconds is not None else ""
