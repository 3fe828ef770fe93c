"""Versions are written here only; nobody changes one."""

from __future__ import annotations

from django.db.models import Max

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.facts import referencing
from tugon.lib.clock import now

from .. import linking
from ..content import Content
from ..models import Translation, Version
from ..policies import agent_of


def keep(
    row: Translation,
    words: Content,
    *,
    by: Actor,
    note: str = "",
    author: Agent | None = None,
    reviewed_by: Agent | None = None,
    made_from: Version | None = None,
) -> Version:
    """The words as the next version of the translation, which must be locked."""
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        translation=row,
        number=last + 1,
        title=words.title or row.shown_title,
        summary=words.summary,
        body=words.body,
        exact_phrases=list(words.exact_phrases),
        sources=words.sources,
        fact_keys=sorted(referencing.keys_in(f"{words.title}\n{words.summary}\n{words.body}")),
        cites=linking.cited(words.body),
        author=author or agent_of(by),
        reviewed_by=reviewed_by,
        made_from=made_from or row.draft_made_from,
        note=" ".join(note.split())[:300],
        created_at=now(),
    )
