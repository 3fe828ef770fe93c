"""Where templates name facts, and what they say in plain words: for `facts.places`, so that whoever changes a fact is
told which templates to read again."""

from __future__ import annotations

from collections.abc import Iterator

from tugon.facts.places import Place
from tugon.lib.html import to_text

from .models import Translation

KIND = "template"
CHUNK = 200


def naming(key: str) -> Iterator[Place]:
    """Texts of templates that are not archived whose published version or draft names the fact. One query."""
    rows = Translation.objects.filter(template__archived_at=None).select_related("template")
    published = rows.filter(published__fact_keys__contains=[key])
    drafted = rows.filter(has_draft=True, draft_body__contains=key)
    for row in (published | drafted).distinct().order_by("pk"):
        yield _place(row)


def published_texts() -> Iterator[tuple[Place, str, str]]:
    """(place, language, text) of every published text. One query for every 200."""
    rows = Translation.objects.usable().select_related("published", "template").order_by("pk")
    for row in rows.defer("draft_body").iterator(chunk_size=CHUNK):
        if row.published is not None:
            yield _place(row), row.language, f"{row.published.title}\n\n{to_text(row.published.body)}"


def _place(row: Translation) -> Place:
    return Place(KIND, row.shown_title, f"/console/templates/{row.template_id}/{row.language}/", row.language)
