"""What machines read: the Atom feed, the sitemap, the description of our search."""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tugon.helpcenter import addresses
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Category, Section, Translation
from tugon.helpcenter.readers import Reader
from tugon.helpcenter.rendering import rendered
from tugon.pages import brand
from tugon.troubleshooters.models import Troubleshooter

from ..structured import absolute
from ..unlinking import unlinked
from ..warm import public

FEED = 30
PER_FILE = 40_000
"""Articles of one sitemap; the format takes 50,000 addresses and 50 MB a file (sitemaps.org)."""

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_HOUR = cache_control(public=True, max_age=3600)


@require_safe
@public
def feed(request: HttpRequest, language: str) -> HttpResponse:
    """The articles published last, as anybody may read them: Atom (RFC 4287)."""
    rows = Translation.objects.published().readable_by(Reader.anonymous()).in_language(language)
    newest = list(rows.select_related("published", "article").order_by("-published_at", "-pk")[:FEED])
    own, home = absolute(reverse("portal:help-feed", args=[language])), absolute(addresses.home(language))
    updated = max((row.published_at for row in newest if row.published_at), default=None)
    title = escape(_("Help center"))
    lines = [
        _XML,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{escape(own)}</id><title>{escape(brand.current().name)} · {title}</title>",
        f'<link rel="self" href={quoteattr(own)}/><link rel="alternate" href={quoteattr(home)}/>',
        f"<updated>{updated.isoformat() if updated else '1970-01-01T00:00:00+00:00'}</updated>",
        f"<author><name>{escape(brand.current().name)}</name></author>",
        *(_entry(row, body) for row, body in zip(newest, _bodies(newest), strict=True)),
        "</feed>",
    ]
    return HttpResponse("".join(lines), content_type="application/atom+xml; charset=utf-8")


@require_safe
@_HOUR
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Every page that anybody may read, with its other languages; an index of files where they are too many for one."""
    count = _public_rows().count()
    if count <= PER_FILE:
        return _xml(_urlset(_chapters(), _articles(_public_rows())))
    files = range(1, -(-count // PER_FILE) + 1)
    entries = (
        f"<sitemap><loc>{escape(absolute(reverse('portal:sitemap-part', args=[number])))}</loc></sitemap>"
        for number in files
    )
    opening = f'{_XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return _xml(iter([opening, *entries, "</sitemapindex>"]))


@require_safe
@_HOUR
def sitemap_part(request: HttpRequest, number: int) -> HttpResponseBase:
    """One file of the sitemap, from 1. Raises Http404 past the end."""
    rows = _public_rows()
    start = (number - 1) * PER_FILE
    if number < 1 or start >= rows.count():
        raise Http404
    first = list(rows.values_list("pk", flat=True)[start : start + 1])
    last = list(rows.values_list("pk", flat=True)[start + PER_FILE - 1 : start + PER_FILE])
    part = rows.filter(pk__gte=first[0], **({"pk__lte": last[0]} if last else {}))
    return _xml(_urlset(_chapters() if number == 1 else iter(()), _articles(part)))


@require_safe
@_HOUR
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search the help center from its address bar (OpenSearch 1.1)."""
    language = get_language() or "en"
    name = brand.current().name
    found = absolute(reverse("portal:help-search", args=[language])) + "?q={searchTerms}"
    description = escape(_("Search the help center of {company}").format(company=name)[:1024])
    lines = [
        f'{_XML}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:16])}</ShortName>",
        f"<Description>{description}</Description>",
        f"<Language>{escape(language)}</Language><InputEncoding>UTF-8</InputEncoding>",
        f'<Url type="text/html" template={quoteattr(found)}/>',
        "</OpenSearchDescription>",
    ]
    return HttpResponse("".join(lines), content_type="application/opensearchdescription+xml; charset=utf-8")


@require_safe
def unprefixed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """`/help/…` leads to the same below a language."""
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponse(status=302)
    response["Location"] = f"/{get_language() or 'en'}/help/{rest}" + (f"?{query}" if query else "")
    return response


@require_safe
def without_slash(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Addresses typed without their last stroke."""
    return HttpResponsePermanentRedirect(f"{request.path}/")


def _bodies(rows: list[Translation]) -> list[str]:
    return unlinked(
        (rendered(row.published, row.language).html for row in rows if row.published), Reader.anonymous()
    )


def _entry(row: Translation, body: str) -> str:
    address = absolute(addresses.article(row.language, row.slug))
    changed = row.published_at.isoformat() if row.published_at else ""
    first = row.first_published_at.isoformat() if row.first_published_at else changed
    return (
        f"<entry><id>{escape(absolute(f'/help/articles/{row.article.key}/{row.language}'))}</id>"
        f'<title>{escape(row.title)}</title><link rel="alternate" href={quoteattr(address)}/>'
        f"<published>{first}</published><updated>{changed}</updated><summary>{escape(row.summary)}</summary>"
        f'<content type="html" xml:base={quoteattr(address)}>{escape(body)}</content></entry>'
    )


def _public_rows() -> Any:
    rows = Translation.objects.published().readable_by(Reader.anonymous()).filter(language__in=offered())
    return rows.order_by("pk")


def _urlset(*parts: Iterator[str]) -> Iterator[str]:
    yield f'{_XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    for part in parts:
        yield from part
    yield "</urlset>"


def _chapters() -> Iterator[str]:
    languages = offered()
    yield from _in_each({code: f"/{code}/" for code in languages})
    yield from _in_each({code: addresses.home(code) for code in languages})
    for name in ("billing", "channels", "expectations", "troubleshooters"):
        yield from _in_each({code: reverse(f"portal:{name}", args=[code]) for code in languages})
    anybody = Reader.anonymous()
    for slug in Category.objects.visible().readable_by(anybody).values_list("slug", flat=True):
        yield from _in_each({code: addresses.category(code, slug) for code in languages})
    for slug in Section.objects.readable_by(anybody).values_list("slug", flat=True):
        yield from _in_each({code: addresses.section(code, slug) for code in languages})
    for walk in Troubleshooter.objects.published().readable_by(anybody):
        yield from _in_each({code: walk.path_in(code) for code in languages if walk.titles.get(code)})


def _articles(rows: Any) -> Iterator[str]:
    """A thousand at a time, so that no large help center is held in memory."""
    fields = ("pk", "article_id", "language", "slug", "published_at")
    last = 0
    while batch := list(rows.filter(pk__gt=last).values_list(*fields)[:1000]):
        last = batch[-1][0]
        siblings = (
            _public_rows().order_by("article_id", "pk").filter(article_id__in={row[1] for row in batch})
        )
        there: dict[int, dict[str, str]] = {}
        for article_id, code, slug in siblings.values_list("article_id", "language", "slug"):
            there.setdefault(article_id, {})[code] = addresses.article(code, slug)
        for _pk, article_id, code, slug, changed in batch:
            yield _url(addresses.article(code, slug), there.get(article_id, {}), changed)


def _in_each(there: dict[str, str]) -> Iterator[str]:
    for path in there.values():
        yield _url(path, there, None)


def _url(path: str, there: dict[str, str], changed: Any) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(absolute(other))}/>'
        for code, other in there.items()
        if len(there) > 1
    )
    when = f"<lastmod>{changed.date().isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(absolute(path))}</loc>{when}{others}</url>"


def _xml(parts: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(parts, content_type="application/xml; charset=utf-8")
