"""Who sees the pictures and films of an article: who may read it. Agents see those of drafts too."""

from __future__ import annotations

from tugon.files.holders import Held

from .models import Article, ArticleFile
from .readers import Reader

HOLDER = "article"


def held(pk: int, reader: Reader) -> Held | None:
    """The file if the reader may read its article. One query."""
    rows = ArticleFile.objects.select_related("file").filter(pk=pk)
    if not reader.is_agent:
        rows = rows.filter(article__in=Article.objects.live().readable_by(reader))
    row = rows.first()
    return Held(row.file, row.name) if row else None
