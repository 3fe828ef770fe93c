"""A template with the values of one case: what this customer reads, in their language, with what came along.

`filled` is the pure core: words and values in, words out. `fill` finds the words and the values of a ticket.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import translation as languages_active

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.facts import current, referencing
from tugon.helpcenter import languages
from tugon.helpcenter.markup import Node, parse, to_html
from tugon.lib.html import sanitise, to_text
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewFile

from . import variables
from .errors import NothingPublished
from .language import Program, Value, Values, compiled, evaluated
from .models import Template, Translation
from .trying import steps_of
from .variables import Case

GAP = re.compile(r"\[[^\[\]\n?]{1,80}\?\]")
"""What stands where a variable had no value: “[customer's first name?]”. An answer should not leave with one."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a template says: subject (plain, of new requests only) and body (HTML)."""

    body: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """subject, text: plain. html: harmless. missing: what the gaps are called, in the language of the words.

    language: of the words, which is another one than was asked for where `is_fallback`.
    """

    subject: str
    text: str
    html: str
    missing: list[str] = field(default_factory=list)
    files: list[NewFile] = field(default_factory=list)
    language: str = ""
    is_fallback: bool = False
    version_id: int | None = None


def gaps_in(text: str) -> list[str]:
    """The gaps that a text still has, each once: for who warns before sending."""
    return list(dict.fromkeys(GAP.findall(text)))


def filled(words: Words, values: Values) -> Filled:
    """The words with these values. Pure. What cannot be read stands as it was written."""
    subject, body = program(escape(words.subject)), program(words.body)
    top, below = evaluated(subject, values), evaluated(body, values)
    html = sanitise(to_html(below.tree))
    missing = list(dict.fromkeys([*top.missing, *below.missing]))
    return Filled(" ".join(top.tree.words().split()), to_text(html).strip(), html, missing)


@lru_cache(maxsize=512)
def program(html: str) -> Program:
    """Compiled once for as long as it is in use: a version's words never change."""
    return compiled(html)


def fill(
    template: Template,
    *,
    ticket: Ticket | None = None,
    language: str = "",
    agent: Agent | None = None,
    customer: Customer | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Filled:
    """The published words for a ticket, or for a customer without one, in the language nearest to the one asked for.

    language: BCP 47; the ticket's, else the customer's, where empty. extra: further values by name without a dot.
    Raises NothingPublished. Two queries for the template, at most three for values.
    """
    person = customer or (ticket.customer if ticket is not None else None)
    wanted = spoken(language or (ticket.language if ticket else "") or (person.language if person else ""))
    row = nearest(template, wanted)
    version = row.published
    assert version is not None
    case = Case(language=row.language, customer=person, ticket=ticket, agent=agent, extra=extra or {})
    found = fill_words(Words(version.body, version.subject), case)
    files = template.files.filter(language__in=["", row.language]).select_related("file")
    return Filled(
        found.subject,
        found.text,
        found.html,
        found.missing,
        [NewFile(one.file, one.name) for one in files],
        row.language,
        row.language != wanted,
        version.pk,
    )


def fill_words(
    words: Words,
    case: Case,
    *,
    gap: Callable[[str], str] | None = None,
    extras: Mapping[str, Any] | None = None,
) -> Filled:
    """These words for a case, published or not. gap: what stands for a variable without a value, by its name."""
    body, subject = program(words.body), program(escape(words.subject))
    names = body.names() | subject.names()
    known = variables.values(names, case)
    facts = current.everything().facts.keys() if any("." in name for name in names - known.keys()) else ()
    named = lambda name: _label(name, case.language, extras)  # noqa: E731
    values = Values(
        words=known,
        gap=gap or (lambda name: f"[{named(name)}?]"),
        tried=steps_of(case.ticket),
        facts=frozenset(facts),
        fact=lambda key: _fact(key, case.language) if key in facts else None,
    )
    found = filled(words, values)
    missing = [named(name) for name in found.missing]
    return Filled(found.subject, found.text, found.html, missing, language=case.language)


def nearest(template: Template, wanted: str) -> Translation:
    """The published translation for a reader of this language. Raises NothingPublished. One query."""
    found = Translation.objects.usable().filter(template=template).select_related("published")
    rows = {row.language: row for row in found}
    language = languages.nearest(rows, wanted)
    if language is None:
        raise NothingPublished(key=template.key)
    return rows[language]


def spoken(*wanted: str) -> str:
    """The first of these languages that Tugon speaks; the company's own where it speaks none."""
    for code in wanted:
        short = "fil" if code in ("tl", "fil") else code.partition("-")[0]
        if short and languages.known(short):
            return short
    return languages.offered()[0]


def _fact(key: str, language: str) -> Node:
    return parse(referencing.render_html("{{ " + key + " }}", language))


def _label(name: str, language: str, extras: Mapping[str, Any] | None) -> str:
    with languages_active.override(language):
        return variables.label_of(name, extras)


__all__ = ["GAP", "Filled", "Value", "Words", "fill", "fill_words", "filled", "gaps_in", "nearest", "spoken"]
