"""Every setting of the company: its type, default, words and limits. `settings.get` refuses any other name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings as django_settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class ValueRefused(ValueError):
    """The value cannot be used; the words say why."""


Check = Callable[[Any], Any]
"""Takes a raw value, returns the clean one or raises ValueRefused."""


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    default: Any
    check: Check
    label: str | Promise
    group: str
    hint: str | Promise = ""
    nullable: bool = False

    def clean(self, value: Any) -> Any:
        if self.nullable and value in (None, ""):
            return None
        return self.check(value)


def text(*, at_most: int = 200, needed: bool = False) -> Check:
    def check(value: Any) -> str:
        words = " ".join(str(value or "").split())  # it stands in headers of letters, which have one line
        if needed and not words:
            raise ValueRefused(_now("it may not be empty."))
        if len(words) > at_most:
            raise ValueRefused(_now("it may have at most {number} characters.").format(number=at_most))
        return words

    return check


def integer(low: int, high: int) -> Check:
    def check(value: Any) -> int:
        try:
            number = int(str(value))
        except ValueError:
            raise ValueRefused(_now("write a whole number.")) from None
        if not low <= number <= high:
            raise ValueRefused(_now("it must be from {low} to {high}.").format(low=low, high=high))
        return number

    return check


def boolean(value: Any) -> bool:
    return value in (True, "true", "on", "1", 1)


def colour(value: Any) -> str:
    words = str(value).strip().lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", words):
        raise ValueRefused(_now("write a colour like #4452c4."))
    return words


def web_address(value: Any) -> str:
    words = str(value or "").strip()
    if words and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", words):
        raise ValueRefused(_now("write an address that begins with https://"))
    return words.rstrip("/")


def zone(value: Any) -> str:
    if value not in available_timezones():
        raise ValueRefused(_now("choose a time zone of the list, like Asia/Manila."))
    return str(value)


def region(value: Any) -> str:
    words = str(value or "").strip().upper()
    if words and not re.fullmatch(r"[A-Z]{2}", words):
        raise ValueRefused(_now("write the two letters of a country, like PH."))
    return words


def language(value: Any) -> str:
    if value not in dict(django_settings.LANGUAGES):
        raise ValueRefused(_now("choose a language of the list."))
    return str(value)


def languages(value: Any) -> list[str]:
    chosen = [language(one) for one in value or []]
    if not chosen:
        raise ValueRefused(_now("choose at least one language."))
    return [code for code, _name in django_settings.LANGUAGES if code in chosen]


def endings(value: Any) -> list[str]:
    """File name endings without the dot; empty means every type but programs."""
    words = re.split(r"[\s,;]+", value) if isinstance(value, str) else list(value or [])
    clean = [str(word).lower().lstrip(".") for word in words if str(word).strip()]
    if any(not re.fullmatch(r"[a-z0-9]{1,10}", word) for word in clean):
        raise ValueRefused(_now("write endings separated by commas, like png, pdf, zip."))
    return sorted(set(clean))


def web_addresses(value: Any) -> list[str]:
    """Addresses separated by blanks, commas or lines; at most twelve, each once."""
    words = re.split(r"[\s,]+", value) if isinstance(value, str) else list(value or [])
    clean = list(dict.fromkeys(web_address(word) for word in words if str(word).strip()))
    if len(clean) > 12:
        raise ValueRefused(_now("write at most {number} addresses.").format(number=12))
    return clean


def origins(value: Any) -> list[str]:
    """Websites as browsers name them (RFC 6454): scheme, host and port, nothing after; at most twenty."""
    words = re.split(r"[\s,]+", value) if isinstance(value, str) else list(value or [])
    clean = list(dict.fromkeys(str(word).strip().lower().rstrip("/") for word in words if str(word).strip()))
    for word in clean:
        if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d{1,5})?", word):
            raise ValueRefused(_now("write websites like https://www.example.com, without a path."))
    if len(clean) > 20:
        raise ValueRefused(_now("write at most {number} addresses.").format(number=20))
    return clean


DAYS_OFF = _("0 turns this off.")

_ALL = [
    Key("name", "Support", text(at_most=80, needed=True), _("Name of the company"), "company"),
    Key(
        "accent",
        "#4452c4",
        colour,
        _("Accent colour"),
        "company",
        _("Contrast is corrected where it is too weak."),
    ),
    Key("host_url", "", web_address, _("Address of your website"), "company", _("Where “Back to …” leads.")),
    Key("privacy_url", "", web_address, _("Address of your privacy notice"), "company"),
    Key(
        "social_urls",
        [],
        web_addresses,
        _("Your pages in social networks"),
        "company",
        _("Shown on the support home. Separate several addresses by commas."),
    ),
    Key(
        "news_url",
        "",
        web_address,
        _("Address of your news"),
        "company",
        _("Shown on the support home; notices of the kind “News” stand there too."),
    ),
    Key(
        "embed_origins",
        [],
        origins,
        _("Websites that may show the support panel"),
        "embed",
        _("Like https://www.example.com, separated by commas. On others the link opens a page of its own."),
    ),
    Key("languages", ["en", "fil"], languages, _("Languages offered to customers"), "company"),
    Key("language", "en", language, _("Language where nothing better is known"), "company"),
    Key("zone", "UTC", zone, _("Time zone"), "company"),
    Key(
        "region",
        "",
        region,
        _("Country of your customers"),
        "company",
        _("For phone numbers without country code."),
    ),
    Key(
        "default_mailbox", None, integer(1, 2**62), _("Mailbox for what has no other"), "mail", nullable=True
    ),
    Key(
        "undo_seconds",
        10,
        integer(0, 60),
        _("Seconds to undo a reply"),
        "tickets",
        _("The letter leaves after them."),
    ),
    Key(
        "asks_when_solved",
        True,
        boolean,
        _("Ask customers whether it is solved"),
        "tickets",
        _("A letter says what was done, and lets them say yes or not yet."),
    ),
    Key("auto_close_days", 7, integer(0, 365), _("Days from solved to closed"), "tickets", DAYS_OFF),
    Key(
        "closed_too_long_days",
        30,
        integer(0, 3650),
        _("Days after which an answer to a closed ticket opens a new one"),
        "tickets",
    ),
    Key("automatic_per_ticket", 1, integer(0, 20), _("Automatic letters a ticket and person"), "mail"),
    Key("automatic_per_day", 5, integer(0, 200), _("Automatic letters a person and day"), "mail"),
    Key(
        "automatic_per_hour",
        500,
        integer(0, 100_000),
        _("Automatic letters an hour, over all"),
        "mail",
        _("Above it the breaker opens: people's answers leave, automatic letters wait."),
    ),
    Key(
        "forms_per_hour",
        10,
        integer(1, 10_000),
        _("Requests by form an hour, from one network"),
        "mail",
        _(
            "More are kept aside for a look, and ten times as many refused. Offices and schools share one network."
        ),
    ),
    Key(
        "raw_retention_days",
        365,
        integer(0, 3650),
        _("Days that raw mail is kept"),
        "mail",
        _("0 keeps it for ever."),
    ),
    Key("upload_megabytes", 25, integer(1, 2048), _("Largest file, in MB"), "files"),
    Key("upload_types", [], endings, _("File types allowed"), "files", _("Empty allows all but programs.")),
    Key(
        "suggests_in_letters",
        True,
        boolean,
        _("Suggest articles in acknowledgements"),
        "mail",
        _("Who writes a mail is told at once what may already answer it."),
    ),
    Key(
        "meaning_address",
        "",
        web_address,
        _("Address of an embeddings service"),
        "meaning",
        _(
            "OpenAI-compatible, like https://api.example.com/v1. Empty: vectors are computed on this machine and no "
            "text leaves it."
        ),
    ),
    Key("meaning_model", "", text(at_most=80), _("Its model"), "meaning"),
    Key("meaning_key", "", text(at_most=4000), _("Its key"), "hidden"),  # sealed by meaning.operations
    Key(
        "checks_outside_links",
        False,
        boolean,
        _("Check links of articles to other sites"),
        "helpcenter",
        _("Asks each of them once a night whether the page is still there. It needs the internet."),
    ),
    Key("demo_loaded_at", None, text(), _("Demo loaded"), "hidden", nullable=True),
]

KEYS: dict[str, Key] = {key.name: key for key in _ALL}


def of_group(*groups: str) -> list[Key]:
    return [key for key in _ALL if key.group in groups]
