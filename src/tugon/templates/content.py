"""The words of a translation as one value: of its draft, or of a version."""

from __future__ import annotations

from dataclasses import dataclass

from tugon.lib.html import sanitise, to_text

from .errors import TextMissing, TextTooLong, TitleMissing
from .filling import Words
from .language import LONGEST
from .models import Translation, Version

LONGEST_TITLE, LONGEST_SUBJECT = 200, 300


@dataclass(frozen=True, slots=True)
class Content:
    """title: by which agents find it. subject: plain. body: harmless HTML in the template language."""

    title: str = ""
    subject: str = ""
    body: str = ""

    @property
    def words(self) -> Words:
        return Words(self.body, self.subject)

    def changed(self, *, title: str | None, subject: str | None, body: str | None) -> Content:
        """With these values, cleaned; None leaves what there is. Raises TextTooLong."""
        return Content(
            self.title if title is None else " ".join(title.split())[:LONGEST_TITLE],
            self.subject if subject is None else " ".join(subject.split())[:LONGEST_SUBJECT],
            self.body if body is None else _clean(body),
        )

    def require_complete(self) -> None:
        """Raises TitleMissing, TextMissing."""
        if not self.title:
            raise TitleMissing
        if not to_text(self.body).strip():
            raise TextMissing


def of_draft(row: Translation) -> Content:
    return Content(row.draft_title, row.draft_subject, row.draft_body)


def of_version(version: Version) -> Content:
    return Content(version.title, version.subject, version.body)


def at_hand(row: Translation) -> Content:
    """The draft where there is one, else what is published, else nothing."""
    if row.has_draft:
        return of_draft(row)
    return of_version(row.published) if row.published else Content(row.title)


def _clean(html: str) -> str:
    clean = sanitise(html)
    if len(clean) > LONGEST:
        raise TextTooLong(size=f"{len(clean):,}", limit=f"{LONGEST:,}")
    return clean
