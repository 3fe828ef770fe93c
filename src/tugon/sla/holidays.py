"""Public holidays of countries, with their names in the languages we know; computed offline. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import holidays as known
from babel import Locale, UnknownLocaleError

LANGUAGES = {"en": ("en_US", "en_GB", "en"), "fil": ("fil",)}
"""Our languages as the package may name them; a country's own English ("en_PH") comes first."""

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days that are closed, of any year: a country's holidays but those `left_out`, and one's own.

    country: ISO 3166-1 code or empty. subdivision: as the country names its parts, or empty.
    """

    country: str = ""
    subdivision: str = ""
    left_out: frozenset[date] = frozenset()
    own: frozenset[date] = field(default_factory=frozenset)

    def __contains__(self, day: object) -> bool:
        if day in self.own:
            return True
        if not self.country or not isinstance(day, date) or day in self.left_out:
            return False
        return day in of_year(self.country, self.subdivision, day.year)


@lru_cache(maxsize=256)
def of_year(country: str, subdivision: str, year: int) -> dict[date, Names]:
    """The public holidays of one year with their names: language → name. Empty for a country nobody knows."""
    if country not in subdivisions_by_country():
        return {}
    part = subdivision if subdivision in subdivisions_by_country()[country] else None
    spoken = getattr(known, country).supported_languages
    found: dict[date, Names] = {}
    for language, tags in LANGUAGES.items():
        tag = next((one for one in (f"{language}_{country}", *tags) if one in spoken), None)
        rows = known.country_holidays(country, subdiv=part, years=year, language=tag)
        for day, name in rows.items():
            if day.year == year and (tag is not None or language == "en"):
                found.setdefault(day, {})[language] = str(name)
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def subdivisions_by_country() -> dict[str, tuple[str, ...]]:
    """Every country whose holidays are known, with the parts that have their own."""
    return {
        country: tuple(parts)
        for country, parts in known.list_supported_countries(include_aliases=False).items()
        if len(country) == 2
    }


def is_known(country: str, subdivision: str = "") -> bool:
    parts = subdivisions_by_country().get(country)
    return parts is not None and (not subdivision or subdivision in parts)


def countries(language: str) -> list[tuple[str, str]]:
    """(code, name in the language), by name."""
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    return sorted(
        ((code, str(names.get(code, code))) for code in subdivisions_by_country()), key=lambda one: one[1]
    )


def named(names: Names | str, language: str) -> str:
    """The name of a day in the language, or in another where it has none in this."""
    if isinstance(names, str):
        return names
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def between(days: ClosedDays, first: date, last: date) -> Iterator[tuple[date, Names]]:
    """A country's holidays that count, from first to last (included), in order."""
    if not days.country:
        return
    for year in range(first.year, last.year + 1):
        for day, names in of_year(days.country, days.subdivision, year).items():
            if first <= day <= last and day not in days.left_out:
                yield day, names
