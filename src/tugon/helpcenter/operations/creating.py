"""New articles, and new languages of those there are."""

from __future__ import annotations

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import languages, naming
from ..content import Content
from ..errors import LanguageUnknown, OriginalStays, TitleMissing, TranslationExists
from ..events import ArticleCreated, ArticleUnpublished, TranslationAdded
from ..models import Article, Kind, Section, Translation, Visibility
from ..policies import agent_of, require_present, require_publisher, require_writer
from . import writing


@transaction.atomic
def create_article(
    *,
    section: Section,
    language: str,
    title: str,
    by: Actor,
    kind: str = Kind.ARTICLE,
    body: str = "",
    summary: str = "",
    visibility: str = Visibility.PUBLIC,
    key: str = "",
) -> Translation:
    """A new article with a draft in its original language; returns that translation. Its maker owns it.

    key: derived from the title if empty. Raises NotAllowed, TitleMissing, LanguageUnknown, TextTooLong.
    """
    require_writer(by)
    title = Content().changed(title=title).title
    if not title:
        raise TitleMissing
    agent = agent_of(by)
    article = Article.objects.create(
        key=naming.key_for(key or title),
        section=section,
        kind=Kind(kind),
        source_language=_offered(language),
        visibility=Visibility(visibility),
        owner=agent or section.owner,
        position=section.articles.count(),
        created_by=agent,
        created_at=now(),
    )
    record(ArticleCreated(article_id=article.pk, section_id=section.pk), by=by)
    translation = _new_translation(article, language, title, by)
    return writing.write_draft(translation, by=by, title=title, body=body, summary=summary).translation


@transaction.atomic
def add_translation(article: Article, *, language: str, by: Actor) -> Translation:
    """Begin the article in one more language, from the words of the original, to be written over.

    Raises NotAllowed, ArticleArchived, LanguageUnknown, TranslationExists.
    """
    require_writer(by)
    article = Article.objects.locked(article.pk)
    require_present(article)
    if article.translations.filter(language=language).exists():
        raise TranslationExists
    source = article.translations.select_related("published").filter(language=article.source_language).first()
    title = source.shown_title if source else article.key
    translation = _new_translation(article, _offered(language), title, by)
    if source and source.published:
        translation.draft_made_from = source.published
        translation.save(update_fields=["draft_made_from"])
    return translation


@transaction.atomic
def remove_translation(translation: Translation, *, by: Actor) -> None:
    """Take a language away from an article, with its versions and votes. The original stays. A repeat does nothing.

    Raises NotAllowed, OriginalStays.
    """
    require_publisher(by)
    row = Translation.objects.select_related("article").filter(pk=translation.pk).first()
    if row is None:
        return
    if row.is_source:
        raise OriginalStays
    if row.is_published:
        record(
            ArticleUnpublished(article_id=row.article_id, translation_id=row.pk, language=row.language), by=by
        )
    row.delete()


def _new_translation(article: Article, language: str, title: str, by: Actor) -> Translation:
    translation = Translation(article=article, language=language)
    translation.slug = naming.slug_for(translation, title)
    translation.save()
    record(TranslationAdded(article_id=article.pk, translation_id=translation.pk, language=language), by=by)
    return translation


def _offered(language: str) -> str:
    if language not in languages.offered():
        raise LanguageUnknown(language=language)
    return language
