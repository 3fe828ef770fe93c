"""Articles as Markdown, in and out. CommonMark with tables and strikethrough; callouts as `> [!note]`.

What Markdown cannot say (underlining, cells with lists, a caption with a link) is written as HTML within it, so that
`to_html(from_html(html)) == html` for every canonical body. Reading is markdown-it's work; writing is ours, because
writers made for any HTML lose callouts, facts and captions.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from . import markup
from .writing_markdown import Writer

_CALLOUT = re.compile(r"^\[!(note|tip|warning|important|caution)\][ \t]*(?:\n|$)", re.I)
_SAME = {"important": "note", "caution": "warning"}


def to_html(text: str) -> str:
    """Canonical HTML of Markdown. What HTML stands in it is cleaned as any other. Raises TextTooLong."""
    return markup.clean(_raw(text))


def from_html(html: str) -> str:
    """Markdown of an article's HTML, which is cleaned first; it ends with a line break. Raises TextTooLong."""
    tree = markup.parse(markup.clean(html))
    return Writer(to_html).document(tree)


def _raw(text: str) -> str:
    if len(text) > markup.LONGEST:
        return text  # refused by who cleans it
    return str(_reader().render(text.replace("\r\n", "\n").replace("\r", "\n")))


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])
    reader.core.ruler.after("block", "callouts", _callouts)
    # An address may name a fact, `{{ refund.page }}`; what may not be an address at all is cleaned away afterwards.
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    return reader


def _callouts(state: StateCore) -> None:
    """A quotation whose first line is `[!note]` is a callout."""
    open_quotes: list[tuple[Token, bool]] = []
    for place, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            found = _kind(state.tokens, place)
            if found:
                token.tag = "aside"
                token.attrSet("data-callout", found)
            open_quotes.append((token, bool(found)))
        elif token.type == "blockquote_close":
            _opened, is_callout = open_quotes.pop()
            token.tag = "aside" if is_callout else token.tag


def _kind(tokens: list[Token], place: int) -> str:
    """The callout's kind, its mark taken out of the words; "" where it is a quotation."""
    if place + 2 >= len(tokens) or tokens[place + 1].type != "paragraph_open":
        return ""
    words = tokens[place + 2]
    found = _CALLOUT.match(words.content)
    if not found:
        return ""
    words.content = words.content[found.end() :]
    kind = found[1].lower()
    return _SAME.get(kind, kind)
