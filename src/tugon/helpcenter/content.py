"""The words of a translation as one value: of its draft, or of a version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from . import markup
from .errors import SourcesMissing, TextMissing, TitleMissing
from .models import Translation, Version

LONGEST_TITLE, LONGEST_SUMMARY, MOST_PHRASES, LONGEST_PHRASE = 200, 400, 50, 200
LONGEST_SOURCES = 10_000


@dataclass(frozen=True, slots=True)
class Content:
    """body: canonical HTML. exact_phrases: error codes and quoted messages. sources: one a line."""

    title: str = ""
    summary: str = ""
    body: str = ""
    exact_phrases: tuple[str, ...] = ()
    sources: str = ""

    def changed(self, **values: Any) -> Content:
        """With these values, cleaned; None leaves what there is. The body is expected to be canonical already."""
        tidy: dict[str, Any] = {}
        for name, value in values.items():
            if value is not None:
                tidy[name] = _TIDY[name](value)
        return replace(self, **tidy)

    def require_complete(self, translation: Translation) -> None:
        """Raises TitleMissing, TextMissing, SourcesMissing: what readers see must be whole."""
        if not self.title:
            raise TitleMissing
        if not markup.text(self.body).strip() and not markup.files(self.body):
            raise TextMissing
        section = translation.article.section
        if section.demands_sources and not self.sources.strip():
            raise SourcesMissing(section=section.title_in(translation.language))


def of_draft(translation: Translation) -> Content:
    return Content(
        translation.draft_title,
        translation.draft_summary,
        translation.draft_body,
        tuple(translation.draft_exact_phrases),
        translation.draft_sources,
    )


def of_version(version: Version) -> Content:
    return Content(
        version.title, version.summary, version.body, tuple(version.exact_phrases), version.sources
    )


def at_hand(translation: Translation) -> Content:
    """What an editor opens: the draft, else what is scheduled, else what is published, else the last version."""
    if translation.has_draft:
        return of_draft(translation)
    version = (
        translation.scheduled or translation.published or translation.versions.order_by("-number").first()
    )
    return of_version(version) if version else Content()


def _line(value: Any) -> str:
    return " ".join(str(value).replace("\0", "").split())


def _phrases(value: Any) -> tuple[str, ...]:
    lines = value.splitlines() if isinstance(value, str) else value
    clean = (_line(one)[:LONGEST_PHRASE] for one in lines)
    return tuple(dict.fromkeys(one for one in clean if one))[:MOST_PHRASES]


_TIDY: dict[str, Callable[[Any], Any]] = {
    "title": lambda value: _line(value)[:LONGEST_TITLE].strip(),
    "summary": lambda value: _line(value)[:LONGEST_SUMMARY].strip(),
    "body": str,
    "exact_phrases": _phrases,
    "sources": lambda value: "\n".join(filter(None, (_line(one) for one in str(value).splitlines())))[
        :LONGEST_SOURCES
    ],
}
