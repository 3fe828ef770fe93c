"""Addresses that begin with their language: `/en/help/…`. The prefix decides, before any cookie."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from tugon.pages.reader import known_language


class LanguageConverter(StringConverter):
    """A language that Tugon speaks, as in `path("<language:language>/help/", …)`. Others match nothing."""

    regex = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?"

    def to_python(self, value: str) -> str:
        if known_language(value) != value:
            raise ValueError(value)
        return value


register_converter(LanguageConverter, "language")
