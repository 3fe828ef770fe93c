"""The letters that Tugon sends itself, by stable key: a company's template of that key, else the words that come with
Tugon. Whatever a template lacks, a letter is made: an automatic reply has no gaps and never fails."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tugon.accounts.models import Agent
from tugon.intake.acknowledging import language_for
from tugon.tickets.models import Ticket
from tugon.tickets.operations.opening import NewFile, NewMessage

from .filling import Filled, Words, fill_words
from .letters import LETTERS, extras_of, languages_of, words
from .models import Translation
from .variables import Case

logger = logging.getLogger(__name__)


def letter(
    key: str,
    *,
    ticket: Ticket,
    extra: Mapping[str, Any] | None = None,
    agent: Agent | None = None,
    language: str = "",
) -> NewMessage:
    """The letter of this key to the ticket's customer, in their language where the company offers it.

    language: of whom it is for, where that is somebody else.

    extra: values by plain name, those of `LETTERS[key].extras`; moments are said in the customer's zone, pairs of title
    and address become links. The message's `automatic` is the key's first word: promise, escalation. Two queries and
    what the words ask for. Raises KeyError for a key that no letter and no published template has.
    """
    language = language_for(*([language] if language else [ticket.language, ticket.customer.language]))
    case = Case(
        language=language, customer=ticket.customer, ticket=ticket, agent=agent, extra=dict(extra or {})
    )
    found, files = _companys(key, case) or (_built_in(key, case), [])
    return NewMessage(
        body=found.text,
        body_html=found.html,
        language=found.language,
        automatic=purpose_of(key),
        envelope={"template": {"key": key, "version": found.version_id}},
        files=files,
    )


def purpose_of(key: str) -> str:
    """For what the letter leaves: "promise" of "promise.at_risk"."""
    return key.partition(".")[0][:20]


def _companys(key: str, case: Case) -> tuple[Filled, list[NewFile]] | None:
    """The company's own words, in the person's language; in another one only where none come with Tugon.

    None where they would leave a gap.
    """
    rows = Translation.objects.usable().filter(template__key=key).select_related("published", "template")
    by_language = {row.language: row for row in rows}
    row = by_language.get(case.language)
    if row is None and key not in LETTERS:
        row = next(iter(by_language.values()), None)
    if row is None or row.published is None:
        return None
    own = replace(case, language=row.language)
    own_words = Words(row.published.body, row.published.subject)
    if key in LETTERS:
        found = fill_words(own_words, own, extras=extras_of(key))
        if found.missing:
            logger.warning("The template %s lacks %s; the built-in letter left.", key, found.missing)
            return None
    else:
        found = fill_words(own_words, own, gap=lambda name: "")
    files = row.template.files.filter(language__in=["", row.language]).select_related("file")
    filled = Filled(found.subject, found.text, found.html, language=row.language, version_id=row.published.pk)
    return filled, [NewFile(one.file, one.name) for one in files]


def _built_in(key: str, case: Case) -> Filled:
    own = replace(case, language=case.language if case.language in languages_of(key) else "en")
    return fill_words(Words(words(key, own.language)), own, gap=lambda name: "")
