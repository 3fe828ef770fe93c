"""The body of an article as the page shows it: callouts with their name, code that can be copied, tables that tell what
they are. Bodies are in the canonical form of `helpcenter.rendering`, so few patterns do.
"""

import re

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from tugon.pages.environment import icon

_CALLOUT = re.compile(r'<aside data-callout="(note|tip|warning)">')
_TONES = {"note": ("info", "info"), "tip": ("success", "lightbulb"), "warning": ("warning", "triangle-alert")}


def dressed(html: str) -> Markup:
    """html: safe, of `rendered`. The words are in the active language: that of the text."""
    html = _CALLOUT.sub(_callout, html)
    table = escape(_("Table"))
    html = html.replace('<div class="table-frame"', f'<div class="table-frame" aria-label="{table}"')
    html = html.replace("<pre>", _code_head() + '<pre tabindex="0">').replace("</pre>", "</pre></div>")
    return Markup(html)  # noqa: S704  (cleaned when it was saved)


def _callout(found: re.Match[str]) -> str:
    tone, shape = _TONES[found[1]]
    words = {"note": _("Note"), "tip": _("Tip"), "warning": _("Take care")}[found[1]]
    return (
        f'<aside class="callout tone-{tone}" aria-label="{escape(words)}">'
        f'<p class="callout-name">{icon(shape, "md")}{escape(words)}</p>'
    )


def _code_head() -> str:
    copy, copied = escape(_("Copy")), escape(_("Copied"))
    return (
        f'<div class="code-box"><copy-button data-done="{copied}">'
        f'<button type="button" class="btn btn-ghost btn-square btn-sm" aria-label="{copy}">'
        f"{icon('copy', 'sm')}</button></copy-button>"
    )
