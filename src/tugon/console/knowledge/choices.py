"""Lists that open while somebody writes, as JSON: articles on #, facts on {{; and Markdown turned either way."""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from tugon.facts import current
from tugon.helpcenter import addresses, languages, markdown
from tugon.helpcenter.models import Translation, Visibility
from tugon.helpcenter.querysets import TranslationQuerySet
from tugon.helpcenter.readers import Reader
from tugon.lib.errors import DomainError
from tugon.search.knowledge.finding import find

from ..access import agents_only
from .access import writers_only

MOST = 8


@require_GET
@agents_only
def articles(request: HttpRequest) -> HttpResponse:
    """Articles for `q` as [{id, label, hint, html}]; `language`: of the text one writes.

    `as=key`: the link names the article itself, for other articles; else its address, for letters, which name none that
    only agents may read. Without words, the newest ones.
    """
    typed, language = request.GET.get("q", "").strip()[:200], request.GET.get("language", "")
    language = language if languages.known(language) else languages.offered()[0]
    by_key = request.GET.get("as") == "key"
    rows = Translation.objects.published().select_related("article")
    if not by_key:
        rows = rows.exclude(article__visibility=Visibility.AGENTS)
    return JsonResponse([_choice(row, by_key) for row in _found(rows, typed, language)], safe=False)


@require_GET
@writers_only
def facts(request: HttpRequest) -> HttpResponse:
    """Facts whose key or words hold `q`, as [{id, label, hint, html}]."""
    typed = request.GET.get("q", "").strip(" {}").lower()
    language = request.GET.get("language", "en")
    rows = []
    for key, stated in sorted(current.everything().facts.items()):
        words = stated.words(language)
        if typed in key.lower() or typed in words.lower():
            rows.append({"id": key, "label": words, "hint": key, "html": f"{{{{ {key} }}}}"})
    return JsonResponse(rows[:MOST], safe=False)


@require_POST
@writers_only
def convert(request: HttpRequest) -> HttpResponse:
    """`text` as Markdown or as HTML (`to`). Answers JSON: text."""
    text = request.POST.get("text", "")
    try:
        turned = markdown.from_html(text) if request.POST.get("to") == "markdown" else markdown.to_html(text)
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    return JsonResponse({"text": turned})


def address_of(row: Translation) -> str:
    """Where readers find it, with the host, for letters."""
    return settings.BASE_URL.rstrip("/") + addresses.article(row.language, row.slug)


def _found(rows: TranslationQuerySet, typed: str, language: str) -> list[Translation]:
    """Of these texts those that fit, best first: as search finds them, and those whose title begins so."""
    if not typed:
        return list(rows.nearest_to(language).order_by("-published_at", "-pk")[:MOST])
    begun = rows.filter(Q(title__icontains=typed)).nearest_to(language).order_by("title", "pk")[:MOST]
    first = {row.article_id: row for row in begun}
    found = find(
        typed, language=language, reader=Reader.agent(), kinds=("article",), limit=MOST, while_typing=True
    )
    wanted = [one.object_id for one in found.results if one.object_id not in first]
    near = {row.article_id: row for row in rows.filter(article_id__in=wanted).nearest_to(language)}
    return [*first.values(), *(near[pk] for pk in wanted if pk in near)][:MOST]


def _choice(row: Translation, by_key: bool) -> dict[str, str]:
    href = f"{addresses.SCHEME}{row.article.key}" if by_key else address_of(row)
    closed = "" if row.article.visibility == "public" else f" · {row.article.get_visibility_display()}"
    return {
        "id": str(row.article_id),
        "label": row.title,
        "hint": f"{row.language}{closed}",
        "html": f'<a href="{escape(href)}">{escape(row.title)}</a> ',
    }
