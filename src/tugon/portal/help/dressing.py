"""The body of an article as the page shows it: tables that scroll in themselves, code that can be copied, callouts
with a name, pictures that keep their room. Bodies are in the canonical form of `helpcenter.markup`, so few patterns do.
"""

import re
from collections.abc import Mapping
from html import unescape

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from tugon.helpcenter.addresses import file_id
from tugon.pages.environment import icon

Size = tuple[int, int]

_CALLOUT = re.compile(r'<aside data-callout="(note|tip|warning)">')
_PICTURE = re.compile(r"<img ([^>]*?)/?>")
_SOURCE = re.compile(r'src="([^"]*)"')
_VIDEO = re.compile(r"<video ([^>]*?)>")
_TONES = {"note": ("info", "info"), "tip": ("success", "lightbulb"), "warning": ("warning", "triangle-alert")}


def dressed(html: str, sizes: Mapping[int, Size]) -> Markup:
    """html: safe and canonical. sizes: ArticleFile id → width and height in pixels. Words in the active language."""
    html = _CALLOUT.sub(_callout, html)
    region = (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="{}"><table class="table-plain">'
    )
    html = html.replace("<table>", region.format(escape(_("Table")))).replace("</table>", "</table></div>")
    html = html.replace("<pre>", _code_head() + '<pre tabindex="0">').replace("</pre>", "</pre></div>")
    html = _PICTURE.sub(lambda found: _picture(found[1], sizes), html)
    html = _VIDEO.sub(_video, html)
    return Markup(html)  # noqa: S704  (cleaned when it was saved)


def files_in(html: str) -> list[int]:
    """Ids of the ArticleFiles whose pictures stand in the body."""
    sources = (_SOURCE.search(found[1]) for found in _PICTURE.finditer(html))
    ids = (file_id(unescape(source[1])) for source in sources if source)
    return [pk for pk in ids if pk is not None]


def _callout(found: re.Match[str]) -> str:
    tone, shape = _TONES[found[1]]
    words = {"note": _("Note"), "tip": _("Tip"), "warning": _("Take care")}[found[1]]
    return (
        f'<aside class="callout tone-{tone}" aria-label="{escape(words)}">'
        f'<p class="callout-name">{icon(shape, "md")}{escape(words)}</p>'
    )


def _code_head() -> str:
    return (
        f'<div class="code-box"><copy-button data-done="{escape(_("Copied"))}">'
        f'<button type="button" class="btn btn-ghost btn-square btn-sm" aria-label="{escape(_("Copy"))}">'
        f"{icon('copy', 'sm')}</button></copy-button>"
    )


def _picture(attributes: str, sizes: Mapping[int, Size]) -> str:
    """Below the first screen mostly, so it is fetched when it comes near; its room is kept from the beginning."""
    source = _SOURCE.search(attributes)
    size = sizes.get(file_id(unescape(source[1])) or 0) if source else None
    room = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return f'<img {attributes.strip()}{room} loading="lazy" decoding="async">'


def _video(found: re.Match[str]) -> str:
    return f'<video {found[1].strip()} preload="metadata">'
