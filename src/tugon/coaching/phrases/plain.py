"""The word lists to begin with: words of the trade, and stiff words of offices, with plain ones.

A company adds its own and takes away what its customers know (`coaching.models.Word`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fil")


@cache
def jargon() -> Mapping[str, Mapping[str, str]]:
    """Language → word of the trade → plain words."""
    return {language: _read(f"jargon.{language}.txt") for language in LANGUAGES}


@cache
def stiff() -> Mapping[str, Mapping[str, str]]:
    """Language → stiff words → what people say; empty: leave them out."""
    return {language: _read(f"stiff.{language}.txt") for language in LANGUAGES}


def _read(name: str) -> dict[str, str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    pairs = (line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    return {term.strip(): plain.strip() for term, plain in pairs}
