"""The languages the help center speaks, and which one a reader gets."""

from collections.abc import Iterable, Mapping

from django.conf import settings as django_settings

from tugon.company import settings as company


def offered() -> list[str]:
    """The languages that the company offers to readers, BCP 47, the company's own first."""
    own = company.get("language")
    return [own, *(code for code in company.get("languages") if code != own)]


def preference(language: str) -> list[str]:
    """In which order a reader of a language is served: this one, the company's own, then the other offered ones."""
    return list(dict.fromkeys([language, *offered()]))


def nearest(languages: Iterable[str], wanted: str) -> str | None:
    """Of the languages that there are, the one to show to a reader of `wanted`; None where there is none."""
    there = list(dict.fromkeys(languages))
    return next((one for one in preference(wanted) if one in there), there[0] if there else None)


def in_language(words: Mapping[str, str], language: str) -> str:
    """Of `language → words`, those to show to a reader of `language`; "" where there are none."""
    if words.get(language):
        return words[language]
    found = nearest((code for code, text in words.items() if text), language)
    return words[found] if found else ""


def known(language: str) -> bool:
    """Whether Tugon knows the language at all."""
    return language in dict(django_settings.LANGUAGES)
