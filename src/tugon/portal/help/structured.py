"""What search engines are told in their own words (schema.org), only where it is true of the page.

Data, not a script: a browser runs nothing of it, so the Content-Security-Policy needs no exception.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from markupsafe import Markup

from tugon.helpcenter.models import Translation
from tugon.helpcenter.models.articles import Kind
from tugon.helpcenter.rendering import Rendered
from tugon.pages import brand

_TAGS = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.S)
_SPACE = re.compile(r"\s+")
LEAST_QUESTIONS = 2


def absolute(path: str) -> str:
    return settings.BASE_URL + path


def breadcrumbs(items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """items: (words, path), the page itself last."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": words, "item": absolute(path)}
            for place, (words, path) in enumerate(items, 1)
        ],
    }


def of_article(translation: Translation, rendered: Rendered, path: str) -> dict[str, Any]:
    """HowTo for a guide with steps, FAQPage where every heading asks and its text answers, else Article."""
    shared: dict[str, Any] = {
        "@context": "https://schema.org",
        "inLanguage": translation.language,
        "url": absolute(path),
        "name": translation.title,
    }
    if translation.article.kind == Kind.GUIDE and len(rendered.steps) > 1:
        steps = [
            {
                "@type": "HowToStep",
                "position": step.number,
                "text": step.words,
                "url": absolute(f"{path}#{step.place}"),
            }
            for step in rendered.steps
        ]
        return {**shared, "@type": "HowTo", "description": translation.summary, "step": steps}
    if questions := _questions(rendered.html):
        return {**shared, "@type": "FAQPage", "mainEntity": questions}
    company = brand.current().name
    return {
        **shared,
        "@type": "Article",
        "headline": translation.title,
        "description": translation.summary,
        "datePublished": _moment(translation.first_published_at),
        "dateModified": _moment(translation.published_at),
        "author": {"@type": "Organization", "name": company},
        "publisher": {"@type": "Organization", "name": company},
    }


def data_block(*things: dict[str, Any]) -> Markup:
    """One data block a thing. "<" is written so that no text can end the block."""
    return Markup("").join(
        Markup('<script type="application/ld+json">{}</script>').format(Markup(_written(thing)))  # noqa: S704
        for thing in things
    )


def _written(thing: dict[str, Any]) -> str:
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _questions(html: str) -> list[dict[str, Any]]:
    """Every second-level heading a question with its answer; nothing where one of them is none."""
    parts = _HEADING.split(html)
    pairs = [(_plain(parts[at]), _plain(parts[at + 1])) for at in range(1, len(parts) - 1, 2)]
    if len(pairs) < LEAST_QUESTIONS or not all(words.endswith("?") and answer for words, answer in pairs):
        return []
    return [
        {"@type": "Question", "name": words, "acceptedAnswer": {"@type": "Answer", "text": answer}}
        for words, answer in pairs
    ]


def _plain(html: str) -> str:
    return _SPACE.sub(" ", Markup(_TAGS.sub(" ", html)).unescape()).strip()  # noqa: S704


def _moment(value: Any) -> str:
    return value.isoformat() if value else ""
