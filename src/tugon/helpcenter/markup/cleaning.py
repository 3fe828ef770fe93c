"""From whatever came to the canonical form. nh3 takes out what could act; then the document is built anew, so that
nothing stands in it that this page does not name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import nh3
from django.utils.translation import gettext as _

from ..errors import TextTooLong
from . import blocks, pasting
from .tree import parse, to_html

LONGEST = 1_000_000
"""Characters of one body. Pictures pasted within the text are most of what is longer."""

_TAGS = set(
    """
    a abbr address article aside b big blockquote body br caption center cite code col colgroup dd del details dfn div
    dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp
    section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var video
    """.split()  # noqa: SIM905 - a list of words is read as words
)
_ATTRIBUTES = {
    "*": {"style", "class", "id", "data-callout", "data-type", "data-language"},
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "video": {"src", "title", "controls"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "noscript", "template", "head", "svg", "math", "iframe"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "article"},
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """html: canonical. remarks: what was left out, in words for the author."""

    html: str
    remarks: tuple[str, ...] = ()


def clean(html: str) -> str:
    """The canonical form of `html`. Raises TextTooLong."""
    return cleaned(html).html


def cleaned(html: str) -> Cleaned:
    """`clean`, with words for what could not be kept. Raises TextTooLong."""
    if len(html) > LONGEST:
        raise TextTooLong(size=f"{len(html):,}", limit=f"{LONGEST:,}")
    left_out: Counter[str] = Counter()
    html = pasting.tidy(html)
    left_out["script"] = len(re.findall(r"<(?:script|iframe|object|embed|form)\b", html, re.I))
    # nh3 is quadratic in the depth of nesting; our own tree is flat enough whatever came.
    flat = to_html(parse(html))
    tree = blocks.document(pasting.lists(parse(_CLEANER.clean(flat))), left_out)
    return Cleaned(to_html(tree), tuple(_remarks(left_out)))


def _remarks(left_out: Counter[str]) -> list[str]:
    words = {
        "image": _("{number} pictures from elsewhere were left out: add them with the picture button."),
        "script": _("{number} embedded programs or frames were left out: they do not work in an article."),
        "link": _("{number} links with an address that cannot be used became plain words."),
    }
    return [words[kind].format(number=count) for kind, count in left_out.items() if count]
