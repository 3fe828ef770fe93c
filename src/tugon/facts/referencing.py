"""Facts in texts by reference: `{{ refund.window }}` becomes “14 days”, in the reader's language.

A key that no fact has is never shown to a reader as code: a dash stands there, and `unknown` tells the editor, who
may not publish it (`require_known`). Facts are archived, not deleted, so a text that was right keeps its last value.
"""

import re
from collections.abc import Callable
from html import escape, unescape

from . import current
from .current import Stated
from .errors import FactUnknown
from .kinds import Kind

ABSENT = "—"
_GAP = r"(?:\s|&nbsp;|&#160;){0,8}"
TOKEN = re.compile(r"\{\{" + _GAP + r"([a-z][a-z0-9_]{0,39}(?:\.[a-z0-9_]{1,39}){1,5})" + _GAP + r"\}\}")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_ANCHOR = re.compile(r"<(/?)a[\s>]", re.IGNORECASE)


def render(text: str, language: str) -> str:
    """Plain text with the facts' words. Costs nothing where no fact is named."""
    if "{{" not in text:
        return text
    facts = current.everything().facts
    return TOKEN.sub(lambda match: _words(facts, match[1], language), text)


def render_html(html: str, language: str) -> str:
    """HTML with the facts' words, escaped. Addresses and phone numbers become links, outside of links.

    html: harmless already (sanitised). Within a tag, as in an address, the bare words stand.
    """
    if "{{" not in html:
        return html
    facts = current.everything().facts
    written, depth, place = [], 0, 0
    for tag in _TAG.finditer(html):
        written.append(_between(html[place : tag.start()], facts, language, in_link=depth > 0))
        written.append(TOKEN.sub(lambda match: escape(_bare(facts, match[1], language)), tag[0]))
        anchor = _ANCHOR.match(tag[0])
        if anchor:
            depth = max(0, depth - 1) if anchor[1] else depth + 1
        place = tag.end()
    written.append(_between(html[place:], facts, language, in_link=depth > 0))
    return "".join(written)


def keys_in(text: str) -> set[str]:
    """The keys that a text, plain or HTML, names."""
    return {match[1] for match in TOKEN.finditer(text)} if "{{" in text else set()


def unknown(*texts: str) -> list[str]:
    """The keys in the texts that have no value today, in order. For editors. At most one query."""
    named = set().union(*(keys_in(text) for text in texts)) if texts else set()
    return sorted(named - current.everything().facts.keys()) if named else []


def require_known(*texts: str) -> None:
    """Raises FactUnknown, which names the keys: call it before a text is published."""
    missing = unknown(*texts)
    if missing:
        raise FactUnknown(keys=", ".join(missing))


def version() -> str:
    """A mark that changes when any fact's words do: part of the key of whatever keeps rendered texts."""
    return current.everything().version


def _words(facts: dict[str, Stated], key: str, language: str) -> str:
    fact = facts.get(key)
    return fact.words(language) if fact else ABSENT


def _bare(facts: dict[str, Stated], key: str, language: str) -> str:
    """For an attribute: the number itself, not as it is read."""
    fact = facts.get(key)
    if fact is None:
        return ""
    return str(fact.value["number"]) if fact.kind == Kind.PHONE else fact.words(language)


def _between(text: str, facts: dict[str, Stated], language: str, *, in_link: bool) -> str:
    replaced: Callable[[re.Match[str]], str] = lambda match: _element(facts, match[1], language, in_link)  # noqa: E731
    return TOKEN.sub(replaced, text) if "{{" in text else text


def _element(facts: dict[str, Stated], key: str, language: str, in_link: bool) -> str:
    words = escape(_words(facts, key, language))
    fact = facts.get(key)
    if fact is None or in_link:
        return words
    if fact.kind == Kind.LINK:
        return f'<a href="{escape(unescape(str(fact.value["url"])))}">{words}</a>'
    if fact.kind == Kind.PHONE:
        return f'<a href="tel:{escape(str(fact.value["number"]))}">{words}</a>'
    return words.replace("\n", "<br>") if fact.kind == Kind.ADDRESS else words
