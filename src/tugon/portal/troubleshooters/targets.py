"""Where an end may lead: articles people can read, and the open forms."""

from collections.abc import Iterator

from django.urls import reverse

from tugon.helpcenter import addresses
from tugon.helpcenter.models import Translation, Visibility
from tugon.helpcenter.readers import Reader
from tugon.troubleshooters.references import Target

from ..choices import open_forms


def offered_articles(language: str) -> Iterator[Target]:
    """Every published article that is not for agents alone, by title. One query."""
    rows = Translation.objects.published().readable_by(Reader.agent()).nearest_to(language)
    found = rows.exclude(article__visibility=Visibility.AGENTS).values_list("article_id", "title", "slug")
    for pk, title, slug in sorted(found, key=lambda row: row[1].casefold()):
        yield Target(str(pk), title, addresses.article(language, slug))


def readable_article(pk: int, language: str, reader: object) -> Target | None:
    """Where this reader reads an article, or None where they may not. One query."""
    who = reader if isinstance(reader, Reader) else Reader.anonymous()
    rows = Translation.objects.published().readable_by(who).filter(article_id=pk).nearest_to(language)
    row = rows.values_list("title", "slug").first()
    return Target(str(pk), row[0], addresses.article(language, row[1])) if row else None


def offered_forms(language: str) -> Iterator[Target]:
    for form in open_forms():
        yield Target(form.slug, form.title_in(language), reverse("portal:form", args=[form.slug]))
