"""Gaps that were never filled: {{ variables }}, [name], XXX, TBD."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..contexts import Context
from ..drafts import Draft
from ..remarks import Remark, Severity

_GAP = re.compile(
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|\$\{[^{}\n]{0,80}\}|(?<![\w{$])\{[A-Za-z_][\w .-]{0,40}\}|<<[^<>\n]{1,60}>>|«[^«»\n]{1,60}»"
    r"|<(?![/!])[A-Za-z][\w '-]{1,40}>|%[A-Za-z_]{3,40}%|\[[^\[\]\n]{0,60}\](?!\()|(?<!\w)_{3,40}(?!\w)|(?<!\w)(?:X{3,40}|x{4,40})(?!\w)"
    r"|(?<!\w)(?:TBD|TBC|TBA|TODO|FIXME|TKTK|lorem ipsum|Lorem ipsum)(?!\w)|\?{3,}|(?<!\w)(?:DD|dd)/(?:MM|mm)/(?:YY|yy){1,2}(?!\w)"
    r"|\((?:insert|fill in|add|put|ilagay|your|name|date|amount|pangalan|petsa|halaga)[^()\n]{0,50}\)|(?<=[\s:#₱$])#{2,12}(?!\w)"
)
_ASKED = re.compile(
    r"\b(?:name|date|amount|number|insert|link|your|customer|agent|order|product|address|reason|time|day|company|title|email|phone|url|fill|add|xx+|tbd|pangalan|petsa|halaga|ilagay|numero|araw|oras|dahilan|produkto|first|last|signature|month|year|price|ticket|details?)\b|_",
    re.I,
)
_TAG = re.compile(
    r"^</?(?:a|b|i|p|br|hr|h[1-6]|em|strong|div|span|body|head|html|title|script|style|img|ul|ol|li|table|tr|td|th|form|input|iframe|video|audio|meta|link|footer|header|main|section|code|pre)\b[^<>]*>$",
    re.I,
)
_QUOTED = re.compile(
    r"(?:error|message|code|shows?|says?|text|line|copy|paste|lumalabas|nakasulat|mensahe|linya|template tag|placeholder|variable)\b[^.\n]{0,40}$",
    re.I,
)
_NO_GAP = re.compile(
    r"^\[(?:\d{1,3}|[^\]]*\.(?:png|jpe?g|gif|webp|pdf|mp4|heic|svg|docx?)|sic|[x✓ ]|Image|image|Logo|logo|redacted|tinakpan)\]$", re.I
)  # fmt: skip


def check(draft: Draft, context: Context) -> Iterator[Remark]:
    """Gaps of the text, but none that sending fills."""
    text = draft.reading.text
    for match in _GAP.finditer(text):
        words = match[0]
        if _NO_GAP.match(words) or words.strip("{}$ ") in context.fills or _is_meant(text, match):
            continue
        why = _("A gap that nobody filled: the customer would read it as it stands.")
        yield Remark(
            "unfilled_variable",
            Severity.ERROR,
            why,
            words,
            match.start(),
            match.end(),
            rewrite=_filling(words, context),
        )


def _is_meant(text: str, match: re.Match[str]) -> bool:
    """Code, the name of a button or key, a masked number: words that are to stand as they are."""
    words = match[0]
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    if "`" in around or text.count("`", 0, match.start()) % 2 or _TAG.match(words):
        return True
    if words[0] in "xX_":
        return bool(
            re.match(r"[ -]?\d", text[match.end() : match.end() + 2])
            or re.search(r"\d[ -]?$", text[: match.start()][-2:])
        )
    if words[0] == "[":
        return not (
            _ASKED.search(words)
            or re.fullmatch(r"\[[^a-z]{2,}\]", words)
            or "…" in words
            or "..." in words
            or words.endswith("?]")
        )
    if words[0] == "{" and words[1] != "{":
        return bool(_QUOTED.search(text[max(0, match.start() - 80) : match.start()])) or around == '""'
    return False


def _filling(words: str, context: Context) -> str | None:
    """What the gap asks for, where we know it."""
    asked = re.sub(r"[^a-z]+", " ", words.lower()).strip()
    if re.search(r"\b(?:agent|your|my|signature|sender)\b", asked) and "name" in asked and context.agent_name:
        return context.agent_name
    if re.search(r"\b(?:name|pangalan|customer|first)\b", asked) and context.customer_name:
        return context.customer_name.split()[0]
    return context.next_at if context.next_at and re.search(r"\b(?:date|day|petsa|araw)\b", asked) else None
