"""Every article into a folder of Markdown files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tugon.files import operations as storage

from .. import addresses, content, markdown, markup
from ..models import Article, ArticleFile, Translation
from .sheets import Sheet, write


def export_folder(folder: Path, *, archived: bool = False) -> int:
    """Write every article that has words, drafts too where nothing is published. Returns how many files of articles.

    A file of the same name is written over; others stay. archived: those too. What is published is written, not the
    draft that somebody works on. Sections keep their addresses, so a help center that has them takes the files back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for article in _articles(archived):
        files = {row.pk: row for row in article.files.all()}
        used: set[int] = set()
        for row in article.translations.all():
            words = content.of_version(row.published) if row.published else content.at_hand(row)
            if not words.title:
                continue
            used.update(markup.files(words.body))
            sheet = _sheet(article, row, words, files.values())
            (folder / f"{article.key}.{row.language}.md").write_text(write(sheet), encoding="utf-8")
            written += 1
        for pk in used & files.keys():
            _save(folder / "files" / article.key, files[pk])
    return written


def _articles(archived: bool) -> Iterator[Article]:
    rows = Article.objects.all() if archived else Article.objects.present()
    return (
        rows.select_related("section__category", "owner")
        .prefetch_related("audiences", "plans", "files__file", "translations__published")
        .order_by("pk")
        .iterator(chunk_size=100)
    )


def _sheet(article: Article, row: Translation, words: content.Content, files: Iterable[ArticleFile]) -> Sheet:
    source = next(
        (one for one in article.translations.all() if one.language == article.source_language), None
    )
    is_behind = bool(
        row.published_id
        and source
        and source.pk != row.pk
        and source.published_id
        and row.made_from_id != source.published_id
    )
    return Sheet(
        key=article.key,
        language=row.language,
        title=words.title,
        summary=words.summary,
        body=_local(markdown.from_html(words.body), files),
        category=article.section.category.slug,
        section=article.section.slug,
        kind=article.kind,
        visibility=article.visibility,
        audiences=tuple(one.key for one in article.audiences.all()),
        plans=tuple(one.key for one in article.plans.all()),
        terms=tuple(article.terms),
        exact=words.exact_phrases,
        owner=article.owner.email if article.owner else "",
        source=article.source_language,
        sources=tuple(words.sources.splitlines()),
        slug=row.slug,
        review_every_days=str(article.review_every_days or ""),
        state="published" if row.published_id else "draft",
        out_of_date="yes" if is_behind else "",
    )


def _local(text: str, files: Iterable[ArticleFile]) -> str:
    """Pictures named as they are within the folder."""
    for row in files:
        text = text.replace(addresses.file(row.pk, row.name), f"files/{row.article.key}/{quote(_name(row))}")
    return text


def _save(folder: Path, row: ArticleFile) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with storage.read(row.file) as stream:
        (folder / _name(row)).write_bytes(stream.read())


def _name(row: ArticleFile) -> str:
    """Two pictures of an article may have one name: then the number goes before it."""
    same = [one.pk for one in row.article.files.all() if one.name == row.name]
    return row.name if same[0] == row.pk else f"{row.pk}-{row.name}"
