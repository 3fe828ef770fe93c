"""From an address to the article behind it, for one reader: the words, or where they moved to."""

from dataclasses import dataclass

from django.http import Http404

from tugon.helpcenter import addresses
from tugon.helpcenter.languages import offered, preference
from tugon.helpcenter.models import Category, Redirect, Section, Translation
from tugon.helpcenter.readers import Reader

from .revision import kept


class Moved(Exception):
    """It has another address now. href: a path. is_final: for good, so that search engines learn it."""

    def __init__(self, href: str, *, is_final: bool = True) -> None:
        super().__init__(href)
        self.href = href
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Found:
    """translation: what is shown. alternates: language → address, of every language it is published in, this first.

    is_fallback: it is not written in the reader's language.
    """

    translation: Translation
    alternates: dict[str, str]
    is_fallback: bool


@kept
def find_article(language: str, slug: str, reader: Reader) -> Found:
    """The article at `/<language>/help/articles/<slug>/`. At most four queries, two where the address is right.

    Raises Moved; and Http404 for what is not there and what this reader may not read alike.
    """
    readings = Translation.objects.published().readable_by(reader)
    rows = list(readings.filter(slug=slug).for_reading())
    row = min(rows, key=lambda one: _place(one.language, language), default=None)
    if row is None:
        raise Moved(_moved_article(language, slug, reader))
    published = dict(readings.filter(article_id=row.article_id).values_list("language", "slug"))
    if row.language != language and language in published:
        raise Moved(addresses.article(language, published[language]))
    shown = [one for one in preference(language) if one in published] or list(published)
    if row.language != shown[0]:  # the slug of a third language
        raise Moved(addresses.article(language, published[shown[0]]), is_final=False)
    there = {one: addresses.article(one, published[one]) for one in shown}
    return Found(row, there, is_fallback=row.language != language)


def find_category(slug: str, reader: Reader, language: str) -> Category:
    """One query. Raises Moved, Http404. An empty one is still there; a hidden one is for agents only."""
    rows = Category.objects.filter(slug=slug)
    category = (rows if reader.is_agent else rows.visible()).first()
    if category is not None:
        return category
    known = Redirect.objects.filter(kind=Redirect.Kind.CATEGORY, slug=slug).select_related("category").first()
    if known is None or known.category is None or not (known.category.is_visible or reader.is_agent):
        raise Http404
    raise Moved(addresses.category(language, known.category.slug))


def find_section(slug: str, reader: Reader, language: str) -> Section:
    """With its category. One query. Raises Moved, Http404."""
    rows = Section.objects.select_related("category")
    seen = rows if reader.is_agent else rows.filter(category__is_visible=True)
    section = seen.filter(slug=slug).first()
    if section is not None:
        return section
    known = Redirect.objects.filter(kind=Redirect.Kind.SECTION, slug=slug).values("section_id").first()
    section = seen.filter(pk=known["section_id"]).first() if known else None
    if section is None:
        raise Http404
    raise Moved(addresses.section(language, section.slug))


def in_all_languages(make: str, slug: str) -> dict[str, str]:
    """Addresses of a category ("category") or section ("section") in every language that is offered."""
    return {code: getattr(addresses, make)(code, slug) for code in offered()}


def _moved_article(language: str, slug: str, reader: Reader) -> str:
    """The present address of what had this slug. Raises Http404; a redirect tells nothing of what may not be read."""
    rows = Redirect.objects.filter(kind=Redirect.Kind.ARTICLE, slug=slug)
    found = rows.values_list("language", "translation__article_id")
    known = {code: pk for code, pk in found if pk is not None}
    at = next((known[code] for code in (*preference(language), *known) if code in known), None)
    if at is not None:
        readings = Translation.objects.published().readable_by(reader).filter(article_id=at)
        published = dict(readings.values_list("language", "slug"))
        nearest = next((code for code in (*preference(language), *published) if code in published), None)
        if nearest and published[nearest] != slug:
            return addresses.article(language, published[nearest])
    raise Http404


def _place(code: str, language: str) -> tuple[int, str]:
    order = preference(language)
    return (order.index(code) if code in order else len(order)), code
