"""Where articles name facts, and what they say in plain words: for `facts.places`, so that whoever changes a fact is
told which texts to read again."""

from __future__ import annotations

from collections.abc import Iterator

from tugon.facts.places import Place

from . import markup
from .models import Translation

KIND = "article"
CHUNK = 200


def naming(key: str) -> Iterator[Place]:
    """Texts of articles that are not archived whose published version, draft or scheduled version names the fact.

    Two queries.
    """
    rows = Translation.objects.filter(article__archived_at=None).select_related("article")
    published = rows.filter(published__fact_keys__contains=[key])
    waiting = rows.filter(scheduled__fact_keys__contains=[key])
    drafted = rows.filter(has_draft=True, draft_body__contains="{{").filter(draft_body__contains=key)
    found = {row.pk: row for row in [*published.union(waiting, all=True), *drafted]}
    for pk in sorted(found):
        yield _place(found[pk])


def published_texts() -> Iterator[tuple[Place, str, str]]:
    """(place, language, text) of every published text: title, summary and body. One query for every 200."""
    rows = Translation.objects.published().select_related("published", "article").order_by("pk")
    for row in rows.defer("draft_body", "draft_sources").iterator(chunk_size=CHUNK):
        if row.published is not None:
            words = (row.published.title, row.published.summary, markup.text(row.published.body))
            yield _place(row), row.language, "\n\n".join(part for part in words if part)


def _place(row: Translation) -> Place:
    return Place(KIND, row.shown_title, f"/console/articles/{row.article_id}/{row.language}/", row.language)
