"""Links between articles: named by the article's key in the text, led to an address for the reader."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F

from . import addresses, markup
from .languages import nearest
from .models import Article, Redirect, Translation


def canonical(body: str) -> str:
    """`body` with links to addresses of our articles turned into links to the articles themselves.

    An address that leads nowhere stays as it was written. body: canonical HTML. Two queries at most.
    """
    tree = markup.parse(body)
    found = {}
    for one in tree.walk():
        named = (
            addresses.language_and_slug(one.attributes.get("href", ""), _hosts()) if one.tag == "a" else None
        )
        if named:
            found[id(one)] = (one, named)
    if not found:
        return body
    keys = keys_of_addresses({(language, slug) for _one, (language, slug, _place) in found.values()})
    for one, (language, slug, place) in found.values():
        if (language, slug) in keys:
            one.attributes["href"] = addresses.ArticleLink(keys[language, slug], place).href
    return markup.clean(markup.to_html(tree))


def keys_of_addresses(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(language, slug) → key of the article, old addresses included. Two queries at most."""
    wanted = set(wanted)
    slugs = [slug for _language, slug in wanted]
    rows = Translation.objects.filter(slug__in=slugs).values_list("language", "slug", "article__key")
    keys = {(language, slug): key for language, slug, key in rows if (language, slug) in wanted}
    if len(keys) < len(wanted):
        old = Redirect.objects.filter(kind=Redirect.Kind.ARTICLE, slug__in=slugs)
        named = old.annotate(key=F("translation__article__key")).values_list("language", "slug", "key")
        for language, slug, key in named:
            if (language, slug) in wanted:
                keys.setdefault((language, slug), key)
    return keys


def cited(body: str) -> list[str]:
    """Keys of the articles that a body links to, each once, in order."""
    named = (addresses.article_link(link.href) for link in markup.links(body)) if "article:" in body else ()
    return list(dict.fromkeys(one.key for one in named if one))


def targets(keys: Iterable[str], language: str) -> dict[str, str]:
    """key → address for a reader of `language`, of those articles that are published. One query, none without keys.

    Who may read them is asked when they are opened: an address gives nothing away but its words.
    """
    keys = list(keys)
    if not keys:
        return {}
    there: dict[str, dict[str, str]] = {}
    rows = Translation.objects.published().filter(article__key__in=keys)
    for key, code, slug in rows.values_list("article__key", "language", "slug"):
        there.setdefault(key, {})[code] = slug
    chosen = ((key, nearest(slugs, language), slugs) for key, slugs in there.items())
    return {key: addresses.article(code, slugs[code]) for key, code, slugs in chosen if code}


def citing(article: Article) -> list[Translation]:
    """Published translations of other articles that link to this one, with their articles. One query."""
    rows = Translation.objects.published().filter(published__cites__contains=[article.key])
    return list(rows.exclude(article=article).select_related("article").order_by("title", "pk"))


def _hosts() -> tuple[str, ...]:
    return tuple(host.lower() for host in settings.ALLOWED_HOSTS if host != "*")
